package fi.signspace.plugin.access;

import org.springframework.http.HttpStatus;

/**
 * The body of a request is not read any further. No {@code IOException}, which Tomcat would take
 * for a fault of the connection and answer by itself.
 */
public final class RequestBodyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final HttpStatus status;

  RequestBodyException(HttpStatus status) {
    super("The body was not read to its end: " + status.getReasonPhrase(), null, false, false);
    this.status = status;
  }

  /** What the client is told. */
  public HttpStatus status() {
    return status;
  }
}
