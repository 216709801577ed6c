package fi.signspace.plugin.access.body;

import fi.signspace.plugin.access.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits the size of request bodies by address, since the engine holds them in memory. Requests
 * without a declared length are aborted at the limit. If a body is not read to its end, the
 * response gets the matching status, however the reader handles the failure.
 */
public final class BodyLimitFilter extends OncePerRequestFilter {

  /** Chunked bodies arrive at the sender's pace, and can be sent here without a login. */
  private static final RequestMatcher READ_BEFORE_LOGIN =
      new OrRequestMatcher(
          PathPatternRequestMatcher.withDefaults().matcher("/camunda/**"),
          PathPatternRequestMatcher.withDefaults().matcher("/sandbox/auth/token"));

  private final long documents;
  private final long others;

  /**
   * @param documents the limit for addresses that accept documents
   * @param others the limit for all other addresses
   */
  public BodyLimitFilter(DataSize documents, DataSize others) {
    this.documents = documents.toBytes();
    this.others = Math.min(others.toBytes(), this.documents);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<RequestBody> body = RequestBody.of(request);
    if (body.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    long limit = DocumentAddresses.include(request) ? documents : others;
    if (body.get().length() < 0 && READ_BEFORE_LOGIN.matches(request)) {
      ProblemResponses.send(
          request, response, HttpStatus.LENGTH_REQUIRED, "The request must say how long it is");
    } else if (body.get().length() > limit) {
      ProblemResponses.send(
          request,
          response,
          HttpStatus.PAYLOAD_TOO_LARGE,
          "No request to this address may be longer than %s bytes".formatted(limit));
    } else {
      body.get().limit(length -> length <= limit, HttpStatus.PAYLOAD_TOO_LARGE);
      read(body.get(), request, response, chain);
    }
  }

  private static void read(
      RequestBody body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, new BodyFailureResponse(body, response));
    } catch (ServletException | IOException | RuntimeException e) {
      if (body.failure().isEmpty() || response.isCommitted()) {
        throw e;
      }
      ProblemResponses.send(
          request, response, body.failure().get(), "The body was not read to its end");
    }
  }

  /**
   * Readers report a truncated body as a server error or as malformed input; this response corrects
   * the status.
   */
  private static final class BodyFailureResponse extends HttpServletResponseWrapper {

    private static final String RETRY_AFTER_SECONDS = "5";

    private final RequestBody body;

    BodyFailureResponse(RequestBody body, HttpServletResponse response) {
      super(response);
      this.body = body;
    }

    @Override
    public void setStatus(int status) {
      super.setStatus(actualStatus(status));
    }

    @Override
    public void sendError(int status) throws IOException {
      super.sendError(actualStatus(status));
    }

    @Override
    public void sendError(int status, String message) throws IOException {
      super.sendError(actualStatus(status), message);
    }

    private int actualStatus(int status) {
      if (body.failure().filter(HttpStatus.SERVICE_UNAVAILABLE::equals).isPresent()) {
        setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      }
      return body.failure().map(HttpStatus::value).orElse(status);
    }
  }
}
