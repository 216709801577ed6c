package fi.signspace.plugin.api;

import fi.signspace.plugin.process.SigningProcess;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
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

  boolean mayComplete(Task task) {
    Authentication caller = identity.getCurrentAuthentication();
    return caller != null && mayComplete(caller, task);
  }

  /**
   * Requires the permission to complete a task, or to change its process instance.
   *
   * @throws ProblemException if the caller has neither
   */
  void requireToAct(Task task) {
    Authentication caller = identity.getCurrentAuthentication();
    boolean mayAct =
        caller != null
            && (mayComplete(caller, task)
                || isAuthorized(
                    caller,
                    ProcessDefinitionPermissions.UPDATE_INSTANCE,
                    Resources.PROCESS_DEFINITION,
                    SigningProcess.KEY));
    if (!mayAct) {
      throw ProblemException.notPermitted();
    }
  }

  private boolean mayComplete(Authentication caller, Task task) {
    return Stream.of(TO_COMPLETE)
        .anyMatch(permission -> isAuthorized(caller, permission, Resources.TASK, task.getId()));
  }

  private boolean isAuthorized(
      Authentication caller, Permission permission, Resource resource, String id) {
    return authorizations.isUserAuthorized(
        caller.getUserId(), caller.getGroupIds(), permission, resource, id);
  }
}
