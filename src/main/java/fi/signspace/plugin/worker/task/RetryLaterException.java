package fi.signspace.plugin.worker.task;

import java.time.Duration;

/** Not a failure, but too early: the task is retried after a delay. */
public final class RetryLaterException extends RuntimeException {

  private final Duration delay;

  public RetryLaterException(String message, Duration delay) {
    super(message);
    this.delay = delay;
  }

  /** The delay, positive. */
  public Duration delay() {
    return delay;
  }
}
