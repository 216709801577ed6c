package fi.signspace.plugin.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the workers know of one signing request. It is sealed in the variable {@code signingState}
 * and read back only by workers that hold the key, so that what it says was written by a worker.
 * Times are ISO 8601 in UTC.
 *
 * @param version of this format; a worker gives back a task whose state is of a later one
 * @param binding which request of which process instance this is
 * @param uploadedBy the external task that uploaded the pending documents
 * @param uploadStep the id of its activity; null in states that were written before it was recorded
 * @param pending documents that were uploaded and are not part of a request yet, in the order in
 *     which signatories see them
 * @param creation an attempt to create the request whose outcome is not known
 * @param request the request, once it exists
 * @param lastCheck what the last status check found
 * @param signed the signed documents that the process holds
 * @param outdatedFileIds files given as signed that turned out to be documents as they were sent,
 *     or documents that had been replaced
 * @param formerRequestIds requests that this one has taken the place of, oldest first
 * @param knownCreations the runs of the creation, by their activity instances, whose outcome this
 *     state knows: what they came to is {@code creation} or {@code request}, or nothing
 * @param writtenBy the activity instance of the step that wrote this state, by which the engine's
 *     history tells whether a later step has run; null in states that were written before it was
 *     recorded
 */
public record SigningState(
    int version,
    Binding binding,
    @Nullable String uploadedBy,
    @Nullable String uploadStep,
    List<SentDocument> pending,
    @Nullable Creation creation,
    @Nullable SentRequest request,
    @Nullable LastCheck lastCheck,
    List<SignedDocument> signed,
    List<String> outdatedFileIds,
    List<String> formerRequestIds,
    List<String> knownCreations,
    @Nullable String writtenBy) {

  /** The format that this version of the workers reads and writes. */
  public static final int VERSION = 1;

  public SigningState {
    pending = copyOf(pending);
    signed = copyOf(signed);
    outdatedFileIds = copyOf(outdatedFileIds);
    formerRequestIds = copyOf(formerRequestIds);
    knownCreations = copyOf(knownCreations);
  }

  public static SigningState startOf(Binding binding) {
    return new SigningState(
        VERSION, binding, null, null, List.of(), null, null, null, List.of(), List.of(), List.of(),
        List.of(), null);
  }

  /**
   * Ties a state to one request. A state that is copied elsewhere is recognized by it.
   *
   * @param processInstanceId the instance that makes the request
   * @param apiUrl where SignSpace is
   * @param requestName tells several requests of one process apart; "" where there is one
   * @param scopeId the activity instance of the multi-instance scope, if the step is in one
   * @param key a random id
   */
  public record Binding(
      String processInstanceId,
      String apiUrl,
      String requestName,
      @Nullable String scopeId,
      String key) {}

  /**
   * A document that SignSpace has.
   *
   * @param variableName the File variable that it came from
   * @param size in bytes
   * @param sha256 of its bytes, in hex
   * @param fileId SignSpace's id of it
   */
  public record SentDocument(
      String variableName, String fileName, long size, String sha256, String fileId) {}

  /**
   * An attempt to create a request, recorded before the call.
   *
   * @param startedAt when it began
   * @param createdBy the id of the activity that makes it
   * @param dueAt the moment after which the request is overdue
   */
  public record Creation(
      String startedAt,
      String createdBy,
      String title,
      String actingHandle,
      @Nullable String dueAt,
      List<Participant> participants) {

    public Creation {
      participants = copyOf(participants);
    }
  }

  /**
   * A request as it was sent.
   *
   * @param creation how it was created
   * @param createdAt when it was created, as SignSpace told it
   * @param documents what SignSpace holds, in order
   * @param documentsSince since when it holds these
   * @param replaced documents that others have taken the place of
   */
  public record SentRequest(
      String id,
      Creation creation,
      @Nullable String createdAt,
      List<SentDocument> documents,
      String documentsSince,
      List<ReplacedDocument> replaced) {

    public SentRequest {
      documents = copyOf(documents);
      replaced = copyOf(replaced);
    }

    public List<String> fileIds() {
      return idsOf(documents);
    }

    /** The handles of those who are asked to sign. */
    public List<String> signers() {
      return creation.participants().stream()
          .filter(participant -> participant.role().equals("signer"))
          .map(Participant::handle)
          .toList();
    }

    /** The same request with other documents. */
    SentRequest withDocuments(List<SentDocument> newer, String since) {
      List<String> kept = idsOf(newer);
      Stream<ReplacedDocument> outdated =
          documents.stream()
              .filter(document -> !kept.contains(document.fileId()))
              .map(document -> new ReplacedDocument(document, since));
      return new SentRequest(
          id,
          creation,
          createdAt,
          newer,
          since,
          Stream.concat(replaced.stream(), outdated).toList());
    }
  }

  /** Who is asked, without identity codes. */
  public record Participant(String handle, String role, @Nullable String displayName) {}

  /**
   * A document that is no longer part of the request.
   *
   * @param until when its successor was sent
   */
  public record ReplacedDocument(SentDocument document, String until) {}

  /**
   * What a status check found.
   *
   * @param statusSince when this status was found first
   * @param unconfirmedChecks in a row that could not be believed
   * @param unchangedChecks in a row that found nothing new: the waits grow with them
   */
  public record LastCheck(
      String status,
      String phase,
      String statusSince,
      @Nullable Integer signaturesCompleted,
      int unconfirmedChecks,
      int unchangedChecks) {}

  /**
   * A signed document that the process holds.
   *
   * @param signedFileId SignSpace's id of it
   * @param fileId the document that was signed; null if SignSpace does not tell which one it is
   */
  public record SignedDocument(
      String variableName,
      String fileName,
      String mediaType,
      long size,
      String sha256,
      String signedFileId,
      @Nullable String fileId) {}

  /** The documents that are uploaded for the next creation or replacement. */
  public List<String> pendingFileIds() {
    return idsOf(pending);
  }

  /** Every request that was created for this state. */
  public int createdRequests() {
    return formerRequestIds.size() + (request == null ? 0 : 1);
  }

  /** Whether one of these files is, or was, a document of this request. */
  public boolean hasAnyOf(List<String> fileIds) {
    Stream<SentDocument> sent =
        request == null
            ? Stream.of()
            : Stream.concat(
                request.documents().stream(),
                request.replaced().stream().map(ReplacedDocument::document));
    return Stream.concat(sent, pending.stream())
        .map(SentDocument::fileId)
        .anyMatch(fileIds::contains);
  }

  /**
   * @param step the activity that uploaded them; null if that is not known
   */
  public SigningState withPending(
      List<SentDocument> documents, String taskId, @Nullable String step) {
    return new SigningState(
        version,
        binding,
        taskId,
        step,
        documents,
        creation,
        request,
        lastCheck,
        signed,
        outdatedFileIds,
        formerRequestIds,
        knownCreations,
        writtenBy);
  }

  public SigningState withCreation(@Nullable Creation attempt) {
    return new SigningState(
        version,
        binding,
        uploadedBy,
        uploadStep,
        pending,
        attempt,
        request,
        lastCheck,
        signed,
        outdatedFileIds,
        formerRequestIds,
        knownCreations,
        writtenBy);
  }

  /** The request exists; one that was there before becomes a former one. */
  public SigningState withRequest(SentRequest created, LastCheck check) {
    List<String> former = new ArrayList<>(formerRequestIds);
    if (request != null && !request.id().equals(created.id())) {
      former.add(request.id());
    }
    return new SigningState(
        version,
        binding,
        null,
        null,
        List.of(),
        null,
        created,
        check,
        List.of(),
        List.of(),
        former,
        knownCreations,
        writtenBy);
  }

  /** SignSpace holds the pending documents now. */
  public SigningState withPendingSent(String since) {
    SentRequest current = requireRequest();
    return new SigningState(
        version,
        binding,
        null,
        null,
        List.of(),
        creation,
        current.withDocuments(pending, since),
        lastCheck,
        List.of(),
        outdatedFileIds,
        formerRequestIds,
        knownCreations,
        writtenBy);
  }

  public SigningState withLastCheck(LastCheck check) {
    return new SigningState(
        version,
        binding,
        uploadedBy,
        uploadStep,
        pending,
        creation,
        request,
        check,
        signed,
        outdatedFileIds,
        formerRequestIds,
        knownCreations,
        writtenBy);
  }

  public SigningState withSigned(List<SignedDocument> documents) {
    return new SigningState(
        version,
        binding,
        uploadedBy,
        uploadStep,
        pending,
        creation,
        request,
        lastCheck,
        documents,
        outdatedFileIds,
        formerRequestIds,
        knownCreations,
        writtenBy);
  }

  /** A signed file of a document that had been replaced does not count. */
  public SigningState withOutdated(String signedFileId) {
    return new SigningState(
        version,
        binding,
        uploadedBy,
        uploadStep,
        pending,
        creation,
        request,
        lastCheck,
        List.of(),
        Stream.concat(outdatedFileIds.stream(), Stream.of(signedFileId)).distinct().toList(),
        formerRequestIds,
        knownCreations,
        writtenBy);
  }

  /** The state knows of these runs too. */
  public SigningState withKnownCreations(Stream<String> activityInstanceIds) {
    return new SigningState(
        version,
        binding,
        uploadedBy,
        uploadStep,
        pending,
        creation,
        request,
        lastCheck,
        signed,
        outdatedFileIds,
        formerRequestIds,
        Stream.concat(knownCreations.stream(), activityInstanceIds).distinct().toList(),
        writtenBy);
  }

  public SigningState withWriter(@Nullable String activityInstanceId) {
    return new SigningState(
        version,
        binding,
        uploadedBy,
        uploadStep,
        pending,
        creation,
        request,
        lastCheck,
        signed,
        outdatedFileIds,
        formerRequestIds,
        knownCreations,
        activityInstanceId);
  }

  /**
   * @throws IllegalStateException if there is none
   */
  public SentRequest requireRequest() {
    if (request == null) {
      throw new IllegalStateException("There is no signing request yet");
    }
    return request;
  }

  private static List<String> idsOf(List<SentDocument> documents) {
    return documents.stream().map(SentDocument::fileId).toList();
  }

  private static <T> List<T> copyOf(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
