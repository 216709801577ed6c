package fi.signspace.plugin.api;

import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.task.Task;

/** Checks what the caller may do with the user tasks of a request, according to the engine. */
final class TaskPermissions {

  /** Either one permits completing a task. */
  private static final Permission[] TO_COMPLETE = {Permissions.UPDATE, Permissions.TASK_WORK};

  private final TaskService tasks;
  private final IdentityService identity;
  private final AuthorizationService authorizations;

  TaskPermissions(
      TaskService tasks, IdentityService identity, AuthorizationService authorizations) {
    this.tasks = tasks;
    this.identity = identity;
    this.authorizations = authorizations;
  }

  /** Whether there is an open user task that the caller sees and may complete. */
  boolean mayDoOpenTask(String instance) {
    Authentication caller = identity.getCurrentAuthentication();
    return caller != null
        && tasks
            .createTaskQuery()
            .processInstanceId(instance)
            .taskDefinitionKeyIn(Status.userTasks())
            .list()
            .stream()
            .anyMatch(task -> mayComplete(caller, task));
  }

  private boolean mayComplete(Authentication caller, Task task) {
    return Stream.of(TO_COMPLETE)
        .anyMatch(
            permission ->
                authorizations.isUserAuthorized(
                    caller.getUserId(),
                    caller.getGroupIds(),
                    permission,
                    Resources.TASK,
                    task.getId()));
  }
}
