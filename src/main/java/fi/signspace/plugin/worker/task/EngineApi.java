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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.springframework.web.util.UriUtils;

/**
 * The parts of the engine's REST API that the task client lacks: variables in the scope of a step,
 * messages, models, and the {@linkplain EngineHistory history}. Throws the exceptions of {@link
 * EngineRestClient}.
 */
public class EngineApi {

  /** The engine's error type for a message without a receiver. */
  private static final String NOT_WAITING = "MismatchingMessageCorrelationException";

  private final EngineRestClient rest;
  private final EngineHistory history;

  /** By process definition, then by id. A deployed version never changes. */
  private final Map<String, Map<String, ExternalStep>> steps = new ConcurrentHashMap<>();

  /**
   * @param timeout the response timeout
   * @param interceptors add headers to every request: credentials, trace
   */
  public EngineApi(
      Supplier<String> baseUrl, Duration timeout, List<ClientRequestInterceptor> interceptors) {
    this.rest = new EngineRestClient(baseUrl, timeout, interceptors);
    this.history = new EngineHistory(rest);
  }

  public EngineHistory history() {
    return history;
  }

  /**
   * Reads a step from its model.
   *
   * @throws IncidentException if the model has no such external task
   */
  ExternalStep step(String processDefinitionId, String activityId) {
    return findStep(processDefinitionId, activityId)
        .orElseThrow(
            () ->
                new IncidentException(
                    "The model %s has no external task %s. Move the process instance to one of its steps, then retry"
                        .formatted(processDefinitionId, activityId)));
  }

  /** Empty if the model has no such external task. */
  Optional<ExternalStep> findStep(String processDefinitionId, String activityId) {
    return Optional.ofNullable(steps(processDefinitionId).get(activityId));
  }

  private Map<String, ExternalStep> steps(String processDefinitionId) {
    Map<String, ExternalStep> known = steps.get(processDefinitionId);
    if (known == null) {
      known = readSteps(processDefinitionId);
      steps.put(processDefinitionId, known);
    }
    return known;
  }

  private Map<String, ExternalStep> readSteps(String processDefinitionId) {
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

  /**
   * The sub-processes around a step inside its multi-instance item; none if there is no such step.
   */
  public List<String> subProcessesInItem(String processDefinitionId, String activityId) {
    return findStep(processDefinitionId, activityId)
        .map(ExternalStep::subProcessesInItem)
        .orElse(List.of());
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
   * A run of a scope.
   *
   * @param executionId the execution that holds the variables of this scope
   */
  record Scope(String activityInstanceId, String executionId) {}

  /**
   * The scopes of a process instance that have a variable of this name: runs of activities, or the
   * instance itself. The history names the activity that has set it instead.
   */
  public Set<String> scopesOf(String processInstanceId, String variable) {
    return get("/variable-instance?deserializeValues=false&processInstanceIdIn=%s&variableName=%s"
            .formatted(processInstanceId, UriUtils.encodeQueryParam(variable, UTF_8)))
        .valueStream()
        .map(found -> found.path("activityInstanceId").asText())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The multi-instance item around a running activity, otherwise the scope; empty if the activity
   * is not running.
   */
  Optional<Scope> scopeAround(String processInstanceId, String activityInstanceId) {
    List<JsonNode> around = activitiesAround(processInstanceId, activityInstanceId);
    int last = around.size() - 1;
    int items = last;
    while (items >= 0 && !hasItems(around.get(items))) {
      items--;
    }
    return last < 0
        ? Optional.empty()
        : Optional.of(scope(around.get(items < 0 ? last : Math.min(items + 1, last))));
  }

  private static boolean hasItems(JsonNode activity) {
    return activity.path("activityType").asText().equals("multiInstanceBody");
  }

  /**
   * A text variable that is visible around a running activity, whatever the activity's own
   * variables are.
   */
  public Optional<String> textAround(
      String processInstanceId, String activityInstanceId, String variable) {
    List<JsonNode> around = activitiesAround(processInstanceId, activityInstanceId);
    String executionId =
        around.isEmpty() ? processInstanceId : scope(around.get(around.size() - 1)).executionId();
    return text(executionId, variable);
  }

  /** From the process instance to the parent; empty if the activity is not running. */
  private List<JsonNode> activitiesAround(String processInstanceId, String activityInstanceId) {
    JsonNode instance = get("/process-instance/" + processInstanceId + "/activity-instances");
    return around(activityInstanceId, List.of(instance)).findFirst().orElse(List.of());
  }

  private static Stream<List<JsonNode>> around(String id, List<JsonNode> path) {
    JsonNode activity = path.get(path.size() - 1);
    return Stream.of("childActivityInstances", "childTransitionInstances")
        .flatMap(children -> activity.path(children).valueStream())
        .flatMap(
            child ->
                child.path("id").asText().equals(id)
                    ? Stream.of(path)
                    : around(id, Stream.concat(path.stream(), Stream.of(child)).toList()));
  }

  private static Scope scope(JsonNode activity) {
    return new Scope(activity.path("id").asText(), activity.path("executionIds").path(0).asText());
  }
}
