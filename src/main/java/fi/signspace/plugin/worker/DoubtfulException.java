package fi.signspace.plugin.worker;

/**
 * Something answered, and what it answered is wrong: a few attempts show whether it stays so, then
 * an admin is needed. The message says what is wrong and what the admin can do.
 */
final class DoubtfulException extends RuntimeException {
  DoubtfulException(String message) {
    super(message);
  }
}
