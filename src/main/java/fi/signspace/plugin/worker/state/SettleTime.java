package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.task.RetryLaterException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * When a call whose outcome is unknown can no longer take effect. It may be of a worker or engine
 * whose clock is minutes behind, so the time counts from when this worker has first seen it. It is
 * measured by a monotonic clock, since the clock of the machine may be set meanwhile.
 */
public final class SettleTime {

  private static final int MAX_SEEN = 10_000;

  /** How far the clocks of two nodes may be apart. */
  private static final Duration MAX_CLOCK_SKEW = Duration.ofHours(1);

  private final LockTimings times;
  private final Clock clock;
  private final LongSupplier nanoTime;

  /** The monotonic time from which each call counts; the oldest ones are forgotten. */
  private final Map<String, Long> seen =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
              return size() > MAX_SEEN;
            }
          });

  /**
   * @param nanoTime like {@link System#nanoTime}, a monotonic clock
   */
  public SettleTime(LockTimings times, Clock clock, LongSupplier nanoTime) {
    this.times = times;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Notes a call of this worker, which begins now. */
  public void begin(String call) {
    seen.put(call, nanoTime.getAsLong());
  }

  /**
   * @param message of the exception, with the time when the call has settled
   * @throws RetryLaterException if the call can still take effect
   */
  public void requireSettled(String call, Instant recordedAt, Function<Instant, String> message) {
    Duration left = timeLeft(call, recordedAt);
    if (left.compareTo(Duration.ZERO) > 0) {
      throw new RetryLaterException(message.apply(clock.instant().plus(left)), left.plusMillis(1));
    }
  }

  /**
   * Whether a call that this worker has not seen before was certainly settled long ago, unless a
   * clock is wrong by more than an hour.
   */
  boolean isLongAgo(String call, Instant recordedAt) {
    Instant settled = times.settledAfter(recordedAt).plus(MAX_CLOCK_SKEW);
    return clock.instant().isAfter(settled) && !seen.containsKey(call);
  }

  /** Zero or negative if the call can no longer take effect. */
  Duration timeLeft(String call, Instant recordedAt) {
    Instant now = clock.instant();
    long nanos = nanoTime.getAsLong();
    long since = seen.computeIfAbsent(call, key -> nanos + ahead(recordedAt, now).toNanos());
    return Duration.between(recordedAt, times.settledAfter(recordedAt)).minusNanos(nanos - since);
  }

  /** A recorded time may be in the distant future. */
  private static Duration ahead(Instant recordedAt, Instant now) {
    Duration ahead = Duration.between(now, recordedAt);
    if (ahead.isNegative()) {
      return Duration.ZERO;
    }
    return ahead.compareTo(MAX_CLOCK_SKEW) > 0 ? MAX_CLOCK_SKEW : ahead;
  }
}
