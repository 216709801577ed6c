package fi.signspace.plugin.engine.security.command;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.camunda.bpm.engine.externaltask.ExternalTaskQuery;
import org.camunda.bpm.engine.history.HistoricProcessInstanceQuery;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.ConditionEvaluationBuilderImpl;
import org.camunda.bpm.engine.impl.MessageCorrelationBuilderImpl;
import org.camunda.bpm.engine.impl.ProcessInstanceQueryImpl;
import org.camunda.bpm.engine.impl.ProcessInstantiationBuilderImpl;
import org.camunda.bpm.engine.impl.SignalEventReceivedBuilderImpl;
import org.camunda.bpm.engine.impl.cmd.GetDeployedProcessDefinitionCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.externaltask.TopicFetchInstruction;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.EventSubscriptionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.runtime.ConditionHandlerResult;
import org.camunda.bpm.engine.impl.runtime.ConditionSet;
import org.camunda.bpm.engine.impl.runtime.CorrelationHandlerResult;
import org.camunda.bpm.engine.impl.runtime.CorrelationSet;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.ProcessInstanceQuery;
import org.jspecify.annotations.Nullable;

/**
 * Finds the processes that a command would change, by the command's own lookup. Something that does
 * not exist is no target; the command itself reports that.
 */
final class Targets {

  private Targets() {}

  static Stream<Target> definition(@Nullable String id) {
    return id == null
        ? Stream.empty()
        : Stream.of(
            Target.of(
                Context.getProcessEngineConfiguration()
                    .getDeploymentCache()
                    .findDeployedProcessDefinitionById(id)));
  }

  static Stream<Target> start(ProcessInstantiationBuilderImpl builder) {
    return Stream.of(
        Target.of(new GetDeployedProcessDefinitionCmd(builder, false).execute(context())));
  }

  static Stream<Target> execution(@Nullable String id) {
    return Stream.ofNullable(findExecution(id)).map(Targets::of);
  }

  /** An execution, and the step that a trigger would complete without a worker. */
  static Stream<Target> triggered(@Nullable String executionId) {
    Stream<Target> steps =
        executionId == null
            ? Stream.empty()
            : context()
                .getExternalTaskManager()
                .findExternalTasksByExecutionId(executionId)
                .stream()
                .map(Targets::step);
    return Stream.concat(execution(executionId), steps);
  }

  /** Finds an execution that waits for a message. */
  static Stream<Target> message(String name, @Nullable String executionId) {
    return execution(executionId).map(target -> withMessage(target, name));
  }

  static Stream<Target> task(@Nullable String id) {
    return Stream.ofNullable(id == null ? null : context().getTaskManager().findTaskById(id))
        .filter(task -> task.getProcessDefinitionId() != null)
        .map(Targets::of);
  }

  private static Target of(TaskEntity task) {
    return Target.of(
        task.getProcessDefinition(), WritableVariables.ofUserTask(task.getTaskDefinitionKey()));
  }

  /** Finds the process of an external task for a worker. */
  static Stream<Target> externalTask(@Nullable String id) {
    return findExternalTask(id).map(Targets::step);
  }

  private static Target step(ExternalTaskEntity task) {
    return new Target(
        task.getProcessDefinitionKey(),
        null,
        null,
        ProtectedProcesses.isServed(task.getTopicName()));
  }

  /**
   * Finds the process of an external task for a repair: in an analyst's process, the engine's
   * permissions decide.
   */
  static Stream<Target> processOfExternalTask(@Nullable String id) {
    return findExternalTask(id).map(ExternalTaskEntity::getProcessDefinitionKey).map(Targets::key);
  }

  private static Stream<ExternalTaskEntity> findExternalTask(@Nullable String id) {
    return Stream.ofNullable(
        id == null ? null : context().getExternalTaskManager().findExternalTaskById(id));
  }

  static Stream<Target> job(@Nullable String id) {
    return Stream.ofNullable(id == null ? null : context().getJobManager().findJobById(id))
        .map(JobEntity::getProcessDefinitionKey)
        .filter(Objects::nonNull)
        .map(Targets::key);
  }

  static Stream<Target> jobDefinition(@Nullable String id) {
    return Stream.ofNullable(id == null ? null : context().getJobDefinitionManager().findById(id))
        .map(JobDefinitionEntity::getProcessDefinitionKey)
        .map(Targets::key);
  }

  static Stream<Target> incident(@Nullable String id) {
    return Stream.ofNullable(
            id == null ? null : context().getIncidentManager().findIncidentById(id))
        .map(Incident::getProcessDefinitionId)
        .flatMap(Targets::definition);
  }

  /** Fetching locks external tasks of any process. */
  static Stream<Target> topics(Collection<TopicFetchInstruction> instructions) {
    return instructions.stream()
        .map(TopicFetchInstruction::getTopicName)
        .flatMap(ProtectedProcesses::withTopic)
        .map(Targets::key);
  }

  static Stream<Target> messages(MessageCorrelationBuilderImpl builder) {
    String name = builder.getMessageName();
    return withoutAuthorization(
            () ->
                Context.getProcessEngineConfiguration()
                    .getCorrelationHandler()
                    .correlateMessages(context(), name, new CorrelationSet(builder)))
        .stream()
        .map(Targets::of)
        .map(target -> withMessage(target, name));
  }

  static Stream<Target> startMessages(MessageCorrelationBuilderImpl builder) {
    return withoutAuthorization(
            () ->
                Context.getProcessEngineConfiguration()
                    .getCorrelationHandler()
                    .correlateStartMessages(
                        context(), builder.getMessageName(), new CorrelationSet(builder)))
        .stream()
        .map(Targets::of);
  }

  static Stream<Target> conditions(ConditionEvaluationBuilderImpl builder) {
    return withoutAuthorization(
            () ->
                Context.getProcessEngineConfiguration()
                    .getConditionHandler()
                    .evaluateStartCondition(context(), new ConditionSet(builder)))
        .stream()
        .map(ConditionHandlerResult::getProcessDefinition)
        .map(Target::of);
  }

  static Stream<Target> signal(SignalEventReceivedBuilderImpl builder) {
    return builder.getExecutionId() != null
        ? execution(builder.getExecutionId())
        : context()
            .getEventSubscriptionManager()
            .findSignalEventSubscriptionsByEventName(builder.getSignalName())
            .stream()
            .flatMap(Targets::of);
  }

  /** The instances of a batch, given by ids or by a query. */
  static Stream<Target> instances(
      @Nullable Collection<String> ids,
      @Nullable ProcessInstanceQuery query,
      @Nullable HistoricProcessInstanceQuery history) {
    Set<String> all = new HashSet<>(ids == null ? List.of() : ids);
    all.addAll(idsOf(query));
    all.addAll(idsOf(history));
    return ProtectedProcesses.KEYS.stream().filter(key -> hasInstance(key, all)).map(Targets::key);
  }

  static Stream<Target> externalTasks(
      @Nullable Collection<String> ids, @Nullable ExternalTaskQuery query) {
    Set<String> all = new HashSet<>(ids == null ? List.of() : ids);
    all.addAll(idsOf(query));
    return all.stream().flatMap(Targets::processOfExternalTask);
  }

  private static boolean hasInstance(String key, Set<String> ids) {
    if (ids.isEmpty()) {
      return false;
    }
    var query = new ProcessInstanceQueryImpl();
    query.processInstanceIds(ids).processDefinitionKey(key);
    return withoutAuthorization(() -> query.executeCount(context())) > 0;
  }

  private static List<String> idsOf(@Nullable Object query) {
    return query instanceof AbstractQuery<?, ?> given
        ? withoutAuthorization(() -> given.evaluateExpressionsAndExecuteIdsList(context()))
        : List.of();
  }

  static Target key(String key) {
    return new Target(key, null, null, false);
  }

  private static Target of(ExecutionEntity execution) {
    return Target.of(execution.getProcessDefinition());
  }

  private static Target of(CorrelationHandlerResult result) {
    ExecutionEntity execution = result.getExecutionEntity();
    return execution == null ? Target.of(result.getProcessDefinitionEntity()) : of(execution);
  }

  /**
   * A subscription without an execution belongs to a start event; its configuration is the process
   * definition.
   */
  private static Stream<Target> of(EventSubscriptionEntity subscription) {
    return subscription.getExecutionId() == null
        ? definition(subscription.getConfiguration())
        : execution(subscription.getExecutionId());
  }

  private static Target withMessage(Target target, @Nullable String name) {
    return new Target(
        target.key(),
        target.definition(),
        name == null ? null : WritableVariables.ofMessage(name),
        target.isStep());
  }

  private static @Nullable ExecutionEntity findExecution(@Nullable String id) {
    return id == null ? null : context().getExecutionManager().findExecutionById(id);
  }

  private static <T> T withoutAuthorization(Callable<T> query) {
    return context().runWithoutAuthorization(query);
  }

  private static CommandContext context() {
    return Context.getCommandContext();
  }
}
