package fi.signspace.plugin.signing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits that grow from one to the next, for status checks and for retries. The jitter keeps many
 * processes that began together from coming back together.
 *
 * @param first the wait before any other, longer than zero
 * @param growth what each wait is multiplied by to get the next, 1 or more
 * @param longest no wait is longer
 * @param jitter the share by which a wait is shortened or lengthened at random, from 0 to below 1
 */
public record Backoff(Duration first, double growth, Duration longest, double jitter) {

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * @throws IllegalArgumentException if a value is out of its range; the message says which
   */
  public Backoff {
    check(!first.isNegative() && !first.isZero(), "first must be longer than zero", first);
    check(growth >= 1 && Double.isFinite(growth), "growth must be 1 or more", growth);
    check(longest.compareTo(first) >= 0, "longest must not be shorter than first", longest);
    check(jitter >= 0 && jitter < 1, "jitter must be from 0 to below 1", jitter);
  }

  /** Always the same wait. */
  public static Backoff fixed(Duration wait) {
    return new Backoff(wait, 1, wait, 0);
  }

  /**
   * The next wait: never negative, never above {@link #longest}.
   *
   * @param earlierWaits how many there were before, from 0
   */
  public Duration after(int earlierWaits, RandomGenerator random) {
    check(earlierWaits >= 0, "earlierWaits must not be negative", earlierWaits);
    double longestSeconds = seconds(longest);
    // A power too large for a double is infinite, and then longest holds.
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
