package fi.signspace.plugin.api;

import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.ProblemException;
import fi.signspace.plugin.api.view.Status;
import java.util.stream.Stream;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.task.Task;

/** Checks what the caller may do with the user tasks of a request, according to the engine. */
public final class TaskPermissions {

  /** Either one permits completing a task. */
  private static final Permission[] TO_COMPLETE = {Permissions.UPDATE, Permissions.TASK_WORK};

  private final TaskService tasks;
  private final CallerPermissions caller;

  TaskPermissions(TaskService tasks, CallerPermissions caller) {
    this.tasks = tasks;
    this.caller = caller;
  }

  /** Whether there is an open user task that the caller sees and may complete. */
  boolean mayDoOpenTask(String instance) {
    return tasks
        .createTaskQuery()
        .processInstanceId(instance)
        .taskDefinitionKeyIn(Status.userTasks())
        .list()
        .stream()
        .anyMatch(this::mayComplete);
  }

  public boolean mayComplete(Task task) {
    return Stream.of(TO_COMPLETE)
        .anyMatch(permission -> caller.has(permission, Resources.TASK, task.getId()));
  }

  /**
   * Requires the permission to complete a task, or to change its process instance.
   *
   * @throws ProblemException if the caller has neither
   */
  void requireToAct(Task task) {
    if (!mayComplete(task) && !caller.mayUpdateRequests()) {
      throw ProblemException.notPermitted();
    }
  }
}
