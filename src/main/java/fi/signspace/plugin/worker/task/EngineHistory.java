package fi.signspace.plugin.worker.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * What the engine itself has recorded about process instances. Without a history that the workers'
 * user may read, the engine returns nothing.
 */
public class EngineHistory {

  private static final DateTimeFormatter DATES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

  private final EngineRestClient rest;

  EngineHistory(EngineRestClient rest) {
    this.rest = rest;
  }

  /**
   * One run of an activity.
   *
   * @param id of the activity instance
   * @param parentId the run of the enclosing scope
   * @param canceled whether it was interrupted instead of completed
   * @param endTime null while it is running
   */
  public record ActivityRun(
      String id,
      @Nullable String parentId,
      boolean canceled,
      Instant startTime,
      @Nullable Instant endTime) {

    /**
     * With the next scope as its parent.
     *
     * @param around runs of the enclosing scope
     */
    public ActivityRun in(List<ActivityRun> around) {
      return around.stream()
          .filter(scope -> scope.id().equals(parentId))
          .findFirst()
          .map(scope -> new ActivityRun(id, scope.parentId(), canceled, startTime, endTime))
          .orElse(this);
    }

    public boolean isUnfinished() {
      return endTime == null;
    }

    public boolean isCompleted() {
      return endTime != null && !canceled;
    }

    public boolean hasEndedBefore(Instant moment) {
      return endTime != null && endTime.isBefore(moment);
    }
  }

  /**
   * The runs of an activity in a process instance; none if there is no history that the workers'
   * user may read.
   */
  public List<ActivityRun> activityRuns(String processInstanceId, String activityId) {
    return history(
            "/history/activity-instance?processInstanceId=%s&activityId=%s"
                .formatted(processInstanceId, UriUtils.encodeQueryParam(activityId, UTF_8)))
        .map(EngineHistory::run)
        .toList();
  }

  /**
   * A run of an activity that has not ended.
   *
   * @param id of the activity instance
   * @param parentId the run of the enclosing scope
   */
  public record OpenRun(String id, String activityId, @Nullable String parentId) {}

  /**
   * The open runs of all activities and scopes in a process instance, by their id; none if there is
   * no history that the workers' user may read.
   */
  public Map<String, OpenRun> openRuns(String processInstanceId) {
    return history(
            "/history/activity-instance?unfinished=true&processInstanceId=" + processInstanceId)
        .map(
            run ->
                new OpenRun(
                    run.path("id").asText(),
                    run.path("activityId").asText(),
                    run.path("parentActivityInstanceId").textValue()))
        .collect(toUnmodifiableMap(OpenRun::id, run -> run));
  }

  /**
   * The activities of a process instance whose runs have had an external task of a topic, whatever
   * the model has now, and by the names that a migration has given them; none if there is no
   * history of level full that the workers' user may read.
   */
  public List<String> activitiesWith(String processInstanceId, String topic) {
    Set<String> runs =
        history(
                "/history/external-task-log?creationLog=true&processInstanceId=%s&topicName=%s"
                    .formatted(processInstanceId, topic))
            .map(created -> created.path("activityInstanceId").asText())
            .collect(toUnmodifiableSet());
    return runs.isEmpty()
        ? List.of()
        : history("/history/activity-instance?processInstanceId=" + processInstanceId)
            .filter(run -> runs.contains(run.path("id").asText()))
            .map(run -> run.path("activityId").asText())
            .distinct()
            .toList();
  }

  private static ActivityRun run(JsonNode run) {
    return new ActivityRun(
        run.path("id").asText(),
        run.path("parentActivityInstanceId").textValue(),
        run.path("canceled").asBoolean(),
        moment(run.path("startTime")),
        run.hasNonNull("endTime") ? moment(run.path("endTime")) : null);
  }

  /**
   * The engine's record of the start of a process instance.
   *
   * @param startUserId the user who started it; null without a login
   * @param superProcessInstanceId the calling instance, if any
   */
  public record RecordedInstance(
      Instant startTime,
      @Nullable String startUserId,
      String processDefinitionKey,
      @Nullable String superProcessInstanceId) {}

  /** Empty if there is no history that the workers' user may read. */
  public Optional<RecordedInstance> recordedInstance(String processInstanceId) {
    return rest.find("/history/process-instance/" + processInstanceId)
        .map(
            instance ->
                new RecordedInstance(
                    moment(instance.path("startTime")),
                    instance.path("startUserId").textValue(),
                    instance.path("processDefinitionKey").asText(),
                    instance.path("superProcessInstanceId").textValue()));
  }

  /**
   * A completed user task.
   *
   * @param completedBy the user who completed it according to the user operation log; null if that
   *     is not readable
   */
  public record RecordedDecision(
      String taskDefinitionKey,
      @Nullable String name,
      @Nullable String completedBy,
      Instant endTime) {}

  /**
   * Whether, according to the history, a completed run of an activity has set a variable to this
   * text. Others can write in its name while it runs, so only the last update counts.
   */
  public boolean hasWritten(
      String processInstanceId, String activityId, String variable, String text) {
    return activityRuns(processInstanceId, activityId).stream()
        .filter(ActivityRun::isCompleted)
        .flatMap(run -> updates(run.id(), variable).reduce((earlier, later) -> later).stream())
        .anyMatch(update -> update.path("value").asText().equals(text));
  }

  /**
   * The failures of an external task that were reported to the engine.
   *
   * @param last when the last one was; null if there is none
   */
  public record TaskFailures(int count, @Nullable Instant last) {

    public static final TaskFailures NONE = new TaskFailures(0, null);
  }

  /** Empty if there is no history of level full that the workers' user may read. */
  public Optional<TaskFailures> failures(String externalTaskId) {
    String ofTask = "externalTaskId=" + externalTaskId;
    int entries = rest.get("/history/external-task-log/count?" + ofTask).path("count").asInt();
    // the first one is the creation of the task
    return switch (entries) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(TaskFailures.NONE);
      default ->
          history(
                  "/history/external-task-log?failureLog=true&sortBy=timestamp&sortOrder=desc&maxResults=1&"
                      + ofTask)
              .map(last -> new TaskFailures(entries - 1, moment(last.path("timestamp"))))
              .findFirst();
    };
  }

  /**
   * A failure of an external task that was reported to the engine.
   *
   * @param id of the entry in the engine's log
   */
  public record ReportedFailure(String id, String externalTaskId, Instant time, String message) {}

  /**
   * The failures of a topic in a process instance; none if there is no history of level full that
   * the workers' user may read.
   */
  public List<ReportedFailure> failuresOf(String processInstanceId, String topic) {
    return history(
            "/history/external-task-log?failureLog=true&processInstanceId=%s&topicName=%s"
                .formatted(processInstanceId, topic))
        .map(
            failure ->
                new ReportedFailure(
                    failure.path("id").asText(),
                    failure.path("externalTaskId").asText(),
                    moment(failure.path("timestamp")),
                    failure.path("errorMessage").asText("")))
        .toList();
  }

  /**
   * Whether a user or a worker has set variables of a process instance, according to the engine's
   * log of operations. That needs history of level full and users that log in.
   */
  public boolean hasSetVariables(String processInstanceId, Instant since) {
    String time = UriUtils.encode(DATES.format(since.atZone(ZoneOffset.UTC)), UTF_8);
    return history(
            "/history/user-operation?entityType=Variable&maxResults=1&processInstanceId=%s&afterTimestamp=%s"
                .formatted(processInstanceId, time))
        .findAny()
        .isPresent();
  }

  /**
   * Whether a variable was set during a run of an activity, from this time of the engine on; false
   * if there is no history of level full that the workers' user may read.
   */
  public boolean hasSet(String activityInstanceId, String variable, Instant since) {
    return updates(activityInstanceId, variable)
        .anyMatch(update -> !moment(update.path("time")).isBefore(since));
  }

  /**
   * All texts that a variable was set to during a run of an activity; none if there is no history
   * of level full that the workers' user may read.
   */
  public List<String> texts(String activityInstanceId, String variable) {
    return updates(activityInstanceId, variable)
        .flatMap(update -> Stream.ofNullable(update.path("value").textValue()))
        .toList();
  }

  /** Whether a user has deleted records of variables of a process instance. */
  public boolean hasDeletedVariables(String processInstanceId) {
    return history(
            "/history/user-operation?operationType=DeleteHistory&maxResults=1&processInstanceId="
                + processInstanceId)
        .findAny()
        .isPresent();
  }

  private Stream<JsonNode> updates(String activityInstanceId, String variable) {
    return history(
            "/history/detail?variableUpdates=true&deserializeValues=false&sortBy=time&sortOrder=asc&activityInstanceId="
                + UriUtils.encodeQueryParam(activityInstanceId, UTF_8))
        .filter(update -> update.path("variableName").asText().equals(variable));
  }

  /** The decisions in a process instance, oldest first; none if the history is not readable. */
  public List<RecordedDecision> decisions(String processInstanceId) {
    Map<String, String> users = new HashMap<>();
    historyIfReadable(
            "/history/user-operation?entityType=Task&operationType=Complete&processInstanceId="
                + processInstanceId)
        .forEach(
            entry -> users.put(entry.path("taskId").asText(), entry.path("userId").asText("")));
    return historyIfReadable(
            "/history/task?finished=true&sortBy=endTime&sortOrder=asc&processInstanceId="
                + processInstanceId)
        .filter(task -> task.path("deleteReason").asText("").equals("completed"))
        .map(
            task ->
                new RecordedDecision(
                    task.path("taskDefinitionKey").asText(),
                    task.path("name").textValue(),
                    users.get(task.path("id").asText()),
                    moment(task.path("endTime"))))
        .toList();
  }

  private Stream<JsonNode> historyIfReadable(String path) {
    return rest.find(path).stream().flatMap(JsonNode::valueStream);
  }

  /**
   * A list that proves something. The engine returns one to every user, so another response is not
   * an empty list.
   */
  private Stream<JsonNode> history(String path) {
    return rest.get(path).valueStream();
  }

  private static Instant moment(JsonNode date) {
    try {
      return DATES.parse(date.asText(), Instant::from);
    } catch (DateTimeParseException e) {
      throw new ExternalTaskClientException("The engine's date cannot be read: " + date, e);
    }
  }
}
