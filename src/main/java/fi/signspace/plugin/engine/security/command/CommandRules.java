package fi.signspace.plugin.engine.security.command;

import static fi.signspace.plugin.engine.security.command.CommandRule.all;
import static fi.signspace.plugin.engine.security.command.CommandRule.removed;

import fi.signspace.plugin.engine.security.command.Operation.Allowed;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.impl.ConditionEvaluationBuilderImpl;
import org.camunda.bpm.engine.impl.MessageCorrelationBuilderImpl;
import org.camunda.bpm.engine.impl.ModificationBuilderImpl;
import org.camunda.bpm.engine.impl.ProcessInstanceModificationBuilderImpl;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.RestartProcessInstanceBuilderImpl;
import org.camunda.bpm.engine.impl.SignalEventReceivedBuilderImpl;
import org.camunda.bpm.engine.impl.UpdateProcessInstancesSuspensionStateBuilderImpl;
import org.camunda.bpm.engine.impl.batch.RestartProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.ActivateJobCmd;
import org.camunda.bpm.engine.impl.cmd.ActivateProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateAllMessageCmd;
import org.camunda.bpm.engine.impl.cmd.CorrelateMessageCmd;
import org.camunda.bpm.engine.impl.cmd.CreateIncidentCmd;
import org.camunda.bpm.engine.impl.cmd.DeleteJobCmd;
import org.camunda.bpm.engine.impl.cmd.EvaluateStartConditionCmd;
import org.camunda.bpm.engine.impl.cmd.ExecuteJobsCmd;
import org.camunda.bpm.engine.impl.cmd.ExtendLockOnExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.FetchExternalTasksCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleExternalTaskFailureCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskBpmnErrorCmd;
import org.camunda.bpm.engine.impl.cmd.HandleTaskEscalationCmd;
import org.camunda.bpm.engine.impl.cmd.LockExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.MessageEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceAsyncCmd;
import org.camunda.bpm.engine.impl.cmd.ModifyProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.PatchExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.PatchTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationBatchCmd;
import org.camunda.bpm.engine.impl.cmd.ProcessInstanceModificationCmd;
import org.camunda.bpm.engine.impl.cmd.RecalculateJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.RemoveTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveIncidentCmd;
import org.camunda.bpm.engine.impl.cmd.ResolveTaskCmd;
import org.camunda.bpm.engine.impl.cmd.RestartProcessInstancesCmd;
import org.camunda.bpm.engine.impl.cmd.SetExecutionVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SetExternalTaskPriorityCmd;
import org.camunda.bpm.engine.impl.cmd.SetExternalTaskRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.SetExternalTasksRetriesBatchCmd;
import org.camunda.bpm.engine.impl.cmd.SetExternalTasksRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobDuedateCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobPriorityCmd;
import org.camunda.bpm.engine.impl.cmd.SetJobRetriesCmd;
import org.camunda.bpm.engine.impl.cmd.SetProcessDefinitionVersionCmd;
import org.camunda.bpm.engine.impl.cmd.SetTaskVariablesCmd;
import org.camunda.bpm.engine.impl.cmd.SignalCmd;
import org.camunda.bpm.engine.impl.cmd.SignalEventReceivedCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceAtActivitiesCmd;
import org.camunda.bpm.engine.impl.cmd.StartProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.cmd.SuspendJobCmd;
import org.camunda.bpm.engine.impl.cmd.SuspendProcessInstanceCmd;
import org.camunda.bpm.engine.impl.cmd.UnlockExternalTaskCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateExternalTaskRetriesBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.UpdateProcessInstancesSuspendStateBatchCmd;
import org.camunda.bpm.engine.impl.cmd.UpdateProcessInstancesSuspendStateCmd;
import org.camunda.bpm.engine.impl.cmd.batch.CorrelateAllMessageBatchCmd;
import org.camunda.bpm.engine.impl.cmd.batch.variables.SetVariablesToProcessInstancesBatchCmd;
import org.camunda.bpm.engine.impl.externaltask.TopicFetchInstruction;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.migration.MigrateProcessInstanceCmd;
import org.camunda.bpm.engine.impl.migration.MigrationPlanExecutionBuilderImpl;
import org.camunda.bpm.engine.impl.migration.batch.MigrateProcessInstanceBatchCmd;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/**
 * The complete table of what the engine's commands do to a process. A test compares it with the
 * commands of the engine.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // as the commands declare their fields
final class CommandRules {

  private static final Map<Class<?>, CommandRule<?>> RULES =
      Stream.of(starts(), messages(), tasks(), executions(), repairs(), jobs(), externalTasks())
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableMap(CommandRule::command, rule -> rule));

  /** Returns the rule of a command or of its superclass; most commands have none. */
  static Optional<CommandRule<?>> of(Command<?> command) {
    for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
      if (RULES.containsKey(type)) {
        return Optional.of(RULES.get(type));
      }
    }
    return Optional.empty();
  }

  static Collection<CommandRule<?>> table() {
    return RULES.values();
  }

  private static List<CommandRule<?>> starts() {
    return List.of(
        start(StartProcessInstanceCmd.class, Operation.START),
        start(StartProcessInstanceAtActivitiesCmd.class, Operation.START_ANYWHERE),
        rule(
            SubmitStartFormCmd.class,
            Operation.START,
            text(SubmitStartFormCmd.class, "processDefinitionId").andThen(Targets::definition),
            maps(SubmitStartFormCmd.class, "variables")),
        of(EvaluateStartConditionCmd.class, "builder", ConditionEvaluationBuilderImpl.class)
            .rule(Operation.START, Targets::conditions, builder -> all(builder.getVariables())));
  }

  private static <C extends Command<?>> CommandRule<C> start(Class<C> type, Operation operation) {
    return of(type, "instantiationBuilder", ProcessInstantiationBuilderImpl.class)
        .rule(operation, Targets::start, builder -> all(builder.getVariables()));
  }

  private static List<CommandRule<?>> messages() {
    CommandField<Boolean> startsOnly =
        CommandField.of(CorrelateMessageCmd.class, "startMessageOnly", Boolean.class);
    CommandField<MessageCorrelationBuilderImpl> builder =
        CommandField.of(CorrelateMessageCmd.class, "builder", MessageCorrelationBuilderImpl.class);
    Function<MessageEventReceivedCmd, String> name =
        text(MessageEventReceivedCmd.class, "messageName");
    Function<MessageEventReceivedCmd, String> execution =
        text(MessageEventReceivedCmd.class, "executionId");
    return List.of(
        rule(
            CorrelateMessageCmd.class,
            Operation.WRITE,
            command ->
                Boolean.TRUE.equals(startsOnly.get(command))
                    ? Targets.startMessages(builder.get(command))
                    : Targets.messages(builder.get(command)),
            command -> payload(builder.get(command))),
        of(CorrelateAllMessageCmd.class, "builder", MessageCorrelationBuilderImpl.class)
            .rule(Operation.CORRELATE_ALL, Targets::messages, CommandRules::payload),
        rule(
            MessageEventReceivedCmd.class,
            Operation.WRITE,
            command -> Targets.message(name.apply(command), execution.apply(command)),
            maps(
                MessageEventReceivedCmd.class,
                "processVariables",
                "processVariablesLocal",
                "processVariablesToTriggeredScope")),
        of(SignalEventReceivedCmd.class, "builder", SignalEventReceivedBuilderImpl.class)
            .rule(Operation.WRITE, Targets::signal, given -> all(given.getVariables())));
  }

  private static VariableMap payload(MessageCorrelationBuilderImpl builder) {
    return all(
        builder.getPayloadProcessInstanceVariables(),
        builder.getPayloadProcessInstanceVariablesLocal(),
        builder.getPayloadProcessInstanceVariablesToTriggeredScope());
  }

  private static List<CommandRule<?>> tasks() {
    return List.of(
        task(CompleteTaskCmd.class, "taskId", maps(CompleteTaskCmd.class, "variables")),
        // resolving would set the decision although the task is not completed
        triggered(ResolveTaskCmd.class),
        task(SubmitTaskFormCmd.class, "taskId", maps(SubmitTaskFormCmd.class, "properties")),
        // none of our user tasks has a boundary event for it, and an error that the model does not
        // catch ends the process
        triggered(HandleTaskBpmnErrorCmd.class),
        triggered(HandleTaskEscalationCmd.class),
        task(SetTaskVariablesCmd.class, "entityId", maps(SetTaskVariablesCmd.class, "variables")),
        task(PatchTaskVariablesCmd.class, "entityId", patch(PatchTaskVariablesCmd.class)),
        task(RemoveTaskVariablesCmd.class, "entityId", removal(RemoveTaskVariablesCmd.class)));
  }

  private static <C extends Command<?>> CommandRule<C> task(
      Class<C> type, String id, Function<C, VariableMap> supplied) {
    return rule(type, Operation.WRITE, text(type, id).andThen(Targets::task), supplied);
  }

  private static <C extends Command<?>> CommandRule<C> triggered(Class<C> type) {
    return rule(
        type,
        Operation.TRIGGER,
        text(type, "taskId").andThen(Targets::task),
        maps(type, "variables"));
  }

  private static List<CommandRule<?>> executions() {
    return List.of(
        execution(
            SetExecutionVariablesCmd.class,
            Operation.WRITE,
            "entityId",
            maps(SetExecutionVariablesCmd.class, "variables")),
        execution(
            PatchExecutionVariablesCmd.class,
            Operation.WRITE,
            "entityId",
            patch(PatchExecutionVariablesCmd.class)),
        execution(
            RemoveExecutionVariablesCmd.class,
            Operation.WRITE,
            "entityId",
            removal(RemoveExecutionVariablesCmd.class)),
        rule(
            SignalCmd.class,
            Operation.TRIGGER,
            text(SignalCmd.class, "executionId").andThen(Targets::triggered),
            maps(SignalCmd.class, "processVariables")));
  }

  private static <C extends Command<?>> CommandRule<C> execution(
      Class<C> type, Operation operation, String id, Function<C, VariableMap> supplied) {
    return rule(type, operation, text(type, id).andThen(Targets::execution), supplied);
  }

  private static List<CommandRule<?>> repairs() {
    return List.of(
        instanceModification(ModifyProcessInstanceCmd.class),
        instanceModification(ModifyProcessInstanceAsyncCmd.class),
        modification(ProcessInstanceModificationCmd.class),
        modification(ProcessInstanceModificationBatchCmd.class),
        restart(RestartProcessInstancesCmd.class),
        restart(RestartProcessInstancesBatchCmd.class),
        migration(MigrateProcessInstanceCmd.class),
        migration(MigrateProcessInstanceBatchCmd.class),
        execution(
            SetProcessDefinitionVersionCmd.class,
            Operation.MIGRATE,
            "processInstanceId",
            command -> Variables.createVariables()),
        batch(SetVariablesToProcessInstancesBatchCmd.class),
        batch(CorrelateAllMessageBatchCmd.class));
  }

  private static <C extends Command<?>> CommandRule<C> instanceModification(Class<C> type) {
    return of(type, "builder", ProcessInstanceModificationBuilderImpl.class)
        .rule(Operation.MODIFY, builder -> Targets.execution(builder.getProcessInstanceId()));
  }

  private static <C extends Command<?>> CommandRule<C> modification(Class<C> type) {
    return of(type, "builder", ModificationBuilderImpl.class)
        .rule(Operation.MODIFY, builder -> Targets.definition(builder.getProcessDefinitionId()));
  }

  private static <C extends Command<?>> CommandRule<C> restart(Class<C> type) {
    return of(type, "builder", RestartProcessInstanceBuilderImpl.class)
        .rule(Operation.RESTART, builder -> Targets.definition(builder.getProcessDefinitionId()));
  }

  private static <C extends Command<?>> CommandRule<C> migration(Class<C> type) {
    return of(type, "executionBuilder", MigrationPlanExecutionBuilderImpl.class)
        .rule(Operation.MIGRATE, builder -> migrated(builder.getMigrationPlan()));
  }

  private static Stream<Target> migrated(MigrationPlan plan) {
    List<Target> processes =
        Stream.of(plan.getSourceProcessDefinitionId(), plan.getTargetProcessDefinitionId())
            .flatMap(Targets::definition)
            .toList();
    processes.stream()
        .filter(Target::isProtected)
        .findFirst()
        .ifPresent(process -> requireSameNames(plan, process.key(), processes));
    return processes.stream();
  }

  /**
   * The engine renames an open activity in the history, where workers look for earlier runs of it.
   */
  private static void requireSameNames(MigrationPlan plan, String key, List<Target> processes) {
    boolean isSameProcess = processes.stream().allMatch(process -> process.key().equals(key));
    boolean isSameActivity =
        plan.getInstructions().stream()
            .allMatch(step -> step.getSourceActivityId().equals(step.getTargetActivityId()));
    if (!(isSameProcess && isSameActivity)) {
      throw new ForbiddenCommandException(
          "%s: its instances can be migrated only to another version of it, and each activity only to the one with the same id."
              .formatted(key));
    }
  }

  private static <C extends Command<?>> CommandRule<C> batch(Class<C> type) {
    var ids = CommandField.of(type, "processInstanceIds", List.class);
    var running = CommandField.of(type, "processInstanceQuery", ProcessInstanceQuery.class);
    var history =
        CommandField.of(type, "historicProcessInstanceQuery", HistoricProcessInstanceQuery.class);
    return rule(
        type,
        Operation.BATCH,
        command -> Targets.instances(ids.get(command), running.get(command), history.get(command)),
        maps(type, "variables"));
  }

  private static List<CommandRule<?>> jobs() {
    return List.of(
        job(DeleteJobCmd.class),
        job(ExecuteJobsCmd.class),
        job(SetJobDuedateCmd.class),
        job(SetJobPriorityCmd.class),
        job(RecalculateJobDuedateCmd.class),
        jobs(SetJobRetriesCmd.class),
        repair(
            CreateIncidentCmd.class,
            text(CreateIncidentCmd.class, "executionId").andThen(Targets::execution)),
        repair(
            ResolveIncidentCmd.class,
            text(ResolveIncidentCmd.class, "incidentId").andThen(Targets::incident)),
        jobSuspension(SuspendJobCmd.class),
        jobSuspension(ActivateJobCmd.class),
        suspension(SuspendProcessInstanceCmd.class),
        suspension(ActivateProcessInstanceCmd.class),
        suspensions(UpdateProcessInstancesSuspendStateCmd.class),
        suspensions(UpdateProcessInstancesSuspendStateBatchCmd.class));
  }

  private static <C extends Command<?>> CommandRule<C> job(Class<C> type) {
    return repair(type, text(type, "jobId").andThen(Targets::job));
  }

  private static <C extends Command<?>> CommandRule<C> jobs(Class<C> type) {
    CommandField<List> ids = CommandField.of(type, "jobIds", List.class);
    Function<C, Stream<Target>> several =
        command -> ((List<String>) list(ids.get(command))).stream().flatMap(Targets::job);
    return repair(
        type,
        together(
            List.of(
                several,
                text(type, "jobId").andThen(Targets::job),
                text(type, "jobDefinitionId").andThen(Targets::jobDefinition))));
  }

  private static List<?> list(@Nullable List<?> given) {
    return given == null ? List.of() : given;
  }

  private static <C extends Command<?>> CommandRule<C> jobSuspension(Class<C> type) {
    return repair(
        type,
        together(
            List.of(
                text(type, "jobId").andThen(Targets::job),
                text(type, "jobDefinitionId").andThen(Targets::jobDefinition),
                suspended(type))));
  }

  private static <C extends Command<?>> CommandRule<C> suspension(Class<C> type) {
    return repair(type, suspended(type));
  }

  private static <C extends Command<?>> Function<C, Stream<Target>> suspended(Class<C> type) {
    CommandField<String> key = CommandField.of(type, "processDefinitionKey", String.class);
    return together(
        List.of(
            text(type, "processInstanceId").andThen(Targets::execution),
            text(type, "processDefinitionId").andThen(Targets::definition),
            command -> Stream.ofNullable(key.get(command)).map(Targets::key)));
  }

  private static <C extends Command<?>> CommandRule<C> suspensions(Class<C> type) {
    return of(type, "builder", UpdateProcessInstancesSuspensionStateBuilderImpl.class)
        .rule(
            Operation.REPAIR,
            builder ->
                Targets.instances(
                    builder.getProcessInstanceIds(),
                    builder.getProcessInstanceQuery(),
                    builder.getHistoricProcessInstanceQuery()));
  }

  private static <C extends Command<?>> CommandRule<C> repair(
      Class<C> type, Function<C, Stream<Target>> targets) {
    return rule(type, Operation.REPAIR, targets, command -> Variables.createVariables());
  }

  private static <C> Function<C, Stream<Target>> together(List<Function<C, Stream<Target>>> parts) {
    return command -> parts.stream().flatMap(part -> part.apply(command));
  }

  private static List<CommandRule<?>> externalTasks() {
    return List.of(
        externalTask(CompleteExternalTaskCmd.class),
        externalTask(HandleExternalTaskFailureCmd.class),
        externalTask(HandleExternalTaskBpmnErrorCmd.class),
        externalTask(ExtendLockOnExternalTaskCmd.class),
        externalTask(LockExternalTaskCmd.class),
        externalTask(UnlockExternalTaskCmd.class),
        externalTask(SetExternalTaskRetriesCmd.class, Targets::processOfExternalTask),
        externalTask(SetExternalTaskPriorityCmd.class, Targets::processOfExternalTask),
        retries(SetExternalTasksRetriesCmd.class),
        retries(SetExternalTasksRetriesBatchCmd.class),
        of(FetchExternalTasksCmd.class, "fetchInstructions", Map.class)
            .rule(Operation.EXTERNAL_TASK, CommandRules::topics));
  }

  private static Stream<Target> topics(Map<?, ?> instructions) {
    return Targets.topics((Collection<TopicFetchInstruction>) instructions.values());
  }

  private static <C extends Command<?>> CommandRule<C> externalTask(Class<C> type) {
    return externalTask(type, Targets::externalTask);
  }

  private static <C extends Command<?>> CommandRule<C> externalTask(
      Class<C> type, Function<String, Stream<Target>> targets) {
    return rule(
        type,
        Operation.EXTERNAL_TASK,
        text(type, "externalTaskId").andThen(targets),
        command -> Variables.createVariables());
  }

  private static <C extends Command<?>> CommandRule<C> retries(Class<C> type) {
    return of(type, "builder", UpdateExternalTaskRetriesBuilderImpl.class)
        .rule(
            Operation.EXTERNAL_TASK,
            builder ->
                Stream.concat(
                    Targets.externalTasks(
                        builder.getExternalTaskIds(), builder.getExternalTaskQuery()),
                    Targets.instances(
                        builder.getProcessInstanceIds(),
                        builder.getProcessInstanceQuery(),
                        builder.getHistoricProcessInstanceQuery())));
  }

  private static <C extends Command<?>> CommandRule<C> rule(
      Class<C> type,
      Operation operation,
      Function<C, Stream<Target>> targets,
      Function<C, VariableMap> supplied) {
    return new CommandRule<>(type, operation, targets, supplied);
  }

  private static <C extends Command<?>, B> Built<C, B> of(
      Class<C> type, String field, Class<B> builder) {
    return new Built<>(type, CommandField.of(type, field, builder));
  }

  /** A command that holds all its arguments in one field. */
  private record Built<C extends Command<?>, B>(Class<C> type, CommandField<B> field) {

    /** For operations that are authorized independently of variables. */
    CommandRule<C> rule(Operation operation, Function<B, Stream<Target>> targets) {
      if (operation.allowed() == Allowed.EVERYONE) {
        throw new IllegalArgumentException(type + " needs the variables that it writes");
      }
      return rule(operation, targets, builder -> Variables.createVariables());
    }

    CommandRule<C> rule(
        Operation operation,
        Function<B, Stream<Target>> targets,
        Function<B, VariableMap> supplied) {
      return new CommandRule<>(
          type,
          operation,
          command -> targets.apply(field.get(command)),
          command -> supplied.apply(field.get(command)));
    }
  }

  private static <C extends Command<?>> Function<C, String> text(Class<C> type, String field) {
    CommandField<String> text = CommandField.of(type, field, String.class);
    return text::get;
  }

  private static <C extends Command<?>> Function<C, VariableMap> maps(
      Class<C> type, String... fields) {
    List<CommandField<Map>> maps =
        Stream.of(fields).map(field -> CommandField.of(type, field, Map.class)).toList();
    return command -> all(maps.stream().map(map -> map.get(command)).toArray(Map[]::new));
  }

  private static <C extends Command<?>> Function<C, VariableMap> removal(Class<C> type) {
    CommandField<Collection> names = CommandField.of(type, "variableNames", Collection.class);
    return command -> removed(names.get(command));
  }

  private static <C extends Command<?>> Function<C, VariableMap> patch(Class<C> type) {
    Function<C, VariableMap> written = maps(type, "variables");
    CommandField<Collection> deletions = CommandField.of(type, "deletions", Collection.class);
    return command -> all(written.apply(command), removed(deletions.get(command)));
  }

  private CommandRules() {}
}
