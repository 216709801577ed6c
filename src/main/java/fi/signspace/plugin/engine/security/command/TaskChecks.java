package fi.signspace.plugin.engine.security.command;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the engine's task permissions where they are too wide or too narrow, in every process:
 *
 * <ul>
 *   <li>users with only TASK_WORK can claim a task for themselves but not for others;
 *   <li>they may also remove its assignee, to release the task or to take it over.
 * </ul>
 */
final class TaskChecks {

  private static final CommandField<String> CLAIMED_TASK =
      CommandField.of(ClaimTaskCmd.class, "taskId", String.class);
  private static final CommandField<String> CLAIMANT =
      CommandField.of(ClaimTaskCmd.class, "userId", String.class);
  private static final CommandField<String> ASSIGNED_TASK =
      CommandField.of(AssignTaskCmd.class, "taskId", String.class);
  private static final CommandField<String> ASSIGNEE =
      CommandField.of(AssignTaskCmd.class, "userId", String.class);

  private final Caller caller;
  private final CommandContext context;

  TaskChecks(Caller caller, CommandContext context) {
    this.caller = caller;
    this.context = context;
  }

  /** Checks a command, then runs it. */
  <T> T run(Command<T> command, Supplier<T> next) {
    if (command instanceof AssignTaskCmd && ASSIGNEE.get(command) == null) {
      checkTask(ASSIGNED_TASK.get(command), CommandChecker::checkTaskWork);
      return context.runWithoutAuthorization(next::get);
    }
    if (command instanceof ClaimTaskCmd && !caller.id().equals(CLAIMANT.get(command))) {
      checkTask(CLAIMED_TASK.get(command), CommandChecker::checkTaskAssign);
    }
    return next.get();
  }

  private void checkTask(@Nullable String id, BiConsumer<CommandChecker, TaskEntity> permission) {
    TaskEntity task = id == null ? null : context.getTaskManager().findTaskById(id);
    if (task != null) {
      check(checker -> permission.accept(checker, task));
    }
  }

  private void check(Consumer<CommandChecker> permission) {
    context.getProcessEngineConfiguration().getCommandCheckers().forEach(permission);
  }
}
