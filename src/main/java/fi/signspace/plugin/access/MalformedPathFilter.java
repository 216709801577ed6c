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
 * Responds 400 to paths that Spring Security's firewall rejects. The firewall alone comes too late
 * for servlets such as the engine's REST API: Spring parses the path before it, and fails if the
 * path does not begin with the servlet's mapping.
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
    if (isMalformed(request)) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isMalformed(HttpServletRequest request) {
    try {
      firewall.getFirewalledRequest(request);
      return !beginsWithItsServlet(request);
    } catch (RequestRejectedException e) {
      return true;
    }
  }

  /** Tomcat maps the decoded path to a servlet, but Spring parses the path as it was sent. */
  private static boolean beginsWithItsServlet(HttpServletRequest request) {
    return request.getHttpServletMapping().getMappingMatch() != MappingMatch.PATH
        || request.getRequestURI().startsWith(request.getContextPath() + request.getServletPath());
  }
}
