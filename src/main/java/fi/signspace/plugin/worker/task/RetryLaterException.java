package fi.signspace.plugin.worker.task;

import java.time.Duration;

/** Nothing is wrong, but it is too early; the work is started again after a while. */
public final class RetryLaterException extends RuntimeException {

  private final Duration wait;

  public RetryLaterException(String message, Duration wait) {
    super(message);
    this.wait = wait;
  }

  /** How long to wait, positive. */
  public Duration waitFor() {
    return wait;
  }
}
