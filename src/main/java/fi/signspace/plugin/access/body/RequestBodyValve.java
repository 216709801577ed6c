package fi.signspace.plugin.access.body;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.http.HttpHeaders;

/**
 * Monitors how the body of a request arrives. Closes the connection after a response whose request
 * was not read to its end; otherwise Tomcat would read up to 2 MB on the request's thread, however
 * slowly they arrive.
 */
public final class RequestBodyValve extends ValveBase {

  private final BodyWaits waits;

  public RequestBodyValve(BodyWaits waits) {
    super(true);
    this.waits = waits;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (response.isError() || !hasBody(request)) {
      getNext().invoke(request, response);
      return;
    }
    RequestBody body = RequestBody.intercept(request.getCoyoteRequest(), waits);
    try {
      getNext().invoke(request, response);
      if (!request.isAsync()) {
        finish(request, response, body);
      }
    } finally {
      body.release();
    }
  }

  /** A Content-Length that is no number was already rejected, and cannot be read again. */
  private static boolean hasBody(Request request) {
    return request.getContentLengthLong() > 0
        || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
  }

  private static void finish(Request request, Response response, RequestBody body)
      throws IOException {
    if (body.failure().isEmpty() && body.discardRest()) {
      return;
    }
    if (!response.isCommitted()) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    response.finishResponse();
    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
  }
}
