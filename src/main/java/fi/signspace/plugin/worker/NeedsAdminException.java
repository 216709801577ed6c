package fi.signspace.plugin.worker;

/** Only an admin can help; the message is the incident's and says what to do. */
final class NeedsAdminException extends RuntimeException {

  NeedsAdminException(String message) {
    super(message);
  }
}
