package fi.signspace.plugin.process;

import fi.signspace.plugin.signing.status.SigningPhase;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the workers know about one signing request. It is sealed in the variable {@code
 * signingState}: only a worker that holds the key can write or read it. Times are ISO 8601 in UTC.
 *
 * @param version of this format; a worker that finds a later version reports a retry, for a newer
 *     worker
 * @param binding identifies the request and its process instance
 * @param uploadedBy the activity instance that uploaded the pending documents
 * @param uploadStep the id of its activity; null in states that were written before it was recorded
 * @param pending uploaded documents that are not part of a request yet, in the order that
 *     signatories see
 * @param uploading whether an upload has not uploaded all of them yet
 * @param creation an attempt to create the request whose outcome is unknown
 * @param request the request, once it exists
 * @param lastCheck what the last status check found
 * @param signed the signed documents that the process holds
 * @param outdatedFileIds files that SignSpace listed as signed, but that are unsigned or replaced
 *     documents
 * @param formerRequestIds requests that this one has replaced, oldest first
 * @param knownCreations activity instances of creations whose outcome this state reflects, or that
 *     ended before its request was created; with that of {@code request}, unless the state was
 *     written before that was recorded
 * @param failedAttempts how many failures the creation has reported; the engine has a log of them,
 *     so another number shows that this state is not the latest
 * @param failedRun the activity instance that reported them; null if there is none
 * @param unrecordedUntil the time before which an attempt may have been made that left no record;
 *     null if there is none
 * @param replacements how many times its documents were replaced, or would have been in time
 * @param replacementInDoubt when a replacement of the documents began whose outcome is unknown
 * @param rejectedReplacements the attempts to replace the documents that SignSpace has rejected
 *     since the current ones were sent: the activity instance, from its second attempt on with the
 *     number
 * @param supersededReplacements the ended attempts to replace the documents that the current ones
 *     were sent after, named likewise
 * @param writtenBy the activity instance of the step that wrote this state, to find later steps in
 *     the engine's history; null in states that were written before it was recorded
 * @param notices the notices that have not been given yet; null in other processes than {@code
 *     signing-request}
 * @param signedRequestIds those of the former requests that the last check had found signed, as in
 *     a loop of a model; the others were cancelled
 * @param otherFileIds files that SignSpace listed as signed while documents were missing, and that
 *     are none of them, such as separate signing pages
 * @param completion a hash of what SignSpace reported, and since when, as the signed documents were
 *     downloaded; null if there are none, or if the state was written before it was recorded
 * @param signatures the {@linkplain SignatureGiven#hash hash} of the signatures that forms and the
 *     API show; null if the state was written before it was recorded
 */
public record SigningState(
    int version,
    Binding binding,
    @Nullable String uploadedBy,
    @Nullable String uploadStep,
    List<SentDocument> pending,
    boolean uploading,
    @Nullable Creation creation,
    @Nullable SentRequest request,
    @Nullable LastCheck lastCheck,
    List<SignedDocument> signed,
    List<String> outdatedFileIds,
    List<String> formerRequestIds,
    List<String> knownCreations,
    int failedAttempts,
    @Nullable String failedRun,
    @Nullable String unrecordedUntil,
    int replacements,
    @Nullable String replacementInDoubt,
    List<String> rejectedReplacements,
    List<String> supersededReplacements,
    @Nullable String writtenBy,
    @Nullable Notices notices,
    List<String> signedRequestIds,
    List<String> otherFileIds,
    @Nullable String completion,
    @Nullable String signatures) {

  /** The format version that these workers read and write. */
  public static final int VERSION = 1;

  public SigningState {
    pending = copyOf(pending);
    signed = copyOf(signed);
    outdatedFileIds = copyOf(outdatedFileIds);
    formerRequestIds = copyOf(formerRequestIds);
    knownCreations = copyOf(knownCreations);
    rejectedReplacements = copyOf(rejectedReplacements);
    supersededReplacements = copyOf(supersededReplacements);
    signedRequestIds = copyOf(signedRequestIds);
    otherFileIds = copyOf(otherFileIds);
  }

  public static SigningState initial(Binding binding) {
    return new SigningState(
        VERSION, binding, null, null, List.of(), false, null, null, null, List.of(), List.of(),
        List.of(), List.of(), 0, null, null, 0, null, List.of(), List.of(), null, null, List.of(),
        List.of(), null, null);
  }

  /**
   * Binds a state to one request, so that a state copied elsewhere is recognized.
   *
   * @param processInstanceId the instance that creates the request
   * @param apiUrl the address of SignSpace
   * @param requestName distinguishes several requests of one process; "" if there is one
   * @param scopeId the activity instance of the enclosing multi-instance scope, if any
   * @param key a random id
   */
  public record Binding(
      String processInstanceId,
      String apiUrl,
      String requestName,
      @Nullable String scopeId,
      String key) {}

  /**
   * A document that was uploaded to SignSpace.
   *
   * @param variableName the File variable it was read from
   * @param size in bytes
   * @param sha256 the SHA-256 of its content, in hex
   * @param fileId SignSpace's id of it
   */
  public record SentDocument(
      String variableName, String fileName, long size, String sha256, String fileId) {}

  /**
   * An attempt to create a request, recorded before the call.
   *
   * @param startedAt when it began
   * @param createdBy the id of the activity that creates it
   * @param dueAt the time after which the request is overdue
   * @param run the activity instance that makes the attempt; null in states that were written
   *     before it was recorded
   * @param isPresumed true if the participants are those that the process has, or has recorded for
   *     another attempt, since it is unknown whom this one has asked; otherwise null
   */
  public record Creation(
      String startedAt,
      String createdBy,
      String title,
      String actingHandle,
      @Nullable String dueAt,
      List<Participant> participants,
      @Nullable String run,
      @Nullable Boolean isPresumed) {

    public Creation {
      participants = copyOf(participants);
    }

    /** An attempt whose participants are known. */
    public Creation(
        String startedAt,
        String createdBy,
        String title,
        String actingHandle,
        @Nullable String dueAt,
        List<Participant> participants,
        @Nullable String run) {
      this(startedAt, createdBy, title, actingHandle, dueAt, participants, run, null);
    }

    /** The due date; null if there is none. */
    public @Nullable Instant due() {
      return dueAt == null ? null : Instant.parse(dueAt);
    }

    /** The participants of the request; none if it is unknown whom it has asked. */
    public List<Participant> knownParticipants() {
      return isPresumed == null ? participants : List.of();
    }

    /** For a request whose creation is not on record: it may have asked these, too. */
    public Creation presuming(List<Participant> others) {
      return new Creation(
          startedAt,
          createdBy,
          title,
          actingHandle,
          dueAt,
          union(participants, others.stream()),
          run,
          true);
    }
  }

  /**
   * A request as it was sent.
   *
   * @param creation how it was created
   * @param createdAt the creation time reported by SignSpace
   * @param documents the current documents, in order
   * @param documentsSince since when these documents are current
   * @param replaced documents that were replaced by others
   * @param formerSignatures how many signatures SignSpace counted when these documents had become
   *     current; null if it did not say, or if they are the first
   */
  public record SentRequest(
      String id,
      Creation creation,
      @Nullable String createdAt,
      List<SentDocument> documents,
      String documentsSince,
      List<ReplacedDocument> replaced,
      @Nullable Integer formerSignatures) {

    public SentRequest {
      documents = copyOf(documents);
      replaced = copyOf(replaced);
    }

    /** A request with its first documents, or with others for which no signatures are known. */
    public SentRequest(
        String id,
        Creation creation,
        @Nullable String createdAt,
        List<SentDocument> documents,
        String documentsSince,
        List<ReplacedDocument> replaced) {
      this(id, creation, createdAt, documents, documentsSince, replaced, null);
    }

    public List<String> fileIds() {
      return idsOf(documents);
    }

    /** The handles of the signers. */
    public List<String> signers() {
      return creation.participants().stream()
          .filter(Participant::signs)
          .map(Participant::handle)
          .toList();
    }

    /** The same request with other documents. */
    SentRequest withDocuments(
        List<SentDocument> newer, String since, @Nullable Integer signaturesUntilThen) {
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
          Stream.concat(replaced.stream(), outdated).toList(),
          signaturesUntilThen);
    }
  }

  /**
   * A participant, without the identity code.
   *
   * @param hasCode true if an identity code was given, otherwise null
   * @param position in the order of signing; null if there is no order
   */
  public record Participant(
      String handle,
      String role,
      @Nullable String displayName,
      @Nullable Boolean hasCode,
      @Nullable Integer position) {

    public boolean signs() {
      return role.equals("signer");
    }
  }

  /**
   * A document that is no longer part of the request.
   *
   * @param until when it was replaced
   */
  public record ReplacedDocument(SentDocument document, String until) {}

  /**
   * The result of a status check.
   *
   * @param statusSince when this status was first found
   * @param unconfirmedChecks consecutive checks with an implausible result
   * @param unchangedChecks consecutive checks without a change: the delays grow with them
   * @param documentsInDoubtSince when a check first found that SignSpace has, or may have, other
   *     documents than were sent; null if none has since SignSpace last showed those
   * @param signaturesMissing whether SignSpace has called it complete without every signature, and
   *     has shown neither the opposite nor another status since
   * @param former a former request that SignSpace has shown, last, but not as cancelled; null if
   *     there is none
   */
  public record LastCheck(
      String status,
      String phase,
      String statusSince,
      @Nullable Integer signaturesCompleted,
      int unconfirmedChecks,
      int unchangedChecks,
      @Nullable String documentsInDoubtSince,
      boolean signaturesMissing,
      @Nullable FormerRequest former) {

    /** Nothing has been found yet. */
    public static LastCheck none(String since) {
      return new LastCheck("", "", since, null, 0, 0, null, false, null);
    }

    private LastCheck withOwnDocuments() {
      return new LastCheck(
          status,
          phase,
          statusSince,
          signaturesCompleted,
          unconfirmedChecks,
          unchangedChecks,
          null,
          signaturesMissing,
          former);
    }
  }

  /**
   * A former request that is not cancelled.
   *
   * @param status as SignSpace last reported it
   */
  public record FormerRequest(String id, String status) {}

  /**
   * A signed document that the process holds.
   *
   * @param signedFileId SignSpace's id of it
   * @param fileId the document that was signed; null if it is unknown which one
   */
  public record SignedDocument(
      String variableName,
      String fileName,
      String mediaType,
      long size,
      String sha256,
      String signedFileId,
      @Nullable String fileId) {}

  /** The ids of the documents that were uploaded for the next creation or replacement. */
  public List<String> pendingFileIds() {
    return idsOf(pending);
  }

  /** The number of requests that this state has recorded. */
  public int createdRequests() {
    return formerRequestIds.size() + (request == null ? 0 : 1);
  }

  /** Whether there is a request that no check has found signed or cancelled. */
  public boolean hasUnfinishedRequest() {
    return request != null
        && (lastCheck == null
            || !List.of(SigningPhase.SIGNED.text(), SigningPhase.CANCELLED.text())
                .contains(lastCheck.phase()));
  }

  /** Whether this is the current request or a former one. */
  public boolean hasRequest(String id) {
    return formerRequestIds.contains(id) || (request != null && request.id().equals(id));
  }

  /** Whether any of these files is or was a document of this request. */
  public boolean hasAnyOf(List<String> fileIds) {
    return known().map(SentDocument::fileId).anyMatch(fileIds::contains);
  }

  /** Every document that is, was or may become part of the current request. */
  public Stream<SentDocument> known() {
    return Stream.concat(sent(), pending.stream());
  }

  /**
   * The pending documents that are not part of the current request: no file belongs to two
   * requests.
   */
  public List<SentDocument> unsentPending() {
    List<String> sent = sent().map(SentDocument::fileId).toList();
    return pending.stream().filter(document -> !sent.contains(document.fileId())).toList();
  }

  /** Every document that is or was part of the current request. */
  private Stream<SentDocument> sent() {
    return request == null
        ? Stream.of()
        : Stream.concat(
            request.documents().stream(),
            request.replaced().stream().map(ReplacedDocument::document));
  }

  /**
   * @param run the activity instance that uploaded them
   * @param step its activity; null if unknown
   */
  public SigningState withPending(List<SentDocument> documents, String run, @Nullable String step) {
    return with(
        changed -> {
          changed.uploadedBy = run;
          changed.uploadStep = step;
          changed.pending = documents;
          changed.uploading = false;
        });
  }

  /** As {@link #withPending}, but more documents are to follow. */
  public SigningState withUploading(List<SentDocument> documents, String run, String step) {
    return withPending(documents, run, step).with(changed -> changed.uploading = true);
  }

  /** Records an attempt, or that there is none whose outcome is unknown. */
  public SigningState withCreation(@Nullable Creation attempt) {
    return with(
        changed -> {
          changed.creation = attempt;
          changed.unrecordedUntil = null;
        });
  }

  /**
   * @param failures how many failures the creation has reported
   * @param run the activity instance that reported them
   */
  public SigningState withFailures(int failures, String run) {
    return with(
        changed -> {
          changed.failedAttempts = failures;
          changed.failedRun = run;
        });
  }

  /** An attempt before this time may have left no record. */
  public SigningState withUnrecordedUntil(Instant moment) {
    return with(changed -> changed.unrecordedUntil = moment.toString());
  }

  /** Sets the request; a previous one becomes a former request. */
  public SigningState withRequest(SentRequest created, LastCheck check) {
    Optional<String> replacedId =
        Optional.ofNullable(request).map(SentRequest::id).filter(id -> !id.equals(created.id()));
    return with(
        changed -> {
          changed.clearPending();
          changed.creation = null;
          changed.failedAttempts = 0;
          changed.failedRun = null;
          changed.unrecordedUntil = null;
          changed.settleReplacements(List.of());
          changed.request = created;
          changed.lastCheck = check;
          changed.notices = replacedId.isEmpty() ? notices : null;
          changed.dropSigned();
          changed.outdatedFileIds = List.of();
          changed.otherFileIds = List.of();
          changed.signatures = SignatureGiven.hash(List.of());
          changed.formerRequestIds = union(formerRequestIds, replacedId.stream());
          if (hasBeenFoundSigned()) {
            changed.signedRequestIds = union(signedRequestIds, replacedId.stream());
          }
        });
  }

  /** Whether the last check found it signed. */
  public boolean hasBeenFoundSigned() {
    return lastCheck != null && lastCheck.phase().equals(SigningPhase.SIGNED.text());
  }

  /**
   * Makes the pending documents the current ones of the request.
   *
   * @param formerSignatures how many signatures of others SignSpace counts; null if unknown
   * @param superseded ended attempts that can no longer take effect
   */
  public SigningState withPendingAsDocuments(
      String since, @Nullable Integer formerSignatures, List<String> superseded) {
    SentRequest current = requireRequest();
    return with(
        changed -> {
          changed.clearPending();
          changed.request = current.withDocuments(pending, since, formerSignatures);
          changed.dropSigned();
          changed.lastCheck = lastCheck == null ? null : lastCheck.withOwnDocuments();
          changed.signatures = SignatureGiven.hash(List.of());
          changed.settleReplacements(union(supersededReplacements, superseded.stream()));
          changed.replacements++;
        });
  }

  /** Whether the request has had the pending documents without a doubt since it was sent them. */
  public boolean hasSameDocumentsPending() {
    boolean isDoubtful =
        replacementInDoubt != null
            || (lastCheck != null && lastCheck.documentsInDoubtSince() != null);
    return !isDoubtful && requireRequest().documents().equals(pending);
  }

  /** A replacement by the documents that the request has. */
  public SigningState withSameDocuments() {
    return with(
        changed -> {
          changed.clearPending();
          changed.replacements++;
        });
  }

  /**
   * The same documents, which the request did not have all the time.
   *
   * @param formerSignatures how many signatures, maybe of others, SignSpace counts; null if unknown
   */
  public SigningState withSameDocumentsSince(String since, @Nullable Integer formerSignatures) {
    SentRequest current = requireRequest();
    return with(
        changed ->
            changed.request = current.withDocuments(current.documents(), since, formerSignatures));
  }

  /** An attempt to replace the documents, recorded before the call. */
  public SigningState withReplacementInDoubt(String since) {
    return with(changed -> changed.replacementInDoubt = since);
  }

  /** A replacement that certainly replaced nothing. */
  public SigningState withRejectedReplacement(String attempt) {
    return with(
        changed -> changed.rejectedReplacements = union(rejectedReplacements, Stream.of(attempt)));
  }

  /** A replacement that came too late. */
  public SigningState withLateReplacement() {
    return with(changed -> changed.replacements++);
  }

  public SigningState withLastCheck(LastCheck check) {
    return with(changed -> changed.lastCheck = check);
  }

  /** Records the signatures that forms and the API show. */
  public SigningState withSignatures(SignatureGiven... given) {
    return with(changed -> changed.signatures = SignatureGiven.hash(List.of(given)));
  }

  public SigningState withNotices(@Nullable Notices planned) {
    return with(changed -> changed.notices = planned);
  }

  /**
   * @param completion a hash of what SignSpace reported as they were downloaded
   */
  public SigningState withSigned(List<SignedDocument> documents, String completion) {
    return with(
        changed -> {
          changed.signed = documents;
          changed.completion = completion;
        });
  }

  /** Ignores signed files that belong to replaced documents. */
  public SigningState withOutdated(List<String> signedFileIds) {
    return with(
        changed -> {
          changed.dropSigned();
          changed.outdatedFileIds = union(outdatedFileIds, signedFileIds.stream());
        });
  }

  /** Does not count signed files as documents. */
  public SigningState withOtherFiles(List<String> signedFileIds) {
    return with(changed -> changed.otherFileIds = union(otherFileIds, signedFileIds.stream()));
  }

  /** Whether this state differs from another one only by what a check and a download have found. */
  public boolean hasProgressSince(SigningState other) {
    return with(changed -> {
          changed.lastCheck = other.lastCheck;
          changed.notices = other.notices;
          changed.signed = other.signed;
          changed.completion = other.completion;
          changed.outdatedFileIds = other.outdatedFileIds;
          changed.otherFileIds = other.otherFileIds;
          changed.signatures = other.signatures;
          changed.writtenBy = other.writtenBy;
        })
        .equals(other);
  }

  /** Whether SignSpace lists a file that was refused. */
  public boolean refusesAnyOf(Collection<String> signedFileIds) {
    return signedFileIds.stream()
        .anyMatch(id -> outdatedFileIds.contains(id) || otherFileIds.contains(id));
  }

  /** Looks at refused files again. */
  public SigningState withoutRefusedFiles() {
    return with(
        changed -> {
          changed.outdatedFileIds = List.of();
          changed.otherFileIds = List.of();
        });
  }

  /** Adds runs of the creation whose outcome is known. */
  public SigningState withKnownCreations(Stream<String> activityInstanceIds) {
    return with(changed -> changed.knownCreations = union(knownCreations, activityInstanceIds));
  }

  public SigningState withWriter(@Nullable String activityInstanceId) {
    return with(changed -> changed.writtenBy = activityInstanceId);
  }

  private SigningState with(Consumer<Builder> change) {
    Builder builder = new Builder(this);
    change.accept(builder);
    return builder.build();
  }

  /** A mutable copy of a state. */
  private static final class Builder {

    private final SigningState original;
    private @Nullable String uploadedBy;
    private @Nullable String uploadStep;
    private List<SentDocument> pending;
    private boolean uploading;
    private @Nullable Creation creation;
    private @Nullable SentRequest request;
    private @Nullable LastCheck lastCheck;
    private List<SignedDocument> signed;
    private List<String> outdatedFileIds;
    private List<String> formerRequestIds;
    private List<String> knownCreations;
    private int failedAttempts;
    private @Nullable String failedRun;
    private @Nullable String unrecordedUntil;
    private int replacements;
    private @Nullable String replacementInDoubt;
    private List<String> rejectedReplacements;
    private List<String> supersededReplacements;
    private @Nullable String writtenBy;
    private @Nullable Notices notices;
    private List<String> signedRequestIds;
    private List<String> otherFileIds;
    private @Nullable String completion;
    private @Nullable String signatures;

    Builder(SigningState original) {
      this.original = original;
      uploadedBy = original.uploadedBy;
      uploadStep = original.uploadStep;
      pending = original.pending;
      uploading = original.uploading;
      creation = original.creation;
      request = original.request;
      lastCheck = original.lastCheck;
      signed = original.signed;
      outdatedFileIds = original.outdatedFileIds;
      formerRequestIds = original.formerRequestIds;
      knownCreations = original.knownCreations;
      failedAttempts = original.failedAttempts;
      failedRun = original.failedRun;
      unrecordedUntil = original.unrecordedUntil;
      replacements = original.replacements;
      replacementInDoubt = original.replacementInDoubt;
      rejectedReplacements = original.rejectedReplacements;
      supersededReplacements = original.supersededReplacements;
      writtenBy = original.writtenBy;
      notices = original.notices;
      signedRequestIds = original.signedRequestIds;
      otherFileIds = original.otherFileIds;
      completion = original.completion;
      signatures = original.signatures;
    }

    void dropSigned() {
      signed = List.of();
      completion = null;
    }

    void clearPending() {
      uploadedBy = null;
      uploadStep = null;
      pending = List.of();
      uploading = false;
    }

    void settleReplacements(List<String> superseded) {
      replacementInDoubt = null;
      rejectedReplacements = List.of();
      supersededReplacements = superseded;
    }

    SigningState build() {
      return new SigningState(
          original.version,
          original.binding,
          uploadedBy,
          uploadStep,
          pending,
          uploading,
          creation,
          request,
          lastCheck,
          signed,
          outdatedFileIds,
          formerRequestIds,
          knownCreations,
          failedAttempts,
          failedRun,
          unrecordedUntil,
          replacements,
          replacementInDoubt,
          rejectedReplacements,
          supersededReplacements,
          writtenBy,
          notices,
          signedRequestIds,
          otherFileIds,
          completion,
          signatures);
    }
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

  private static <T> List<T> union(List<T> list, Stream<T> added) {
    return Stream.concat(list.stream(), added).distinct().toList();
  }

  private static List<String> idsOf(List<SentDocument> documents) {
    return documents.stream().map(SentDocument::fileId).toList();
  }

  private static <T> List<T> copyOf(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
