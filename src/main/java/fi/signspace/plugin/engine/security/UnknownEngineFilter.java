package fi.signspace.plugin.engine.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Responds 404 to pages of a web app or engine that does not exist; the web apps' own filter fails
 * with a stack trace.
 */
final class UnknownEngineFilter extends OncePerRequestFilter {

  private static final Pattern PAGE = Pattern.compile("/camunda/app/(\\w+)/(\\w+)/?");
  private static final Set<String> APPS = Set.of("admin", "cockpit", "tasklist", "welcome");

  private final String engine;

  UnknownEngineFilter(String engine) {
    this.engine = engine;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Matcher page =
        PAGE.matcher(request.getRequestURI().substring(request.getContextPath().length()));
    if (page.matches() && !(APPS.contains(page.group(1)) && page.group(2).equals(engine))) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else {
      chain.doFilter(request, response);
    }
  }
}
