package fi.signspace.plugin.worker.state;

import static java.util.stream.Collectors.toMap;

import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.TaskDocument;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a state from the variables of an instance that began before states were sealed. Anyone
 * may have written them, so they only indicate what to check: a request is adopted if its title and
 * its files in SignSpace, byte for byte, are those of the process. If documents were replaced, the
 * process no longer has the former ones; then the engine's record of the creation replaces the
 * comparison.
 *
 * <p>The lost state of a later instance cannot be recovered like this. Documents and title can be
 * those of another request, and anyone who may write variables or complete tasks can create the
 * engine's records.
 */
public final class Adoption {

  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  private final SignSpace signSpace;
  private final SealedSince sealedSince;
  private final LockTimings times;

  public Adoption(SignSpace signSpace, SealedSince sealedSince, LockTimings times) {
    this.signSpace = signSpace;
    this.sealedSince = sealedSince;
    this.times = times;
  }

  /**
   * @param claimed the request that an unsealed variable names
   * @return empty if no request was begun
   * @throws IncidentException if it is uncertain whether a request belongs to this instance
   */
  Optional<SigningState> of(SigningTask task, Optional<String> claimed, SigningState newState) {
    if (claimed.isPresent()) {
      return Optional.of(request(task, claimed.get(), newState));
    }
    if (task.topic().equals(SigningProcess.Topic.DOWNLOAD_DOCUMENT)) {
      return signedRequest(task).map(id -> request(task, id, newState));
    }
    boolean isCreation = task.topic().equals(SigningProcess.Topic.CREATE_SIGNING_REQUEST);
    List<String> fileIds = isCreation ? task.claimedFileIds() : List.of();
    return fileIds.isEmpty() ? Optional.empty() : uploads(task, fileIds, newState);
  }

  /** Former models pass the ids of the signed files to a download, but not of the request. */
  private Optional<String> signedRequest(SigningTask task) {
    List<String> signedFileIds = task.claimedSignedFileIds();
    if (signedFileIds.isEmpty() || !isOfFormerVersion(task)) {
      return Optional.empty();
    }
    task.lock().ensureFor(times.lockForOneCall());
    return signSpace.listRequests(SigningRequestFinder.MAX_LISTED).stream()
        .filter(request -> request.signedFileIds().equals(signedFileIds))
        .map(RequestState::id)
        .findFirst();
  }

  /**
   * A request that a worker of a former version created from documents of a sealed state: a file
   * belongs to one request only.
   *
   * @throws IncidentException in an instance whose states have all been sealed: then this one is
   *     older than the creation
   */
  Optional<SigningState> ofPending(SigningTask task, SigningState state, String id) {
    if (!isOfFormerVersion(task)) {
      throw new IncidentException(
          """
          The variable signingState was written before the signing request %s was created. Put its latest value back in Cockpit, then \
          retry. If that is lost, cancel %s in SignSpace and start a new process instance.\
          """
              .formatted(id, id));
    }
    task.lock().ensureFor(times.lockForOneCall());
    Optional<RequestState> request =
        SigningRequestFinder.byId(id, signSpace)
            .filter(reported -> reported.fileIds().equals(state.pendingFileIds()));
    request.ifPresent(
        reported ->
            LOG.warn(
                "The request {} has no sealed state; it is adopted, because it has the files of this instance",
                id));
    return request.map(reported -> adopted(task, state, reported, state.pending()));
  }

  private SigningState request(SigningTask task, String id, SigningState newState) {
    if (!isOfFormerVersion(task)) {
      throw new IncidentException(
          """
          The variable signingRequestId names %s, but the variable signingState, which alone proves that this process has sent it, \
          is missing. Put the value of signingState back in Cockpit. If it is lost, cancel %s in SignSpace and start a new process \
          instance; if no request was sent, remove signingRequestId, then retry.\
          """
              .formatted(id, id));
    }
    task.lock().ensureFor(times.lockForOneCall());
    RequestState request =
        SigningRequestFinder.byId(id, signSpace)
            .orElseThrow(() -> notOurs(id, "SignSpace does not show it"));
    Optional<String> title = task.readText("title");
    if (request.title() != null
        && title.filter(t -> !t.equals(request.title().strip())).isPresent()) {
      throw notOurs(id, "it has another title");
    }
    List<String> fileIds = request.fileIds().isEmpty() ? task.claimedFileIds() : request.fileIds();
    List<SentDocument> documents =
        documents(task, fileIds, () -> task.relatedSteps().haveCreated(id))
            .filter(found -> !found.isEmpty())
            .orElseThrow(() -> notOurs(id, "its files are not the documents of this process"));
    LOG.info(
        "The request {} has no sealed state; it is adopted, because it has the documents of this instance",
        id);
    SigningState state = adopted(task, newState, request, documents);
    return task.topic().equals(SigningProcess.Topic.REPLACE_DOCUMENTS)
        ? state.withPending(uploaded(task, task.claimedFileIds()), task.activityInstanceId(), null)
        : state;
  }

  private SigningState adopted(
      SigningTask task, SigningState state, RequestState request, List<SentDocument> documents) {
    Instant createdAt = request.createdAt();
    String since =
        Objects.requireNonNullElseGet(createdAt, () -> startOf(task).orElseThrow()).toString();
    Creation creation =
        creation(task, since, Objects.requireNonNullElseGet(request.title(), () -> ""));
    SentRequest sent =
        new SentRequest(
            request.id(), creation, createdAt == null ? null : since, documents, since, List.of());
    return state.withRequest(sent, LastCheck.none(since));
  }

  /** Documents uploaded by a former version, and its attempt to create the request, if any. */
  private Optional<SigningState> uploads(
      SigningTask task, List<String> fileIds, SigningState newState) {
    if (!isOfFormerVersion(task)) {
      return Optional.empty();
    }
    SigningState state =
        newState.withPending(uploaded(task, fileIds), task.activityInstanceId(), null);
    return Optional.of(
        task.text(SigningVariables.CREATION_STARTED_AT.name())
            .map(Adoption::unsealedMoment)
            .map(
                at ->
                    state.withCreation(
                        creation(task, at.toString(), task.text("title").orElse(""))))
            .orElse(state));
  }

  /** A time that anyone may have written; the distant past if it is not one. */
  public static Instant unsealedMoment(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  private List<SentDocument> uploaded(SigningTask task, List<String> fileIds) {
    return documents(task, fileIds, () -> false)
        .orElseThrow(
            () ->
                new IncidentException(
                    "The files that were uploaded for this request (%s) are not the documents of this process any more. Restore the documents, or cancel the process instance and start a new one"
                        .formatted(String.join(", ", fileIds))));
  }

  private Creation creation(SigningTask task, String startedAt, String title) {
    return new Creation(
        startedAt,
        "",
        title,
        signSpace.defaultActingHandle(),
        task.text(SigningVariables.DUE_AT.name()).orElse(null),
        List.of(),
        null);
  }

  /**
   * Maps each file to the document of the process with the same bytes.
   *
   * @param isSurelyOurs whether files with other bytes are former documents of the process
   * @return empty if one of them has no such document
   */
  private Optional<List<SentDocument>> documents(
      SigningTask task, List<String> fileIds, BooleanSupplier isSurelyOurs) {
    Map<String, TaskDocument> bySha256 =
        task.allFiles().stream().collect(toMap(TaskDocument::sha256, file -> file, (a, b) -> a));
    List<SentDocument> documents = new ArrayList<>();
    for (String fileId : fileIds) {
      task.lock().ensureFor(times.lockForOneCall());
      Document file = signSpace.downloadDocument(fileId);
      String sha256 = Sha256.of(file.content());
      TaskDocument own = bySha256.get(sha256);
      if (own == null && !isSurelyOurs.getAsBoolean()) {
        return Optional.empty();
      }
      documents.add(
          own == null
              ? new SentDocument("", file.name(), file.content().length, sha256, fileId)
              : own.sentAs(fileId));
    }
    return Optional.of(documents);
  }

  private boolean isOfFormerVersion(SigningTask task) {
    return startOf(task).filter(this::isBeforeSeals).isPresent();
  }

  private Optional<Instant> startOf(SigningTask task) {
    return task.recordedInstance().map(EngineHistory.RecordedInstance::startTime);
  }

  private boolean isBeforeSeals(Instant started) {
    return sealedSince.moment().filter(started::isBefore).isPresent();
  }

  private static IncidentException notOurs(String id, String reason) {
    return new IncidentException(
        """
        The variable signingRequestId names %s, but the variable signingState is missing, and it is not certain that this request \
        belongs to this process: %s. Restore signingState in Cockpit, or remove signingRequestId if no request was sent, then retry.\
        """
            .formatted(id, reason));
  }
}
