package fi.signspace.plugin.engine.security;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.db.CompositePermissionCheck;
import org.camunda.bpm.engine.impl.db.PermissionCheck;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.jspecify.annotations.Nullable;

/**
 * Checks permissions with fewer queries than the engine's own manager, with the same result.
 *
 * <p>The engine's manager first drops groups without any permission; to find them it reads the
 * whole authorization table in every command, which has a row for each open task. And it queries
 * the permissions of a worker for each of the half dozen commands of a task, although they depend
 * on the process only.
 */
final class FewQueriesAuthorizationManager extends AuthorizationManager {

  private final WorkerPermissions workers;

  private FewQueriesAuthorizationManager(WorkerPermissions workers) {
    this.workers = workers;
  }

  @Override
  public List<String> filterAuthenticatedGroupIds(@Nullable List<String> groups) {
    return groups == null ? List.of() : groups;
  }

  @Override
  public boolean isAuthorized(
      @Nullable String user, @Nullable List<String> groups, CompositePermissionCheck check) {
    if (!workers.isWorker(groups)) {
      return super.isAuthorized(user, groups, check);
    }
    if (processes(check).anyMatch(process -> workers.remembers(user, process))) {
      return true;
    }
    boolean authorized = super.isAuthorized(user, groups, check);
    if (authorized && !isRevokeAuthCheckEnabled(user, groups)) {
      processes(check)
          .filter(process -> isAuthorized(user, groups, process))
          .forEach(process -> workers.remember(user, process));
    }
    return authorized;
  }

  /** The permissions in single processes of which one is enough. */
  private static Stream<PermissionCheck> processes(CompositePermissionCheck check) {
    return check.isDisjunctive()
        ? check.getAtomicChecks().stream()
            .filter(one -> one.getResource() == Resources.PROCESS_DEFINITION)
            .filter(one -> one.getResourceId() != null)
        : Stream.empty();
  }

  @Override
  protected boolean isRevokeAuthCheckEnabled(@Nullable String user, @Nullable List<String> groups) {
    if (!workers.isWorker(groups)) {
      return super.isRevokeAuthCheckEnabled(user, groups);
    }
    if (workers.hasNoRevocation(user)) {
      return false;
    }
    boolean enabled = super.isRevokeAuthCheckEnabled(user, groups);
    if (!enabled) {
      workers.rememberNoRevocation(user);
    }
    return enabled;
  }

  static SessionFactory factory(Clock clock) {
    WorkerPermissions workers = new WorkerPermissions(clock);
    return new SessionFactory() {
      @Override
      public Class<?> getSessionType() {
        return AuthorizationManager.class;
      }

      @Override
      public Session openSession() {
        return new FewQueriesAuthorizationManager(workers);
      }
    };
  }
}
