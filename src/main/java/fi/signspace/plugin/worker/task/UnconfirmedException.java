package fi.signspace.plugin.worker.task;

/**
 * Something answered, and what it answered is wrong: a few attempts show whether it stays so, then
 * an admin is needed. The message says what is wrong and what the admin can do.
 */
public final class UnconfirmedException extends RuntimeException {
  public UnconfirmedException(String message) {
    super(message);
  }
}
