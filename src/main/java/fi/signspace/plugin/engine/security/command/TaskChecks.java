package fi.signspace.plugin.engine.security.command;

import jakarta.ws.rs.core.Response.Status;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CreateAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTaskCommentCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateCommentCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.AttachmentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the engine's task permissions where they are too wide or too narrow, in every process:
 *
 * <ul>
 *   <li>comments and attachments, which the engine lets any user write, require the permission to
 *       work on the task, and on a task of a signing request the permission to change it;
 *   <li>users with only TASK_WORK can claim a task for themselves but not for others;
 *   <li>they may also remove its assignee, to release the task or to take it over.
 * </ul>
 */
final class TaskChecks {

  private static final CommandField<String> COMMENTED_TASK =
      CommandField.of(AddCommentCmd.class, "taskId", String.class);
  private static final CommandField<String> COMMENTED_INSTANCE =
      CommandField.of(AddCommentCmd.class, "processInstanceId", String.class);
  private static final CommandField<String> UPDATED_TASK =
      CommandField.of(UpdateCommentCmd.class, "taskId", String.class);
  private static final CommandField<String> UPDATED_INSTANCE =
      CommandField.of(UpdateCommentCmd.class, "processInstanceId", String.class);
  private static final CommandField<String> UNCOMMENTED_TASK =
      CommandField.of(DeleteTaskCommentCmd.class, "taskId", String.class);
  private static final CommandField<String> ATTACHMENT_TASK =
      CommandField.of(CreateAttachmentCmd.class, "taskId", String.class);
  private static final CommandField<String> ATTACHMENT_INSTANCE =
      CommandField.of(CreateAttachmentCmd.class, "processInstanceId", String.class);
  private static final CommandField<String> ATTACHMENT =
      CommandField.of(DeleteAttachmentCmd.class, "attachmentId", String.class);
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
    } else if (command instanceof AddCommentCmd) {
      checkNote(COMMENTED_TASK.get(command), COMMENTED_INSTANCE.get(command));
    } else if (command instanceof UpdateCommentCmd) {
      checkNote(UPDATED_TASK.get(command), UPDATED_INSTANCE.get(command));
    } else if (command instanceof DeleteTaskCommentCmd) {
      checkNote(UNCOMMENTED_TASK.get(command), null);
    } else if (command instanceof CreateAttachmentCmd) {
      checkNote(ATTACHMENT_TASK.get(command), ATTACHMENT_INSTANCE.get(command));
    } else if (command instanceof DeleteAttachmentCmd) {
      AttachmentEntity attachment =
          context.getDbEntityManager().selectById(AttachmentEntity.class, ATTACHMENT.get(command));
      if (attachment != null) {
        checkNote(attachment.getTaskId(), attachment.getProcessInstanceId());
      }
    }
    return next.get();
  }

  /** The engine's REST API passes on only its own exceptions here. */
  private void checkNote(@Nullable String taskId, @Nullable String instanceId) {
    try {
      checkTask(taskId, TaskChecks::checkNote);
      if (instanceId != null) {
        check(checker -> checker.checkUpdateProcessInstanceById(instanceId));
      }
    } catch (AuthorizationException e) {
      throw new RestException(Status.FORBIDDEN, e, e.getMessage());
    }
  }

  private static void checkNote(CommandChecker checker, TaskEntity task) {
    ProcessDefinition process = task.getProcessDefinition();
    if (process != null && ProtectedProcesses.KEYS.contains(process.getKey())) {
      checker.checkTaskAssign(task);
    } else {
      checker.checkTaskWork(task);
    }
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
