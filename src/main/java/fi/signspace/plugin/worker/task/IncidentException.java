package fi.signspace.plugin.worker.task;

/** A permanent failure; the message becomes that of the incident and tells the admin what to do. */
public final class IncidentException extends RuntimeException {

  public IncidentException(String message) {
    super(message);
  }
}
