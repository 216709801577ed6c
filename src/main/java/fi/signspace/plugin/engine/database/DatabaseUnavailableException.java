package fi.signspace.plugin.engine.database;

import jakarta.ws.rs.core.Response.Status;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * The database cannot be used. {@link DatabaseTrouble} has logged why, so this has neither a cause
 * nor a stack trace to be logged again.
 */
final class DatabaseUnavailableException extends RestException {

  private static final long serialVersionUID = 1;

  static final String MESSAGE =
      "The database of this server cannot be used now; try again later, and check first whether this has been done";

  DatabaseUnavailableException() {
    super(Status.SERVICE_UNAVAILABLE, MESSAGE);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
