package fi.signspace.plugin.worker.task;

/** Only an admin can help; the message is the incident's and says what to do. */
public final class IncidentException extends RuntimeException {

  public IncidentException(String message) {
    super(message);
  }
}
