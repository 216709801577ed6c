package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.state.Adoption;
import fi.signspace.plugin.worker.state.SigningRequestFinder;
import fi.signspace.plugin.worker.state.StateFreshness;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The attempts to create a request that may have succeeded without a response: finds their request,
 * or waits until their call can no longer take effect.
 */
final class EarlierAttempts {

  private static final int MAX_SEEN = 10_000;

  /** How far the clocks of two workers may be apart. */
  private static final Duration MAX_WORKER_CLOCK_SKEW = Duration.ofHours(1);

  private final SigningRequestFinder search;
  private final StateFreshness freshness;
  private final LockTimings times;
  private final Clock clock;

  /** When this worker has first seen each attempt; the oldest ones are forgotten. */
  private final Map<String, Instant> seen =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
              return size() > MAX_SEEN;
            }
          });

  EarlierAttempts(
      SigningRequestFinder search, StateFreshness freshness, LockTimings times, Clock clock) {
    this.search = search;
    this.freshness = freshness;
    this.times = times;
    this.clock = clock;
  }

  /** Before when the last attempt whose outcome is unknown began; empty if none is known. */
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
    return !isRecordedSince && !isRecent(since) && freshness.hasSetVariables(task, since);
  }

  /** Notes an attempt of this worker, whose clock is right for it. */
  void begin(SigningState state, Instant startedAt) {
    seen.put(attempt(state, startedAt), startedAt);
  }

  Optional<RequestState> find(SigningTask task, SigningState state) {
    task.lock().ensureFor(times.longestCall().multipliedBy(SigningRequestFinder.MAX_CALLS));
    return search.of(state, chosen(task, state));
  }

  /**
   * The marker of an earlier attempt may have been removed, if others can write the state, or
   * another step may have sent the same documents.
   */
  Optional<RequestState> findRecent(
      SigningTask task, SigningState state, List<ActivityRun> creations) {
    boolean isFirst =
        task.isOfSigningRequest()
            || (ownStart(task, creations).filter(this::isRecent).isPresent()
                && !freshness.hasRunAny(task, task.otherCreations()));
    if (task.retries().isEmpty() && isFirst) {
      return Optional.empty();
    }
    task.lock().ensureFor(times.lockForOneCall());
    return search.recent(state, chosen(task, state));
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
   * The attempt may be of a worker whose clock is minutes behind, so the time counts from when this
   * worker has seen its marker.
   */
  void waitUntilSettled(SigningState state, Instant recordedAt) {
    if (clock.instant().isAfter(times.settledAfter(recordedAt).plus(MAX_WORKER_CLOCK_SKEW))) {
      return;
    }
    Instant seenAt = seen.computeIfAbsent(attempt(state, recordedAt), key -> clock.instant());
    Instant settled = times.settledAfter(latest(seenAt, recordedAt));
    Duration left = Duration.between(clock.instant(), settled);
    if (!left.isNegative()) {
      throw new RetryLaterException(
          """
          It is unknown whether the signing request was created at %s, and SignSpace does not list it. The search is repeated; the request is \
          created at %s at the earliest, when the earlier call can no longer take effect.\
          """
              .formatted(recordedAt, settled),
          left.plusMillis(1));
    }
  }

  /** An unsealed time may be in the distant future. */
  private static Instant latest(Instant seenAt, Instant recordedAt) {
    Instant latestPossible = seenAt.plus(MAX_WORKER_CLOCK_SKEW);
    if (recordedAt.isAfter(latestPossible)) {
      return latestPossible;
    }
    return seenAt.isAfter(recordedAt) ? seenAt : recordedAt;
  }

  /** The id that an admin has chosen; the variable still has that of a cancelled request. */
  private static Optional<String> chosen(SigningTask task, SigningState state) {
    return task.claimedRequestId().filter(id -> !state.hasRequest(id));
  }

  private static String attempt(SigningState state, Instant startedAt) {
    return state.binding().key() + " " + startedAt;
  }
}
