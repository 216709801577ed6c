package fi.signspace.plugin.engine.security;

import java.util.List;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks permissions for all groups of a user. The engine's own manager first drops groups without
 * any permission; to find them it reads the whole authorization table in every command, which has a
 * row for each open task.
 */
final class UnfilteredGroupAuthorizationManager extends AuthorizationManager {

  @Override
  public List<String> filterAuthenticatedGroupIds(@Nullable List<String> groups) {
    return groups == null ? List.of() : groups;
  }

  static SessionFactory factory() {
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return AuthorizationManager.class;
      }

      @Override
      public Session openSession() {
        return new UnfilteredGroupAuthorizationManager();
      }
    };
  }
}
