package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.access.ProblemResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Responds 503 to database failures outside the REST APIs, for example at login. */
final class DatabaseUnavailableFilter extends OncePerRequestFilter {

  private static final String RETRY_AFTER_SECONDS = "5";

  private final DatabaseFailureLog failures;

  DatabaseUnavailableFilter(DatabaseFailureLog failures) {
    this.failures = failures;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      chain.doFilter(request, response);
    } catch (ServletException | RuntimeException e) {
      if (response.isCommitted() || !isOfDatabase(e)) {
        throw e;
      }
      response.resetBuffer();
      response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      ProblemResponses.send(
          request, response, HttpStatus.SERVICE_UNAVAILABLE, DatabaseUnavailableException.MESSAGE);
    }
  }

  private boolean isOfDatabase(Exception failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
            .anyMatch(DatabaseUnavailableException.class::isInstance)
        || failures.note(failure);
  }
}
