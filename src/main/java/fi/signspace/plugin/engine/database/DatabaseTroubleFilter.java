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

/** Answers 503 where the database fails outside of the REST APIs, at the login for instance. */
final class DatabaseTroubleFilter extends OncePerRequestFilter {

  private static final String RETRY_AFTER_SECONDS = "5";

  private final DatabaseTrouble trouble;

  DatabaseTroubleFilter(DatabaseTrouble trouble) {
    this.trouble = trouble;
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
      ProblemResponses.answer(
          request, response, HttpStatus.SERVICE_UNAVAILABLE, DatabaseUnavailableException.MESSAGE);
    }
  }

  private boolean isOfDatabase(Exception failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
            .anyMatch(DatabaseUnavailableException.class::isInstance)
        || trouble.note(failure);
  }
}
