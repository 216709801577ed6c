package fi.signspace.plugin.worker.task;

import java.time.Duration;

/** Not a failure, but too early: the task is retried after a delay. */
public final class RetryLaterException extends RuntimeException {

  private final Duration wait;

  public RetryLaterException(String message, Duration wait) {
    super(message);
    this.wait = wait;
  }

  /** The delay, positive. */
  public Duration waitFor() {
    return wait;
  }
}
