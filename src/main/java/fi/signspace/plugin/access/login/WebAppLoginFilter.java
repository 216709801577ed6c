package fi.signspace.plugin.access.login;

import fi.signspace.plugin.access.ClientAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/** Throttles password guessing at the web apps' login ({@link LoginAttempts}). */
public final class WebAppLoginFilter extends OncePerRequestFilter {

  private static final RequestMatcher LOGIN =
      PathPatternRequestMatcher.withDefaults()
          .matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/login/**");

  private final LoginAttempts attempts;
  private final ProblemAuthenticationEntryPoint demand;

  public WebAppLoginFilter(LoginAttempts attempts, ProblemAuthenticationEntryPoint demand) {
    this.attempts = attempts;
    this.demand = demand;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !LOGIN.matches(request);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String user = String.valueOf(request.getParameter("username"));
    ClientAddress address = ClientAddress.of(request);
    Optional<Duration> wait = attempts.waitOf(user, address);
    if (wait.isPresent()) {
      demand.commence(request, response, new TooManyLoginAttemptsException(wait.get()));
      return;
    }
    chain.doFilter(request, response);
    if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
      attempts.failed(user, address);
    } else if (HttpStatusCode.valueOf(response.getStatus()).is2xxSuccessful()) {
      attempts.succeeded(user, address);
    }
  }
}
