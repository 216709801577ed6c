package fi.signspace.plugin.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.model.DeployedProcess;
import fi.signspace.plugin.model.ExternalStep;
import fi.signspace.plugin.model.ModelReader;
import fi.signspace.plugin.signing.Document;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.RestException;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.springframework.web.util.UriUtils;

/**
 * What the workers need of the engine's REST API and the task client does not offer: variables of
 * one step alone, and the models. Throws what the task client throws.
 */
class EngineApi {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** HTTP 400: the message correlates with nothing. */
  private static final int NOT_WAITING = 400;

  private final Supplier<String> baseUrl;
  private final Duration timeout;
  private final List<ClientRequestInterceptor> interceptors;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /** By process definition: the steps that map their results. A version never changes. */
  private final Map<String, Set<String>> mappingSteps = new ConcurrentHashMap<>();

  /**
   * @param interceptors what is added to every request: the login, the trace
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

  /** Reads a File variable as it comes, not into memory; whoever reads closes it. */
  InputStream openFile(String processInstanceId, String variable) {
    HttpResponse<InputStream> response =
        exchange(request(fileAt(processInstanceId, variable)), BodyHandlers.ofInputStream());
    check(response);
    return response.body();
  }

  /**
   * Sets a File variable of a process instance. Its bytes are sent as they are, with no copy of
   * them in Base64 or JSON.
   */
  void putFile(String processInstanceId, String variable, Document document) {
    String boundary = UUID.randomUUID().toString();
    String head =
        """
        --%1$s\r
        Content-Disposition: form-data; name="valueType"\r
        \r
        File\r
        --%1$s\r
        Content-Disposition: form-data; name="data"; filename="%2$s"\r
        Content-Type: %3$s\r
        \r
        """
            .formatted(boundary, encodedWord(document.name()), document.mimeType());
    String tail = "\r\n--" + boundary + "--\r\n";
    send(
        request(fileAt(processInstanceId, variable))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofByteArray(document.content()),
                    BodyPublishers.ofString(tail))));
  }

  private static String fileAt(String processInstanceId, String variable) {
    return variableOf(processInstanceId, variable) + "/data";
  }

  private static String variableOf(String processInstanceId, String variable) {
    return "/process-instance/%s/variables/%s"
        .formatted(processInstanceId, UriUtils.encodePathSegment(variable, UTF_8));
  }

  /** Any name in plain letters (RFC 2047), which the engine reads in the header of a part. */
  private static String encodedWord(String text) {
    return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "?=";
  }

  /**
   * Sets variables where they are seen from an execution, each by a request of its own: before it
   * sets several in one, the engine checks the permission twice, and that is most of the work.
   */
  void setVariables(String executionId, Outputs variables) {
    variables
        .toRest()
        .forEach(
            (name, value) ->
                send(
                    request(variableOf(executionId, name))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(Json.write(value)))));
  }

  /** Sets variables that nobody sees but the step that this execution carries out. */
  void setLocalVariables(String executionId, Outputs variables) {
    send(
        request("/execution/" + executionId + "/localVariables")
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(Json.write(Map.of("modifications", variables.toRest())))));
  }

  /** Asks a question that is too long for an address. */
  JsonNode query(String path, Map<String, ?> question) {
    return tree(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(question)))));
  }

  /** Sends a message to a process instance; it goes nowhere if nothing there waits for it. */
  boolean sendMessage(String name, String processInstanceId) {
    Map<String, String> message =
        Map.of("messageName", name, "processInstanceId", processInstanceId);
    HttpResponse<String> response =
        exchange(
            request("/message")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(message))));
    if (response.statusCode() == NOT_WAITING) {
      return false;
    }
    check(response);
    return true;
  }

  JsonNode get(String path) {
    return tree(send(request(path).GET()));
  }

  private static JsonNode tree(String body) {
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
    HttpResponse<String> response = exchange(request);
    check(response);
    return response.body();
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) {
    return exchange(request, BodyHandlers.ofString());
  }

  private <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> answer) {
    try {
      return http.send(request.build(), answer);
    } catch (IOException e) {
      throw new ExternalTaskClientException("The engine does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExternalTaskClientException("Interrupted while the engine was asked", e);
    }
  }

  private static void check(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new NeedsAdminException(
          "The engine refuses %s %s to the user of the workers (HTTP %d). Grant it, then retry."
              .formatted(response.request().method(), response.uri().getPath(), status));
    }
    if (status == 404) {
      throw new NotFoundException(
          response.uri().getPath() + " is gone", new RestException("", "", status));
    }
    if (status >= 300) {
      throw new ExternalTaskClientException(
          "The engine answers %s with HTTP %d".formatted(response.uri().getPath(), status));
    }
  }
}
