package fi.signspace.plugin.engine.database;

import jakarta.ws.rs.core.Response.Status;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * The database cannot be used. {@link DatabaseFailureLog} has logged the reason, so this exception
 * has neither a cause nor a stack trace.
 */
final class DatabaseUnavailableException extends RestException {

  private static final long serialVersionUID = 1;

  static final String MESSAGE =
      "The database of this server is unavailable; try again later, and check first whether the change has been made";

  DatabaseUnavailableException() {
    super(Status.SERVICE_UNAVAILABLE, MESSAGE);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
