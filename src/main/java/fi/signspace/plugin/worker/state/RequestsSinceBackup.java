package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that SignSpace has, and that a restored database does not know: those created
 * between the backup and the restore. A process that has been put back to a moment before its
 * documents were uploaded has no files in common with its request, so only the title tells that a
 * request may be its own, and not even that if it was corrected.
 */
public final class RequestsSinceBackup {

  private static final Logger LOG = LoggerFactory.getLogger(RequestsSinceBackup.class);

  private static final int MAX_REQUESTED = 100;
  private static final int MAX_NAMED = 5;

  private final SignSpace signSpace;
  private final EngineHistory history;
  private final RestoreProperties restore;
  private final LockTimings times;
  private volatile @Nullable List<RequestState> created;

  public RequestsSinceBackup(
      SignSpace signSpace, EngineHistory history, RestoreProperties restore, LockTimings times) {
    this.signSpace = signSpace;
    this.history = history;
    this.restore = restore;
    this.times = times;
  }

  /**
   * A process that existed at the backup may have been corrected since then, so that its request
   * has another title.
   *
   * @param title of the request that is about to be created
   * @throws IncidentException if a request may be this one
   * @throws UnconfirmedException if the list may be truncated
   */
  public void requireNone(SigningTask task, String title) {
    if (restore.backupAt() == null) {
      return;
    }
    ensureLock(task);
    List<RequestState> sameTitle = titled(title);
    List<RequestState> open = open(sameTitle.isEmpty() && isOfBackup(task) ? created() : sameTitle);
    if (!open.isEmpty()) {
      throw new IncidentException(
          """
          The database was restored from a backup of %s, and SignSpace has signing requests that were created since \
          then: %s. One of them may be that of this process, so no other one was created. If so, cancel it in SignSpace and \
          retry, or leave it and cancel this process instance. If not, remove signspace.restore from the settings of the workers, then retry.\
          """
              .formatted(restore.backupAt(), describe(open)));
    }
  }

  /**
   * @param title of a request that SignSpace shows as cancelled
   * @throws IncidentException if a request may have been sent instead of it since the backup
   * @throws UnconfirmedException if the list may be truncated
   */
  public void requireNoneInsteadOf(SigningTask task, String title) {
    if (restore.backupAt() == null) {
      return;
    }
    ensureLock(task);
    List<RequestState> open = open(titled(title));
    if (!open.isEmpty()) {
      throw new IncidentException(
          """
          The database was restored from a backup of %s, and SignSpace has signing requests with this title that were created since \
          then: %s. One of them may have been sent instead of this one, which is cancelled, so the process does not continue. If so, finish \
          it in SignSpace, archive its documents and cancel this process instance. If not, remove signspace.restore from the settings of the workers, then retry.\
          """
              .formatted(restore.backupAt(), describe(open)));
    }
  }

  private void ensureLock(SigningTask task) {
    task.lock().ensureFor(times.longestCall().multipliedBy(SigningRequestFinder.MAX_CALLS));
  }

  private boolean isOfBackup(SigningTask task) {
    return history
        .recordedInstance(task.processInstanceId())
        .filter(instance -> instance.startTime().isAfter(restore.restoredAt()))
        .isEmpty();
  }

  private List<RequestState> titled(String title) {
    return created().stream().filter(request -> !request.hasOtherTitle(title)).toList();
  }

  /** Some of the requests that are not cancelled, if there are any. */
  private List<RequestState> open(List<RequestState> candidates) {
    List<String> ids = candidates.stream().map(RequestState::id).toList();
    for (int from = 0; from < ids.size(); from += MAX_REQUESTED) {
      int to = Math.min(from + MAX_REQUESTED, ids.size());
      List<RequestState> open =
          signSpace.getRequests(ids.subList(from, to)).stream()
              .filter(request -> request.status() != SigningStatus.CANCELLED)
              .toList();
      if (!open.isEmpty()) {
        return open;
      }
    }
    return List.of();
  }

  private static String describe(List<RequestState> open) {
    String named =
        open.stream()
            .limit(MAX_NAMED)
            .map(SigningRequestFinder::describe)
            .collect(Collectors.joining(", "));
    int others = open.size() - MAX_NAMED;
    return others > 0 ? "%s and %s others".formatted(named, others) : named;
  }

  /** Read once: no request of that time is added later. */
  private List<RequestState> created() {
    List<RequestState> known = created;
    if (known != null) {
      return known;
    }
    List<RequestState> all = signSpace.listRequests(SigningRequestFinder.MAX_LISTED);
    if (!SigningRequestFinder.isSurelyWhole(all.size(), SigningRequestFinder.MAX_LISTED)) {
      throw new UnconfirmedException(
          """
          The database was restored from a backup of %s, and SignSpace may have listed only some of its requests (%s), so it is unknown \
          whether this one was created since then. Look for it in SignSpace by its title. If it is there, cancel this process \
          instance; if not, remove signspace.restore from the settings of the workers, then retry.\
          """
              .formatted(restore.backupAt(), all.size()));
    }
    known = all.stream().filter(this::isSinceBackup).toList();
    created = known;
    LOG.warn(
        "The database was restored from a backup of {}: SignSpace has {} signing requests since then, and none of them is created again. Remove signspace.restore when they have been compared",
        restore.backupAt(),
        known.size());
    return known;
  }

  private boolean isSinceBackup(RequestState request) {
    Instant at = request.createdAt();
    if (at == null) {
      return true;
    }
    Instant backupAt = Objects.requireNonNull(restore.backupAt());
    Instant restoredAt = Objects.requireNonNull(restore.restoredAt());
    return at.isAfter(backupAt.minus(SigningRequestFinder.MAX_SIGNSPACE_CLOCK_SKEW))
        && !at.isAfter(restoredAt.plus(SigningRequestFinder.MAX_SIGNSPACE_CLOCK_SKEW));
  }
}
