package fi.signspace.plugin.engine.database;

import jakarta.ws.rs.core.Response.Status;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * The database cannot be used. {@link DatabaseTrouble} has told the log why: it has neither cause
 * nor stack trace, so that nobody repeats them.
 */
final class DatabaseUnavailableException extends RestException {

  private static final long serialVersionUID = 1;

  static final String MESSAGE =
      "The database of this server cannot be used now; nothing has been done, send it again later";

  DatabaseUnavailableException() {
    super(Status.SERVICE_UNAVAILABLE, MESSAGE);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
