package fi.signspace.plugin.engine.security.permission;

import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.auth.DefaultAuthorizationProvider;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Does not grant the reading of a task to those who may read all tasks of its process. The engine
 * compares each task of a list with each permission to read a single task: with ten thousand tasks
 * of one group, its task list would take a minute.
 */
public final class TaskAuthorizationProvider extends DefaultAuthorizationProvider {

  @Override
  protected AuthorizationEntity createOrUpdateAuthorization(
      Task task,
      @Nullable String user,
      @Nullable String group,
      Resource resource,
      boolean isHistoric,
      Permission... permissions) {
    Permission[] needed =
        resource == Resources.TASK && readsAllTasks(user, group, (TaskEntity) task)
            ? without(Permissions.READ, permissions)
            : permissions;
    return super.createOrUpdateAuthorization(task, user, group, resource, isHistoric, needed);
  }

  private boolean readsAllTasks(@Nullable String user, @Nullable String group, TaskEntity task) {
    return task.getProcessDefinitionId() != null
        && getAuthorizationManager()
            .isAuthorized(
                user,
                group == null ? List.of() : List.of(group),
                ProcessDefinitionPermissions.READ_TASK,
                Resources.PROCESS_DEFINITION,
                task.getProcessDefinition().getKey());
  }

  private static Permission[] without(Permission one, Permission... permissions) {
    return Stream.of(permissions).filter(each -> each != one).toArray(Permission[]::new);
  }
}
