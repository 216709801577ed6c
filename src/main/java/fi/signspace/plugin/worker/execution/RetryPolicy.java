package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Counts failures in the engine's own counter, which runs down from a height that no outage
 * exhausts: as long as something may heal, no incident comes of it. After an admin's Retry, which
 * sets the counter to a small number, the waits start anew.
 */
public final class RetryPolicy {

  private static final int TOP = 1000;
  private static final int FLOOR = 900;

  private final Backoff waits;
  private final RandomGenerator random;

  public RetryPolicy(Backoff waits, RandomGenerator random) {
    this.waits = waits;
    this.random = random;
  }

  /** How many attempts have failed already. */
  public static int failures(Optional<Integer> retries) {
    return TOP - counter(retries);
  }

  /** The wait after a failure, growing with the failures before. */
  Duration waitAfter(Optional<Integer> retries) {
    return waits.after(failures(retries), random);
  }

  /**
   * A given wait, drawn out a little so that not everybody comes back at the same moment; what is
   * longer than the longest wait is not believed.
   */
  Duration spread(Duration wait) {
    Duration bounded = wait.compareTo(waits.longest()) > 0 ? waits.longest() : wait;
    return bounded.plusMillis(random.nextLong(bounded.toMillis() / 10 + 250));
  }

  /** The counter to report: never 0, which would be an incident. */
  int next(Optional<Integer> retries) {
    return Math.max(FLOOR, counter(retries) - 1);
  }

  private static int counter(Optional<Integer> retries) {
    return retries.filter(left -> left >= FLOOR && left <= TOP).orElse(TOP);
  }
}
