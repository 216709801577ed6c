package fi.signspace.plugin.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Writes the response to a request that a filter rejects: problem details (RFC 9457) under {@code
 * /api}, and the format of the engine's REST API elsewhere.
 */
public final class ProblemResponses {

  private static final String API = "/api/";

  private ProblemResponses() {}

  /**
   * @param detail plain text that contains nothing sent by the caller
   */
  public static void send(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    boolean isApi = request.getRequestURI().startsWith(request.getContextPath() + API);
    response.setStatus(status.value());
    response.setContentType(
        isApi ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.APPLICATION_JSON_VALUE);
    String body =
        isApi
            ? "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%s,\"detail\":\"%s\"}"
                .formatted(status.getReasonPhrase(), status.value(), detail)
            : "{\"message\":\"%s\"}".formatted(detail);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
