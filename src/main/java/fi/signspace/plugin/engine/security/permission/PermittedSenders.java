package fi.signspace.plugin.engine.security.permission;

import fi.signspace.plugin.access.body.DocumentSenders;
import fi.signspace.plugin.engine.security.login.EngineUser;
import fi.signspace.plugin.engine.security.login.WebAppSessionFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.AuthorizationQuery;
import org.camunda.bpm.engine.authorization.Groups;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.authorization.TaskPermissions;

/** Users who may start a process, work on a task, or write process variables. */
public final class PermittedSenders implements DocumentSenders {

  private static final Map<Resource, List<Permission>> GRANTS =
      Map.of(
          Resources.PROCESS_DEFINITION,
          List.of(
              ProcessDefinitionPermissions.CREATE_INSTANCE,
              ProcessDefinitionPermissions.UPDATE_INSTANCE,
              ProcessDefinitionPermissions.TASK_WORK,
              ProcessDefinitionPermissions.UPDATE_TASK),
          Resources.PROCESS_INSTANCE,
          List.of(Permissions.UPDATE),
          Resources.TASK,
          List.of(TaskPermissions.UPDATE, TaskPermissions.TASK_WORK),
          Resources.DEPLOYMENT,
          List.of(Permissions.CREATE));

  private final ProcessEngine engine;
  private final AuthorizationService authorizations;

  public PermittedSenders(ProcessEngine engine) {
    this.engine = engine;
    this.authorizations = engine.getAuthorizationService();
  }

  @Override
  public boolean includes(HttpServletRequest request) {
    return WebAppSessionFilter.callerOf(request, engine).filter(this::isPermitted).isPresent();
  }

  @Override
  public boolean isLoggedIn(HttpServletRequest request) {
    return WebAppSessionFilter.callerOf(request, engine).isPresent();
  }

  private boolean isPermitted(EngineUser user) {
    return user.groups().contains(Groups.CAMUNDA_ADMIN)
        || isGranted(query -> query.userIdIn(user.id()))
        || (!user.groups().isEmpty()
            && isGranted(query -> query.groupIdIn(user.groups().toArray(String[]::new))));
  }

  private boolean isGranted(UnaryOperator<AuthorizationQuery> holders) {
    return GRANTS.entrySet().stream()
        .anyMatch(
            grant ->
                grant.getValue().stream()
                    .anyMatch(
                        permission ->
                            holders
                                    .apply(authorizations.createAuthorizationQuery())
                                    .resourceType(grant.getKey())
                                    .hasPermission(permission)
                                    .count()
                                > 0));
  }
}
