package fi.signspace.plugin.signing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff for status checks and retries. Jitter spreads processes that started at the
 * same time.
 *
 * @param first the first delay, longer than zero
 * @param growth the multiplier from one delay to the next, 1 or more
 * @param longest the maximum delay
 * @param jitter the random deviation as a share of the delay, from 0 to below 1
 */
public record Backoff(Duration first, double growth, Duration longest, double jitter) {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * @throws IllegalArgumentException if a value is out of range; the message names it
   */
  public Backoff {
    check(!first.isNegative() && !first.isZero(), "first must be longer than zero", first);
    check(growth >= 1 && Double.isFinite(growth), "growth must be 1 or more", growth);
    check(longest.compareTo(first) >= 0, "longest must not be shorter than first", longest);
    check(jitter >= 0 && jitter < 1, "jitter must be from 0 to below 1", jitter);
  }

  /**
   * Returns the next delay: never negative, never above {@link #longest}.
   *
   * @param earlierWaits the number of previous delays, from 0
   */
  public Duration after(int earlierWaits, RandomGenerator random) {
    check(earlierWaits >= 0, "earlierWaits must not be negative", earlierWaits);
    double longestSeconds = seconds(longest);
    // A power too large for a double is infinite; then longest applies.
    double grown = Math.min(seconds(first) * Math.pow(growth, earlierWaits), longestSeconds);
    double jittered = grown * (1 + jitter * (2 * random.nextDouble() - 1));
    if (jittered >= longestSeconds) {
      return longest;
    }
    long whole = (long) jittered;
    Duration wait = Duration.ofSeconds(whole, Math.round((jittered - whole) * NANOS_PER_SECOND));
    return wait.compareTo(longest) > 0 ? longest : wait;
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS_PER_SECOND;
  }

  private static void check(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", but is " + value);
    }
  }
}
