package fi.signspace.plugin.worker;

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
import fi.signspace.plugin.signing.SignSpace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a state of variables that are not sealed: those of an instance that a former version of the
 * workers began, or whose state was lost. Anyone may have written them, so they only say where to
 * look: a request is adopted if its files in SignSpace are, byte for byte, the documents of the
 * process, if it has its title and if, unless the instance began before states were sealed, it was
 * created after the instance.
 */
final class Adoption {

  private static final Logger LOG = LoggerFactory.getLogger(Adoption.class);

  /** How far the clocks of the engine and of SignSpace may be apart. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final SignSpace signSpace;
  private final SealedSince sealedSince;
  private final WorkTimes times;

  Adoption(SignSpace signSpace, SealedSince sealedSince, WorkTimes times) {
    this.signSpace = signSpace;
    this.sealedSince = sealedSince;
    this.times = times;
  }

  /**
   * @param claimed the request that an unsealed variable names
   * @return empty if nothing was begun
   * @throws NeedsAdminException if something was begun that is not surely of this instance
   */
  Optional<SigningState> of(SigningTask task, Optional<String> claimed, SigningState newState) {
    if (claimed.isPresent()) {
      return Optional.of(request(task, claimed.get(), newState));
    }
    boolean isCreation = task.topic().equals(SigningProcess.Topic.CREATE_SIGNING_REQUEST);
    List<String> fileIds = isCreation ? task.claimedFileIds() : List.of();
    return fileIds.isEmpty() ? Optional.empty() : uploads(task, fileIds, newState);
  }

  private SigningState request(SigningTask task, String id, SigningState newState) {
    task.holdLockFor(times.lockForOneCall());
    RequestState request =
        signSpace.getRequests(List.of(id)).stream()
            .filter(state -> state.id().equals(id))
            .findFirst()
            .orElseThrow(() -> notOurs(id, "SignSpace does not show it"));
    Optional<Instant> started = startOf(task);
    boolean isOfFormerVersion = started.filter(this::isBeforeSeals).isPresent();
    if (!isOfFormerVersion && !isCreatedAfter(request, started.orElse(null))) {
      throw notOurs(id, "it is not known to be created after the process instance was started");
    }
    String title = task.text("title").orElse("");
    if (request.title() != null && !request.title().strip().equals(title)) {
      throw notOurs(id, "it has another title");
    }
    List<String> fileIds =
        request.fileIds().isEmpty() && isOfFormerVersion
            ? task.claimedFileIds()
            : request.fileIds();
    List<SentDocument> documents =
        documents(task, fileIds)
            .filter(found -> !found.isEmpty())
            .orElseThrow(() -> notOurs(id, "its files are not the documents of this process"));
    LOG.warn("The request {} had no sealed state and is adopted: its files are ours", id);
    Instant createdAt = request.createdAt();
    String since = Objects.requireNonNullElseGet(createdAt, started::orElseThrow).toString();
    Creation creation = creation(task, since, title);
    SentRequest sent =
        new SentRequest(
            id, creation, createdAt == null ? null : since, documents, since, List.of());
    LastCheck check = new LastCheck("", "", since, null, 0, 0);
    return newState.withRequest(sent, check);
  }

  /** Documents that a former version uploaded, and whether it has begun to create the request. */
  private Optional<SigningState> uploads(
      SigningTask task, List<String> fileIds, SigningState newState) {
    if (startOf(task).filter(this::isBeforeSeals).isEmpty()) {
      return Optional.empty();
    }
    List<SentDocument> documents =
        documents(task, fileIds)
            .orElseThrow(
                () ->
                    new NeedsAdminException(
                        "The files that were uploaded for this request (%s) are not the documents of this process any more. Restore the documents, or cancel the process instance and start a new one"
                            .formatted(String.join(", ", fileIds))));
    SigningState state = newState.withPending(documents, task.id());
    return Optional.of(
        task.text(SigningVariables.CREATION_STARTED_AT.name())
            .map(at -> state.withCreation(creation(task, at, task.text("title").orElse(""))))
            .orElse(state));
  }

  private Creation creation(SigningTask task, String startedAt, String title) {
    return new Creation(
        startedAt,
        "",
        title,
        signSpace.defaultActingHandle(),
        task.text(SigningVariables.DUE_AT.name()).orElse(null),
        List.of());
  }

  /**
   * Each file as the document of the process that has the same bytes.
   *
   * @return empty if one of them has other bytes
   */
  private Optional<List<SentDocument>> documents(SigningTask task, List<String> fileIds) {
    Map<String, TaskDocument> bySha256 =
        task.allFiles().stream().collect(toMap(TaskDocument::sha256, file -> file, (a, b) -> a));
    List<SentDocument> documents = new ArrayList<>();
    for (String fileId : fileIds) {
      task.holdLockFor(times.lockForOneCall());
      Document file = signSpace.downloadDocument(fileId);
      TaskDocument own = bySha256.get(Sha256.of(file.content()));
      if (own == null) {
        return Optional.empty();
      }
      documents.add(own.sentAs(fileId));
    }
    return Optional.of(documents);
  }

  private Optional<Instant> startOf(SigningTask task) {
    return task.recordedInstance().map(EngineApi.RecordedInstance::startTime);
  }

  private boolean isBeforeSeals(Instant started) {
    return sealedSince.moment().filter(started::isBefore).isPresent();
  }

  private static boolean isCreatedAfter(RequestState request, @Nullable Instant started) {
    return request.createdAt() != null
        && started != null
        && request.createdAt().plus(CLOCKS).isAfter(started);
  }

  private static NeedsAdminException notOurs(String id, String reason) {
    return new NeedsAdminException(
        """
        The variable signingRequestId names %s, but the variable signingState is missing, and it is not sure that this request is \
        of this process: %s. Restore signingState in Cockpit, or remove signingRequestId if no request was sent, then retry.\
        """
            .formatted(id, reason));
  }
}
