package fi.signspace.plugin.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.model.DeployedProcess;
import fi.signspace.plugin.model.ExternalStep;
import fi.signspace.plugin.model.ModelReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;

/**
 * What the workers need of the engine's REST API and the task client does not offer: variables of
 * one step alone, and the models. Throws what the task client throws.
 */
class EngineApi {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final Supplier<String> baseUrl;
  private final Duration timeout;
  private final List<ClientRequestInterceptor> interceptors;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

  /** By process definition: the steps that map their results. A version never changes. */
  private final Map<String, Set<String>> mappingSteps = new ConcurrentHashMap<>();

  /**
   * @param interceptors what is added to every request: the login
   */
  EngineApi(
      Supplier<String> baseUrl, Duration timeout, List<ClientRequestInterceptor> interceptors) {
    this.baseUrl = baseUrl;
    this.timeout = timeout;
    this.interceptors = List.copyOf(interceptors);
  }

  /** Whether the results of a step go where its model maps them, instead of into the process. */
  boolean mapsResults(String processDefinitionId, String activityId) {
    Set<String> steps = mappingSteps.get(processDefinitionId);
    if (steps == null) {
      steps = mappingSteps(processDefinitionId);
      mappingSteps.put(processDefinitionId, steps);
    }
    return steps.contains(activityId);
  }

  private Set<String> mappingSteps(String processDefinitionId) {
    return ModelReader.externalSteps(xmlOf(processDefinitionId)).stream()
        .filter(ExternalStep::mapsResults)
        .map(ExternalStep::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  String xmlOf(String processDefinitionId) {
    return get("/process-definition/" + processDefinitionId + "/xml").path("bpmn20Xml").asText();
  }

  /** Every version of every process that is deployed. */
  List<DeployedProcess> processes() {
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

  /** Sets variables that nobody sees but the step that this execution carries out. */
  void setLocalVariables(String executionId, Outputs variables) {
    send(
        request("/execution/" + executionId + "/localVariables")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Json.write(Map.of("modifications", variables.toRest())))));
  }

  private JsonNode get(String path) {
    String body = send(request(path).GET());
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      throw new ExternalTaskClientException("The engine's answer cannot be understood", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl.get() + path)).timeout(timeout);
    interceptors.forEach(interceptor -> interceptor.intercept(request::header));
    return request;
  }

  private String send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      check(response);
      return response.body();
    } catch (IOException e) {
      throw new ExternalTaskClientException("The engine does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExternalTaskClientException("Interrupted while the engine was asked", e);
    }
  }

  private static void check(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new NeedsAdminException(
          "The engine refuses %s %s to the user of the workers (HTTP %d). Grant it, then retry."
              .formatted(response.request().method(), response.uri().getPath(), status));
    }
    if (status >= 300) {
      throw new ExternalTaskClientException(
          "The engine answers %s with HTTP %d".formatted(response.uri().getPath(), status));
    }
  }
}
