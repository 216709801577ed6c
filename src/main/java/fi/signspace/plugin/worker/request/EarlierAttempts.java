package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.state.Adoption;
import fi.signspace.plugin.worker.state.SettleTime;
import fi.signspace.plugin.worker.state.SigningRequestFinder;
import fi.signspace.plugin.worker.state.StateFreshness;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The attempts to create a request that may have succeeded without a response: finds their request,
 * or waits until their call can no longer take effect.
 */
final class EarlierAttempts {

  private final SigningRequestFinder search;
  private final StateFreshness freshness;
  private final LockTimings times;
  private final Clock clock;

  private final SettleTime settling;

  EarlierAttempts(
      SigningRequestFinder search,
      StateFreshness freshness,
      LockTimings times,
      Clock clock,
      LongSupplier nanoTime) {
    this.search = search;
    this.freshness = freshness;
    this.times = times;
    this.clock = clock;
    this.settling = new SettleTime(times, clock, nanoTime);
  }

  /**
   * Before when the last attempt whose outcome is unknown began; empty if none is known.
   *
   * @param creations the runs of all creation steps: whatever their variables, they may have sent
   *     the same documents
   */
  Optional<Instant> lastStartedAt(
      SigningTask task, SigningState state, List<ActivityRun> creations) {
    return Stream.of(
            lastRecorded(task, state),
            Optional.ofNullable(state.unrecordedUntil()).map(Instant::parse),
            freshness.interruptedUnknown(state, creations))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder());
  }

  /**
   * When an earlier attempt started. Workers of former versions record it in an unsealed variable;
   * a forged value only causes an additional search.
   */
  private Optional<Instant> lastRecorded(SigningTask task, SigningState state) {
    return state.creation() == null
        ? task.text(SigningVariables.CREATION_STARTED_AT.name()).map(Adoption::unsealedMoment)
        : Optional.of(Instant.parse(state.creation().startedAt()));
  }

  /**
   * Whether the state shows all attempts of this run: it has the number of failures that were
   * reported, and an attempt that could not report one has at least set its record. If not, a state
   * from before an attempt was restored, and its call may still take effect.
   */
  boolean areOnRecord(
      SigningTask task,
      SigningState state,
      Optional<TaskFailures> failures,
      List<ActivityRun> creations) {
    if (failures.isEmpty()) {
      return state.creation() != null || state.unrecordedUntil() != null;
    }
    int recorded = task.activityInstanceId().equals(state.failedRun()) ? state.failedAttempts() : 0;
    return failures.get().count() == recorded
        && failures
            .map(TaskFailures::last)
            .or(() -> ownStart(task, creations))
            .filter(since -> hasLostRecord(task, state, since))
            .isEmpty();
  }

  private boolean hasLostRecord(SigningTask task, SigningState state, Instant since) {
    boolean isRecordedSince =
        state.creation() != null && !Instant.parse(state.creation().startedAt()).isBefore(since);
    return !isRecordedSince && !isRecent(since) && freshness.mayHaveRecorded(task, since);
  }

  /** Notes an attempt of this worker, which begins now. */
  void begin(SigningState state, Instant startedAt) {
    settling.begin(attempt(state, startedAt));
  }

  Optional<RequestState> find(SigningTask task, SigningState state) {
    task.lock().ensureFor(times.longestCall().multipliedBy(SigningRequestFinder.MAX_CALLS));
    return search.of(state, chosen(task, state), start(task));
  }

  /**
   * The marker of an earlier attempt may have been removed, if others can write the state, another
   * step may have sent the same documents, or SignSpace may have carried out what it has rejected.
   *
   * @param others the runs of the other creation steps
   */
  Optional<RequestState> findRecent(
      SigningTask task, SigningState state, List<ActivityRun> creations, List<ActivityRun> others) {
    boolean isFirst =
        task.isOfSigningRequest()
            ? creations.size() <= 1
            : ownStart(task, creations).filter(this::isRecent).isPresent() && others.isEmpty();
    if (task.retries().isEmpty() && isFirst) {
      return Optional.empty();
    }
    task.lock().ensureFor(times.lockForOneCall());
    return search.recent(state, chosen(task, state), start(task));
  }

  private static Optional<Instant> ownStart(SigningTask task, List<ActivityRun> creations) {
    return StateFreshness.ownRun(task, creations).map(ActivityRun::startTime);
  }

  /**
   * An earlier attempt that could not report its failure has held the task for longer than this,
   * even if the clocks of engine and worker differ.
   */
  private boolean isRecent(Instant moment) {
    Duration age = Duration.between(moment, clock.instant());
    return !age.isNegative() && age.compareTo(LockTimings.MARGIN) < 0;
  }

  /**
   * @throws RetryLaterException if the call of an attempt can still take effect
   */
  void waitUntilSettled(SigningState state, Instant recordedAt) {
    settling.requireSettled(
        attempt(state, recordedAt),
        recordedAt,
        settled ->
            """
            It is unknown whether the signing request was created at %s, and SignSpace does not list it. The search is repeated; the request is \
            created at %s at the earliest, when the earlier call can no longer take effect.\
            """
                .formatted(recordedAt, settled));
  }

  private static Optional<Instant> start(SigningTask task) {
    return task.recordedInstance().map(EngineHistory.RecordedInstance::startTime);
  }

  /** The id that an admin has chosen; the variable still has that of a cancelled request. */
  private static Optional<String> chosen(SigningTask task, SigningState state) {
    return task.claimedRequestId().filter(id -> !state.hasRequest(id));
  }

  private static String attempt(SigningState state, Instant startedAt) {
    return state.binding().key() + " " + startedAt;
  }
}
