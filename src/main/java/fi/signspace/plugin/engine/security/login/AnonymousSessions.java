package fi.signspace.plugin.engine.security.login;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.webapp.impl.security.auth.AuthenticationUtil;

/**
 * Limits the number of sessions without a login. The web apps create one for every request without
 * a session, to hold the login page's CSRF token, and each takes memory for half an hour. Beyond
 * the maximum the oldest is invalidated, and its login page has to be reloaded.
 */
public final class AnonymousSessions implements HttpSessionListener {

  private final int maximum;
  private final Map<String, HttpSession> sessions = new LinkedHashMap<>();

  public AnonymousSessions(int maximum) {
    this.maximum = maximum;
  }

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    add(event.getSession()).ifPresent(AnonymousSessions::endIfAnonymous);
  }

  /** Adds a session and returns the oldest one if there are too many. */
  private synchronized Optional<HttpSession> add(HttpSession session) {
    sessions.put(session.getId(), session);
    return sessions.size() > maximum
        ? Optional.ofNullable(sessions.remove(sessions.keySet().iterator().next()))
        : Optional.empty();
  }

  private static void endIfAnonymous(HttpSession session) {
    try {
      if (AuthenticationUtil.getAuthsFromSession(session).getAuthentications().isEmpty()) {
        session.invalidate();
      }
    } catch (IllegalStateException e) {
      // it has already been invalidated
    }
  }

  @Override
  public synchronized void sessionDestroyed(HttpSessionEvent event) {
    sessions.remove(event.getSession().getId());
  }
}
