package fi.signspace.plugin.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Marks cookies as Secure if the request came over TLS. The web apps can be configured to do so,
 * but then they also do it without TLS, where no browser accepts such a cookie.
 */
final class SecureCookiesFilter extends OncePerRequestFilter {

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    chain.doFilter(request, request.isSecure() ? new SecureCookies(response) : response);
  }

  private static final class SecureCookies extends HttpServletResponseWrapper {

    SecureCookies(HttpServletResponse response) {
      super(response);
    }

    @Override
    public void addHeader(String name, String value) {
      super.addHeader(name, secured(name, value));
    }

    @Override
    public void setHeader(String name, String value) {
      super.setHeader(name, secured(name, value));
    }

    private static String secured(String name, String value) {
      boolean isOpenCookie =
          HttpHeaders.SET_COOKIE.equalsIgnoreCase(name)
              && !value.toLowerCase(Locale.ROOT).contains("; secure")
              && !value.toLowerCase(Locale.ROOT).contains(";secure");
      return isOpenCookie ? value + "; Secure" : value;
    }
  }
}
