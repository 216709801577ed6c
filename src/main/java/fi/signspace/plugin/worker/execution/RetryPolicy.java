package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Counts failures in the engine's own retry counter. It starts high and never reaches 0, so a
 * transient failure does not become an incident. When an admin retries a task, which sets a small
 * number, the backoff starts again.
 */
public final class RetryPolicy {

  /** A step that was repeated has taken longer, even if SignSpace asks for no pause. */
  public static final Duration MIN_DELAY = Duration.ofSeconds(1);

  private static final int MAX_RETRIES = 1000;
  private static final int MIN_RETRIES = 900;

  private final Backoff backoff;
  private final RandomGenerator random;

  public RetryPolicy(Backoff backoff, RandomGenerator random) {
    this.backoff = backoff;
    this.random = random;
  }

  /** The number of failed attempts since the last retry of an admin, at most 100. */
  public static int failures(Optional<Integer> retries) {
    return MAX_RETRIES - counter(retries);
  }

  /** The backoff after a failure. */
  Duration backoffAfter(Optional<Integer> retries) {
    return backoff.after(failures(retries), random);
  }

  /**
   * Adds up to 10 % and 250 ms of jitter to a given delay, at least {@link #MIN_DELAY} and capped
   * at the maximum backoff.
   */
  Duration withJitter(Duration delay) {
    Duration longEnough = delay.compareTo(MIN_DELAY) < 0 ? MIN_DELAY : delay;
    Duration bounded = longEnough.compareTo(backoff.longest()) > 0 ? backoff.longest() : longEnough;
    return bounded.plusMillis(random.nextLong(bounded.toMillis() / 10 + 250));
  }

  /** The counter to report: never 0, which would be an incident. */
  static int next(Optional<Integer> retries) {
    return Math.max(MIN_RETRIES, counter(retries) - 1);
  }

  private static int counter(Optional<Integer> retries) {
    return isSetFromOutside(retries) ? MAX_RETRIES : retries.orElse(MAX_RETRIES);
  }

  private static boolean isSetFromOutside(Optional<Integer> retries) {
    return retries.filter(left -> left < MIN_RETRIES || left >= MAX_RETRIES).isPresent();
  }
}
