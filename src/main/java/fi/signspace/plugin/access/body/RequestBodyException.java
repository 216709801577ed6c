package fi.signspace.plugin.access.body;

import org.springframework.http.HttpStatus;

/**
 * Reading the body of a request was aborted. Not an {@code IOException}, which Tomcat would treat
 * as a connection failure and answer itself.
 */
public final class RequestBodyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final HttpStatus status;

  RequestBodyException(HttpStatus status) {
    super("The body was not read to its end: " + status.getReasonPhrase(), null, false, false);
    this.status = status;
  }

  /** The status of the response. */
  public HttpStatus status() {
    return status;
  }
}
