package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.task.RetryLaterException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * When a call whose outcome is unknown can no longer take effect. It may be of a worker or engine
 * whose clock is minutes behind, so the time counts from when this worker has first seen it.
 */
final class SettleTime {

  private static final int MAX_SEEN = 10_000;

  /** How far the clocks of two nodes may be apart. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

  private final LockTimings times;
  private final Clock clock;

  /** When this worker has first seen each call; the oldest ones are forgotten. */
  private final Map<String, Instant> seen =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
              return size() > MAX_SEEN;
            }
          });

  SettleTime(LockTimings times, Clock clock) {
    this.times = times;
    this.clock = clock;
  }

  /** Notes a call of this worker, whose clock is right for it. */
  void begin(String call, Instant startedAt) {
    seen.put(call, startedAt);
  }

  /**
   * @param message of the exception, with the time when the call has settled
   * @throws RetryLaterException if the call can still take effect
   */
  void requireSettled(String call, Instant recordedAt, Function<Instant, String> message) {
    until(call, recordedAt)
        .ifPresent(
            settled -> {
              throw new RetryLaterException(
                  message.apply(settled), Duration.between(clock.instant(), settled).plusMillis(1));
            });
  }

  /** Empty if the call has settled. */
  private Optional<Instant> until(String call, Instant recordedAt) {
    Instant now = clock.instant();
    if (now.isAfter(times.settledAfter(recordedAt).plus(MAX_CLOCK_SKEW))) {
      return Optional.empty();
    }
    Instant seenAt = seen.computeIfAbsent(call, key -> now);
    return Optional.of(times.settledAfter(latest(seenAt, recordedAt)))
        .filter(settled -> !settled.isBefore(now));
  }

  /** A recorded time may be in the distant future. */
  private static Instant latest(Instant seenAt, Instant recordedAt) {
    Instant latestPossible = seenAt.plus(MAX_CLOCK_SKEW);
    if (recordedAt.isAfter(latestPossible)) {
      return latestPossible;
    }
    return seenAt.isAfter(recordedAt) ? seenAt : recordedAt;
  }
}
