package fi.signspace.plugin.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what Spring Security's firewall rejects as the bad request that it is. The firewall alone
 * comes too late for addresses of a servlet such as the engine's REST API: before it, Spring takes
 * the address apart, and fails if it does not begin as the servlet's mapping does.
 */
final class MalformedPathFilter extends OncePerRequestFilter {

  private final HttpFirewall firewall;

  MalformedPathFilter(HttpFirewall firewall) {
    this.firewall = firewall;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isOdd(request)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isOdd(HttpServletRequest request) {
    try {
      firewall.getFirewalledRequest(request);
      return !beginsWithItsServlet(request);
    } catch (RequestRejectedException e) {
      return true;
    }
  }

  /** Tomcat finds a servlet by a decoded address, Spring takes the address apart as it was sent. */
  private static boolean beginsWithItsServlet(HttpServletRequest request) {
    return request.getHttpServletMapping().getMappingMatch() != MappingMatch.PATH
        || request.getRequestURI().startsWith(request.getContextPath() + request.getServletPath());
  }
}
