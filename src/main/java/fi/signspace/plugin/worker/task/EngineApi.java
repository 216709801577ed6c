package fi.signspace.plugin.worker.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.model.DeployedProcess;
import fi.signspace.plugin.model.ExternalStep;
import fi.signspace.plugin.model.ModelReader;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.text.FileNames;
import fi.signspace.plugin.signing.text.MediaTypes;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * The parts of the engine's REST API that the task client lacks: variables in the scope of a step,
 * history, messages and models. Throws the exceptions of {@link EngineRestClient}.
 */
public class EngineApi {

  /** The engine's error type for a message without a receiver. */
  private static final String NOT_WAITING = "MismatchingMessageCorrelationException";

  private static final DateTimeFormatter DATES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

  private final EngineRestClient rest;

  /** By process definition, then by id. A deployed version never changes. */
  private final Map<String, Map<String, ExternalStep>> steps = new ConcurrentHashMap<>();

  /**
   * @param timeout the response timeout
   * @param interceptors add headers to every request: credentials, trace
   */
  public EngineApi(
      Supplier<String> baseUrl, Duration timeout, List<ClientRequestInterceptor> interceptors) {
    this.rest = new EngineRestClient(baseUrl, timeout, interceptors);
  }

  /**
   * Reads a step from its model.
   *
   * @throws IncidentException if the model has no such external task
   */
  ExternalStep step(String processDefinitionId, String activityId) {
    ExternalStep step = steps(processDefinitionId).get(activityId);
    if (step == null) {
      throw new IncidentException(
          "The model %s has no external task %s. Move the process instance to one of its steps, then retry"
              .formatted(processDefinitionId, activityId));
    }
    return step;
  }

  private Map<String, ExternalStep> steps(String processDefinitionId) {
    Map<String, ExternalStep> known = steps.get(processDefinitionId);
    if (known == null) {
      known = stepsOf(processDefinitionId);
      steps.put(processDefinitionId, known);
    }
    return known;
  }

  private Map<String, ExternalStep> stepsOf(String processDefinitionId) {
    return ModelReader.externalSteps(xmlOf(processDefinitionId)).stream()
        .collect(Collectors.toUnmodifiableMap(ExternalStep::id, step -> step, (a, b) -> a));
  }

  /** The steps of a model with this topic. */
  public List<String> stepsOf(String processDefinitionId, String topic) {
    return steps(processDefinitionId).values().stream()
        .filter(step -> step.topic().equals(topic))
        .map(ExternalStep::id)
        .toList();
  }

  public String xmlOf(String processDefinitionId) {
    return get("/process-definition/" + processDefinitionId + "/xml").path("bpmn20Xml").asText();
  }

  /** All deployed versions of all processes. */
  public List<DeployedProcess> processes() {
    List<DeployedProcess> processes = new ArrayList<>();
    for (JsonNode entry : get("/process-definition/statistics")) {
      JsonNode definition = entry.path("definition");
      processes.add(
          new DeployedProcess(
              definition.path("id").asText(),
              definition.path("key").asText(),
              definition.path("version").asInt(),
              definition.path("tenantId").textValue(),
              entry.path("instances").asInt()));
    }
    return processes;
  }

  /**
   * Opens the content of a File variable as a stream; the caller closes it.
   *
   * @param executionId the execution from which the variable is resolved upwards
   */
  public InputStream openFile(String executionId, String variable) {
    return rest.open(fileAt(executionId, variable));
  }

  /**
   * Sets a File variable in the scope where an execution sees it, or in the process if it does not
   * exist. The content is sent without a copy in Base64 or JSON, with a name and a media type that
   * the engine can serve.
   */
  public void putFile(String executionId, String variable, Document document) {
    byte[] content = document.content();
    ContentType type = ContentType.parse(MediaTypes.normalized(document.mimeType(), content));
    String name = encodedWord(FileNames.normalized(document.name()));
    rest.post(
        fileAt(executionId, variable),
        MultipartEntityBuilder.create()
            .addTextBody("valueType", "File")
            .addBinaryBody("data", content, type, name)
            .build());
  }

  private static String fileAt(String executionId, String variable) {
    return variableOf(executionId, variable) + "/data";
  }

  /** The engine takes the id of any execution here, not only that of a process instance. */
  private static String variableOf(String executionId, String variable) {
    return "/process-instance/%s/variables/%s"
        .formatted(executionId, UriUtils.encodePathSegment(variable, UTF_8));
  }

  /** Encodes a name in ASCII (RFC 2047), which the engine decodes in the header of a part. */
  private static String encodedWord(String text) {
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
  }

  /**
   * Sets variables in the scope where an execution sees them, with one request each: for several in
   * one request the engine checks permissions twice, which is most of the work.
   */
  public void setVariables(String executionId, Outputs variables) {
    variables.toRest().forEach((name, value) -> rest.put(variableOf(executionId, name), value));
  }

  /** Sets variables local to the step of this execution. */
  public void setLocalVariables(String executionId, Outputs variables) {
    rest.post(
        "/execution/" + executionId + "/localVariables",
        Map.of("modifications", variables.toRest()));
  }

  /** The names of all variables that an execution sees. */
  public Set<String> variableNames(String executionId) {
    Set<String> names = new TreeSet<>();
    variablesOf(executionId).fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * A File variable without its content.
   *
   * @param fileName "" if it has none
   */
  record FileVariable(String name, String fileName, String mimeType) {}

  /** The File variables that an execution sees. */
  List<FileVariable> files(String executionId) {
    return variablesOf(executionId).properties().stream()
        .filter(variable -> variable.getValue().path("type").asText().equals("File"))
        .map(
            variable -> {
              JsonNode info = variable.getValue().path("valueInfo");
              return new FileVariable(
                  variable.getKey(),
                  info.path("filename").asText(""),
                  info.path("mimeType").asText("application/octet-stream"));
            })
        .toList();
  }

  private JsonNode variablesOf(String executionId) {
    return get("/process-instance/" + executionId + "/variables?deserializeValues=false");
  }

  /** The executions that wait at an external task of this activity. */
  public List<String> openSteps(String processInstanceId, String activityId) {
    return get("/external-task?processInstanceId=%s&activityId=%s"
            .formatted(processInstanceId, UriUtils.encodeQueryParam(activityId, UTF_8)))
        .valueStream()
        .map(task -> task.path("executionId").asText())
        .toList();
  }

  /** A text variable that an execution sees; empty if it is blank or of another type. */
  public Optional<String> text(String executionId, String variable) {
    return rest.find(variableOf(executionId, variable) + "?deserializeValue=false")
        .map(found -> found.path("value").asText(""))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** Removes a variable from the scope where an execution sees it. */
  public void removeVariable(String executionId, String variable) {
    rest.delete(variableOf(executionId, variable));
  }

  /** Sends a query that is too long for a URL. */
  public JsonNode query(String path, Map<String, ?> criteria) {
    return rest.post(path, criteria);
  }

  /** Sends a message to a process instance; returns false if the instance does not wait for it. */
  public boolean sendMessage(String name, String processInstanceId) {
    EngineRestClient.Response response =
        rest.tryPost(
            "/message", Map.of("messageName", name, "processInstanceId", processInstanceId));
    if (response.status() == 400 && response.names(NOT_WAITING)) {
      return false;
    }
    response.check();
    return true;
  }

  public JsonNode get(String path) {
    return rest.get(path);
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
        .map(EngineApi::run)
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
  Optional<RecordedInstance> recordedInstance(String processInstanceId) {
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
        .flatMap(run -> lastUpdate(run.id(), variable).stream())
        .anyMatch(update -> update.path("value").asText().equals(text));
  }

  private Optional<JsonNode> lastUpdate(String activityInstanceId, String variable) {
    return history(
            "/history/detail?variableUpdates=true&deserializeValues=false&sortBy=time&sortOrder=asc&activityInstanceId="
                + UriUtils.encodeQueryParam(activityInstanceId, UTF_8))
        .filter(update -> update.path("variableName").asText().equals(variable))
        .reduce((earlier, later) -> later);
  }

  /** The decisions in a process instance, oldest first; none if the history is not readable. */
  List<RecordedDecision> decisions(String processInstanceId) {
    Map<String, String> users = new HashMap<>();
    history(
            "/history/user-operation?entityType=Task&operationType=Complete&processInstanceId="
                + processInstanceId)
        .forEach(
            entry -> users.put(entry.path("taskId").asText(), entry.path("userId").asText("")));
    return history(
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

  private Stream<JsonNode> history(String path) {
    return rest.find(path).stream().flatMap(JsonNode::valueStream);
  }

  /**
   * A run of a scope.
   *
   * @param executionId the execution that holds the variables of this scope
   */
  record Scope(String activityInstanceId, String executionId) {}

  /** The scope around a running activity; empty if the activity is not running. */
  Optional<Scope> scopeAround(String processInstanceId, String activityInstanceId) {
    return scopeAround(
        activityInstanceId, get("/process-instance/" + processInstanceId + "/activity-instances"));
  }

  private static Optional<Scope> scopeAround(String id, JsonNode scope) {
    return Stream.of("childActivityInstances", "childTransitionInstances")
        .flatMap(children -> scope.path(children).valueStream())
        .flatMap(
            child ->
                child.path("id").asText().equals(id)
                    ? Stream.of(
                        new Scope(
                            scope.path("id").asText(), scope.path("executionIds").path(0).asText()))
                    : scopeAround(id, child).stream())
        .findFirst();
  }

  private static Instant moment(JsonNode date) {
    try {
      return DATES.parse(date.asText(), Instant::from);
    } catch (DateTimeParseException e) {
      throw new ExternalTaskClientException("The engine's date cannot be read: " + date, e);
    }
  }
}
