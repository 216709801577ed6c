package fi.signspace.plugin.worker.remote;

import fi.signspace.plugin.signing.Backoff;
import java.time.Duration;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * A task that runs once after the start and needs an engine that may not be available yet: its own
 * thread retries it with backoff until it succeeds or is interrupted.
 */
final class RetryingStartupTask extends Thread {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.2);

  private final RandomGenerator random;
  private final IntPredicate attempt;

  /**
   * @param attempt returns whether it is done; receives the number of earlier attempts
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
        sleep(BACKOFF.after(number, random).toMillis());
      }
    } catch (InterruptedException e) {
      interrupt(); // the application is stopping
    }
  }
}
