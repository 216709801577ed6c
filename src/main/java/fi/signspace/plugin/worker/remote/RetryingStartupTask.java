package fi.signspace.plugin.worker.remote;

import fi.signspace.plugin.signing.Backoff;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Something that is to be done once after the start, with an engine that may not be there yet: a
 * thread of its own tries it, with growing waits, until it is done or interrupted.
 */
final class RetryingStartupTask extends Thread {

  private static final Backoff WAITS =
      new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);

  private final RandomGenerator random;
  private final IntPredicate attempt;

  /**
   * @param attempt tells whether it is done; given how many attempts there were before
   */
  RetryingStartupTask(String name, RandomGenerator random, IntPredicate attempt) {
    super(name);
    this.random = random;
    this.attempt = attempt;
    setDaemon(true);
  }

  @Override
  public void run() {
    try {
      for (int number = 0; !attempt.test(number); number++) {
        sleep(WAITS.after(number, random).toMillis());
      }
    } catch (InterruptedException e) {
      interrupt(); // the application is being stopped
    }
  }
}
