package fi.signspace.plugin.engine.security.login;

import fi.signspace.plugin.access.SameOriginFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;
import org.camunda.bpm.webapp.impl.security.auth.Authentications;
import org.camunda.bpm.webapp.impl.security.auth.UserAuthentication;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates a user who has already logged in to Tasklist or Cockpit. The browser sends the
 * session cookie with every request, so state-changing requests are accepted only if the browser
 * confirms that they have the same origin.
 */
public final class WebAppSessionFilter extends OncePerRequestFilter {

  /** The web apps' own default: revoked groups still count for this long. */
  private static final Duration GROUPS_KNOWN_FOR = Duration.ofMinutes(5);

  private final ProcessEngine engine;

  public WebAppSessionFilter(ProcessEngine engine) {
    this.engine = engine;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && SameOriginFilter.hasSameOrigin(request)) {
      userOf(request.getSession(false), engine)
          .ifPresent(user -> SecurityContextHolder.getContext().setAuthentication(user.loggedIn()));
    }
    chain.doFilter(request, response);
  }

  /** Returns the user who is logged in, either for this request or to a web app. */
  public static Optional<EngineUser> callerOf(HttpServletRequest request, ProcessEngine engine) {
    Authentication login = SecurityContextHolder.getContext().getAuthentication();
    return login != null && login.getPrincipal() instanceof EngineUser user
        ? Optional.of(user)
        : userOf(request.getSession(false), engine);
  }

  private static Optional<EngineUser> userOf(@Nullable HttpSession session, ProcessEngine engine) {
    if (session == null) {
      return Optional.empty();
    }
    Authentications known = AuthenticationUtil.getAuthsFromSession(session);
    AuthenticationUtil.updateCache(known, session, GROUPS_KNOWN_FOR.toMillis());
    return known.getAuthenticationForProcessEngine(engine.getName())
            instanceof UserAuthentication user
        ? Optional.of(new EngineUser(user.getIdentityId(), user.getGroupIds(), user.getTenantIds()))
        : Optional.empty();
  }
}
