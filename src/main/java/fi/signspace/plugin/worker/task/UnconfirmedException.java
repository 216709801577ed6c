package fi.signspace.plugin.worker.task;

/**
 * An implausible response: it is retried a few times, then it becomes an incident. The message
 * describes the problem and what an admin can do.
 */
public final class UnconfirmedException extends RuntimeException {
  public UnconfirmedException(String message) {
    super(message);
  }
}
