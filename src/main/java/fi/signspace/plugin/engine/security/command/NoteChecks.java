package fi.signspace.plugin.engine.security.command;

import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.cmd.AddCommentCmd;
import org.camunda.bpm.engine.impl.cmd.CreateAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteProcessInstanceCommentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteTaskCommentCmd;
import org.camunda.bpm.engine.impl.cmd.GetAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.GetAttachmentContentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskAttachmentContentCmd;
import org.camunda.bpm.engine.impl.cmd.GetTaskCommentCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateCommentCmd;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.AttachmentEntity;
import org.camunda.bpm.engine.impl.persistence.entity.HistoricTaskInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.jspecify.annotations.Nullable;

/**
 * Comments and attachments, in every process. The engine lets any user write them, and read one
 * whose id is known. Here, writing one requires the permission to work on its task, and on a task
 * of a signing request the permission to change it; after the end of the task, the permission to
 * delete its history. Only those who see the task can read one; others do not find it.
 */
final class NoteChecks {

  /** What a comment or an attachment belongs to. */
  private record Note(@Nullable String taskId, @Nullable String instanceId) {}

  private static final Set<Class<?>> READING =
      Set.of(
          GetAttachmentCmd.class,
          GetAttachmentContentCmd.class,
          GetTaskAttachmentCmd.class,
          GetTaskAttachmentContentCmd.class,
          GetTaskCommentCmd.class);

  /** Of one or all comments of an instance, unless they name the task. */
  private static final Set<Class<?>> CHANGES =
      Set.of(DeleteProcessInstanceCommentCmd.class, UpdateCommentCmd.class);

  private static final Map<Class<?>, CommandField<String>> TASK =
      fields(
          "taskId",
          AddCommentCmd.class,
          CreateAttachmentCmd.class,
          DeleteTaskCommentCmd.class,
          GetTaskAttachmentCmd.class,
          GetTaskAttachmentContentCmd.class,
          GetTaskCommentCmd.class,
          UpdateCommentCmd.class);

  private static final Map<Class<?>, CommandField<String>> INSTANCE =
      fields(
          "processInstanceId",
          AddCommentCmd.class,
          CreateAttachmentCmd.class,
          DeleteProcessInstanceCommentCmd.class,
          UpdateCommentCmd.class);

  private static final Map<Class<?>, CommandField<String>> ATTACHMENT =
      fields(
          "attachmentId",
          DeleteAttachmentCmd.class,
          GetAttachmentCmd.class,
          GetAttachmentContentCmd.class);

  private final CommandContext context;

  NoteChecks(CommandContext context) {
    this.context = context;
  }

  private static Map<Class<?>, CommandField<String>> fields(String name, Class<?>... commands) {
    return Stream.of(commands)
        .collect(
            Collectors.toMap(
                Function.identity(), command -> CommandField.of(command, name, String.class)));
  }

  /** The commands that are checked. */
  static Set<Class<?>> commands() {
    return Stream.of(TASK, INSTANCE, ATTACHMENT)
        .flatMap(fields -> fields.keySet().stream())
        .collect(Collectors.toSet());
  }

  /** Checks a command, then runs it; the result is null if its caller may not see it. */
  <T> @Nullable T run(Command<T> command, Supplier<T> next) {
    if (!READING.contains(command.getClass())) {
      notes(command).forEach(this::checkWriting);
    } else if (!notes(command).allMatch(this::isVisible)) {
      return null;
    }
    return next.get();
  }

  private Stream<Note> notes(Command<?> command) {
    String attachment = value(ATTACHMENT, command);
    if (attachment != null) {
      return Stream.ofNullable(
              context.getDbEntityManager().selectById(AttachmentEntity.class, attachment))
          .map(found -> new Note(found.getTaskId(), found.getProcessInstanceId()));
    }
    String task = value(TASK, command);
    String instance = value(INSTANCE, command);
    if (task == null && CHANGES.contains(command.getClass())) {
      return context.getCommentManager().findCommentsByProcessInstanceId(instance).stream()
          .map(comment -> new Note(comment.getTaskId(), instance));
    }
    return task == null && instance == null ? Stream.empty() : Stream.of(new Note(task, instance));
  }

  private static @Nullable String value(
      Map<Class<?>, CommandField<String>> fields, Command<?> command) {
    CommandField<String> field = fields.get(command.getClass());
    return field == null ? null : field.get(command);
  }

  /** The engine's REST API passes on only its own exceptions here. */
  private void checkWriting(Note note) {
    try {
      if (note.taskId() != null) {
        checkTask(note.taskId());
      }
      if (note.instanceId() != null) {
        check(checker -> checker.checkUpdateProcessInstanceById(note.instanceId()));
      }
    } catch (AuthorizationException e) {
      throw new RestException(Status.FORBIDDEN, e, e.getMessage());
    }
  }

  private void checkTask(String id) {
    TaskEntity task = context.getTaskManager().findTaskById(id);
    if (task != null) {
      check(isOfProduct(task) ? c -> c.checkTaskAssign(task) : c -> c.checkTaskWork(task));
      return;
    }
    HistoricTaskInstanceEntity ended =
        context.getHistoricTaskInstanceManager().findHistoricTaskInstanceById(id);
    if (ended != null) {
      check(checker -> checker.checkDeleteHistoricTaskInstance(ended));
    }
  }

  private static boolean isOfProduct(TaskEntity task) {
    ProcessDefinition process = task.getProcessDefinition();
    return process != null && ProtectedProcesses.KEYS.contains(process.getKey());
  }

  private void check(Consumer<CommandChecker> permission) {
    context.getProcessEngineConfiguration().getCommandCheckers().forEach(permission);
  }

  /** As in the engine's queries, which find only what their caller may read. */
  private boolean isVisible(Note note) {
    ProcessEngineServices engine = context.getProcessEngineConfiguration().getProcessEngine();
    String task = note.taskId();
    if (task != null) {
      return engine.getTaskService().createTaskQuery().taskId(task).count() > 0
          || engine.getHistoryService().createHistoricTaskInstanceQuery().taskId(task).count() > 0;
    }
    return engine
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processInstanceId(Objects.requireNonNull(note.instanceId()))
            .count()
        > 0;
  }
}
