package fi.signspace.plugin.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects cross-site requests that change state. A browser adds session cookies and a remembered
 * Basic login automatically, but it also reports where a request comes from, which no page can
 * forge: {@code Sec-Fetch-Site}, or {@code Origin} where that is missing (plain HTTP, old
 * browsers). Other clients send neither header, and have no user's credentials to abuse.
 */
public final class SameOriginFilter extends OncePerRequestFilter {

  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> OWN = Set.of("same-origin", "none");

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isHarmless(request) || isOwn(request)) {
      chain.doFilter(request, response);
    } else {
      ProblemResponses.send(
          request, response, HttpStatus.FORBIDDEN, "The request comes from a page of another site");
    }
  }

  private static boolean isHarmless(HttpServletRequest request) {
    return HARMLESS.contains(request.getMethod());
  }

  private static boolean isOwn(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return OWN.contains(site);
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return origin == null || isHere(authorityOf(origin), request);
  }

  private static boolean isHere(@Nullable String authority, HttpServletRequest request) {
    return authority != null && authority.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
  }

  private static @Nullable String authorityOf(String origin) {
    try {
      return URI.create(origin).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Whether a request that is authenticated only by a cookie may be executed: it is read-only, or
   * the browser confirms that a page of this site, or the user directly, has issued it.
   */
  public static boolean hasSameOrigin(HttpServletRequest request) {
    boolean browserSpeaks =
        request.getHeader("Sec-Fetch-Site") != null
            || request.getHeader(HttpHeaders.ORIGIN) != null;
    return isHarmless(request) || (browserSpeaks && isOwn(request));
  }
}
