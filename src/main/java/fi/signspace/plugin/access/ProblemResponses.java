package fi.signspace.plugin.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers a request that a filter turns away, in the words of whoever asks: as problem details (RFC
 * 9457) under {@code /api}, like every failure there, and as the engine's REST API does elsewhere.
 */
public final class ProblemResponses {

  private static final String API = "/api/";

  private ProblemResponses() {}

  /**
   * @param detail in plain words, with nothing in it that a caller has sent
   */
  public static void answer(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
      throws IOException {
    boolean isApi = request.getRequestURI().startsWith(request.getContextPath() + API);
    response.setStatus(status.value());
    response.setContentType(
        isApi ? MediaType.APPLICATION_PROBLEM_JSON_VALUE : MediaType.APPLICATION_JSON_VALUE);
    String body =
        isApi
            ? "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(status.getReasonPhrase(), status.value(), detail)
            : "{\"message\":\"%s\"}".formatted(detail);
    response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
  }
}
