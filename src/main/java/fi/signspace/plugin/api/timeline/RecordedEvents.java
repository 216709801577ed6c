package fi.signspace.plugin.api.timeline;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.signing.SigningStatus;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.EntityTypes;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricDetail;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.history.HistoricVariableUpdate;
import org.camunda.bpm.engine.history.NativeHistoricActivityInstanceQuery;
import org.camunda.bpm.engine.history.UserOperationLogEntry;
import org.jspecify.annotations.Nullable;

/**
 * Reads the steps of one instance that are events, with a few queries, and one for each change of
 * the status. Checks are counted and not read: a request that waits for months has thousands.
 */
final class RecordedEvents {

  private static final String SUB_PROCESS = "subProcess";

  /** The state of an activity that was interrupted, as the engine stores it. */
  private static final String NOT_CANCELED = " and ACT_INST_STATE_ <> 2";

  private final HistoryService history;
  private final EventSteps steps;
  private final String table;

  RecordedEvents(HistoryService history, ManagementService management, EventSteps steps) {
    this.history = history;
    this.steps = steps;
    table = management.getTableName(HistoricActivityInstance.class);
  }

  /**
   * @param steps in the order in which they began; without checks
   * @param types the type of event of each activity
   * @param users who completed which task
   * @param scopes the execution of each sub-process, by activity instance
   * @param decisions what was decided in which execution
   * @param statusChanges the status at each change that a check has found
   * @param problems the problems that a person had to decide on, by the time when they were found
   * @param refused the steps whose action SignSpace has refused, by activity instance
   */
  record Steps(
      List<HistoricActivityInstance> steps,
      long checks,
      Optional<Instant> lastCheck,
      Map<String, EventType> types,
      Map<String, String> users,
      Map<String, String> scopes,
      Map<String, String> decisions,
      List<StatusChange> statusChanges,
      NavigableMap<Instant, String> problems,
      Set<String> refused) {

    /**
     * Whether a completed step has done what it was to do: a download of documents that are not
     * signed is followed by other steps.
     */
    boolean hasHappened(HistoricActivityInstance step) {
      boolean isFollowed = !steps.get(steps.size() - 1).getId().equals(step.getId());
      return !refused.contains(step.getId()) && !(type(step) == EventType.DOWNLOADED && isFollowed);
    }

    EventType type(HistoricActivityInstance step) {
      return types.getOrDefault(step.getActivityId(), EventType.DECIDED);
    }

    @Nullable String by(HistoricActivityInstance step) {
      return step.getTaskId() == null ? null : users.get(step.getTaskId());
    }

    /** Returns the problem that a user task which was opened at a time is about. */
    Optional<String> problem(Instant opened) {
      return Optional.ofNullable(problems.floorEntry(opened))
          .map(Map.Entry::getValue)
          .filter(problem -> !problem.isEmpty());
    }

    /** A decision is a variable of the task or of the scope around it. */
    @Nullable String decision(HistoricActivityInstance step) {
      if (type(step) != EventType.DECIDED) {
        return null;
      }
      String own = decisions.get(step.getExecutionId());
      return own == null ? decisions.get(scopes.get(step.getParentActivityInstanceId())) : own;
    }
  }

  /**
   * A status that differs from the one before.
   *
   * @param isOfFormerRequest whether it was found before the request was sent again
   */
  record StatusChange(Instant at, SigningStatus status, boolean isOfFormerRequest) {}

  Steps of(HistoricProcessInstance instance) {
    String id = instance.getId();
    Map<String, EventType> types = steps.of(instance.getProcessDefinitionId());
    List<String> checks = activities(types, true);
    Optional<HistoricActivityInstance> last =
        activities(
                "select *",
                id,
                checks,
                NOT_CANCELED + " and END_TIME_ is not null order by END_TIME_ desc")
            .listPage(0, 1)
            .stream()
            .findFirst();
    Map<Boolean, List<HistoricActivityInstance>> all =
        activities(
                "select *",
                id,
                activities(types, false),
                " or PROC_INST_ID_ = #{instance} and ACT_TYPE_ = '"
                    + SUB_PROCESS
                    + "' order by START_TIME_, SEQUENCE_COUNTER_")
            .list()
            .stream()
            .collect(partitioningBy(step -> step.getActivityType().equals(SUB_PROCESS)));
    return new Steps(
        all.get(false),
        activities("select count(*)", id, checks, NOT_CANCELED + " and END_TIME_ is not null")
            .count(),
        last.map(HistoricActivityInstance::getEndTime).map(Date::toInstant),
        types,
        users(id),
        all.get(true).stream()
            .collect(
                toMap(HistoricActivityInstance::getId, HistoricActivityInstance::getExecutionId)),
        decisions(id),
        statusChanges(id, types),
        problems(id),
        refused(id));
  }

  private static List<String> activities(Map<String, EventType> types, boolean areChecks) {
    return types.entrySet().stream()
        .filter(entry -> areChecks == (entry.getValue() == EventType.CHECKED))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The query of the engine's API can name one activity only. */
  private NativeHistoricActivityInstanceQuery activities(
      String select, String instance, List<String> ids, String rest) {
    String names =
        IntStream.range(0, ids.size())
            .mapToObj(i -> "#{a" + i + "}")
            .collect(Collectors.joining(", "));
    NativeHistoricActivityInstanceQuery query =
        history
            .createNativeHistoricActivityInstanceQuery()
            .sql(
                "%s from %s where PROC_INST_ID_ = #{instance} and ACT_ID_ in (%s)%s"
                    .formatted(select, table, names.isEmpty() ? "''" : names, rest))
            .parameter("instance", instance);
    IntStream.range(0, ids.size()).forEach(i -> query.parameter("a" + i, ids.get(i)));
    return query;
  }

  private Map<String, String> users(String instance) {
    return history
        .createUserOperationLogQuery()
        .processInstanceId(instance)
        .entityType(EntityTypes.TASK)
        .operationType(UserOperationLogEntry.OPERATION_TYPE_COMPLETE)
        .list()
        .stream()
        .filter(entry -> entry.getTaskId() != null && entry.getUserId() != null)
        .collect(
            toMap(
                UserOperationLogEntry::getTaskId,
                UserOperationLogEntry::getUserId,
                (first, second) -> first));
  }

  private Map<String, String> decisions(String instance) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance)
        .variableName(SigningProcess.DECISION)
        .disableCustomObjectDeserialization()
        .list()
        .stream()
        .filter(variable -> variable.getTypedValue().getValue() instanceof String)
        .collect(
            toMap(
                HistoricVariableInstance::getExecutionId,
                variable -> (String) variable.getTypedValue().getValue(),
                (first, second) -> first));
  }

  private NavigableMap<Instant, String> problems(String instance) {
    return updates(instance, SigningVariables.PROBLEM)
        .collect(
            toMap(
                update -> update.getTime().toInstant(),
                update -> update.getValue() instanceof String problem ? problem : "",
                (first, second) -> second,
                TreeMap::new));
  }

  /** The next check clears the variable, but its history still has the steps that have set it. */
  private Set<String> refused(String instance) {
    return updates(instance, SigningVariables.REFUSAL)
        .filter(update -> update.getValue() instanceof String reason && !reason.isEmpty())
        .map(HistoricDetail::getActivityInstanceId)
        .filter(Objects::nonNull)
        .collect(toSet());
  }

  /** Workers write the status only when it changes; updates by other steps or users are ignored. */
  private List<StatusChange> statusChanges(String instance, Map<String, EventType> types) {
    return updates(instance, SigningVariables.SIGNING_STATUS)
        .flatMap(
            update ->
                activity(instance, update.getActivityInstanceId())
                    .filter(activity -> types.get(activity) == EventType.CHECKED)
                    .map(
                        activity ->
                            new StatusChange(
                                update.getTime().toInstant(),
                                SigningStatus.of(String.valueOf(update.getValue())),
                                activity.equals(SigningProcess.FORMER_CHECK)))
                    .stream())
        .toList();
  }

  private Optional<String> activity(String instance, @Nullable String activityInstanceId) {
    return Optional.ofNullable(activityInstanceId)
        .map(
            id ->
                history
                    .createHistoricActivityInstanceQuery()
                    .processInstanceId(instance)
                    .activityInstanceId(id)
                    .singleResult())
        .map(HistoricActivityInstance::getActivityId);
  }

  /** The updates of a variable of the process instance, oldest first. */
  private Stream<HistoricVariableUpdate> updates(String instance, Variable<String> variable) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance)
        .variableName(variable.name())
        .list()
        .stream()
        .flatMap(
            found ->
                history
                    .createHistoricDetailQuery()
                    .variableUpdates()
                    .variableInstanceId(found.getId())
                    .orderByTime()
                    .asc()
                    .list()
                    .stream())
        .map(HistoricVariableUpdate.class::cast);
  }
}
