package fi.signspace.plugin.engine.security;

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
 * Lets somebody in who has logged in to Tasklist or Cockpit already. The session's cookie comes
 * with every request of the browser, so that what changes something is done only if the browser
 * says that it was asked for here.
 */
final class WebAppSessionFilter extends OncePerRequestFilter {

  /** The web apps' own default: so long groups that have been taken away still count. */
  private static final Duration GROUPS_KNOWN_FOR = Duration.ofMinutes(5);

  private final ProcessEngine engine;

  WebAppSessionFilter(ProcessEngine engine) {
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

  /** Who has logged in, be it for this request or to a web app. */
  static Optional<EngineUser> callerOf(HttpServletRequest request, ProcessEngine engine) {
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
