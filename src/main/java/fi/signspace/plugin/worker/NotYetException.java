package fi.signspace.plugin.worker;

import java.time.Duration;

/** Nothing is wrong, but it is too early; the work is started again after a while. */
final class NotYetException extends RuntimeException {

  private final Duration wait;

  NotYetException(String message, Duration wait) {
    super(message);
    this.wait = wait;
  }

  /** How long to wait, positive. */
  Duration waitFor() {
    return wait;
  }
}
