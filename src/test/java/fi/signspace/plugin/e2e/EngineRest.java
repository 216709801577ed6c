package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client of the engine's REST API over plain HTTP. */
public final class EngineRest {

  /** In ASCII, so that unpaired surrogates are sent unchanged. */
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final HttpClient http;
  private final String baseUrl;
  private final String authorization;

  /** As the demo user. */
  public EngineRest(int port) {
    this(port, Login.DEMO);
  }

  public EngineRest(int port, Login login) {
    this(
        HttpClient.newHttpClient(),
        "http://localhost:" + port + "/engine-rest",
        login.authorization());
  }

  public EngineRest(int port, String user, String password) {
    this(port, new Login(user, password));
  }

  private EngineRest(HttpClient http, String baseUrl, String authorization) {
    this.http = http;
    this.baseUrl = baseUrl;
    this.authorization = authorization;
  }

  /** The same engine at another URL, with another HTTP client. */
  EngineRest at(HttpClient client, String address) {
    return new EngineRest(client, address, authorization);
  }

  /** The same server at another path. */
  public EngineRest at(String path) {
    return new EngineRest(http, URI.create(baseUrl).resolve(path).toString(), authorization);
  }

  /** Start variables in the engine's format. */
  public static ObjectNode variables() {
    return JSON.createObjectNode();
  }

  public static void putString(ObjectNode variables, String name, String value) {
    variables.putObject(name).put("type", "String").put("value", value);
  }

  public static void putJson(ObjectNode variables, String name, String json) {
    variables.putObject(name).put("type", "Json").put("value", json);
  }

  public static void putBoolean(ObjectNode variables, String name, boolean value) {
    variables.putObject(name).put("type", "Boolean").put("value", value);
  }

  public static void putFile(ObjectNode variables, String name, String fileName, byte[] content) {
    ObjectNode file = variables.putObject(name);
    file.put("type", "File").put("value", Base64.getEncoder().encodeToString(content));
    file.putObject("valueInfo").put("filename", fileName).put("mimeType", "application/pdf");
  }

  public String start(String businessKey, ObjectNode variables) {
    return start("signing-request", businessKey, variables);
  }

  public String start(String process, String businessKey, ObjectNode variables) {
    ObjectNode body = JSON.createObjectNode().put("businessKey", businessKey);
    body.set("variables", variables);
    return post("/process-definition/key/" + process + "/start", body).get("id").asText();
  }

  /** Correlates a message by business key. */
  public void message(String name, String businessKey, @Nullable ObjectNode variables) {
    ObjectNode body = correlation(name, businessKey);
    if (variables != null) {
      body.set("processVariables", variables);
    }
    // a message that conflicts with a concurrent check is rejected and must be repeated
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptionsMatching(e -> isConflict(String.valueOf(e.getMessage())))
        .until(() -> post("/message", body) != null);
  }

  /** Requests a check as soon as none is under way, unless an earlier check has ended the case. */
  public void checkStatus(String businessKey) {
    ObjectNode body = correlation("checkStatus", businessKey);
    String running = "/process-instance?businessKey=" + businessKey;
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreExceptionsMatching(
            e -> {
              String response = String.valueOf(e.getMessage());
              return isConflict(response)
                  || response.contains("MismatchingMessageCorrelationException");
            })
        .until(() -> get(running).isEmpty() || post("/message", body) != null);
  }

  private static ObjectNode correlation(String message, String businessKey) {
    return JSON.createObjectNode().put("messageName", message).put("businessKey", businessKey);
  }

  /**
   * By Camunda's exception codes: an optimistic lock (1) or, on PostgreSQL, a deadlock (10000) or a
   * foreign key violation (10001). Another engine also rejects a message whose subscription ends
   * between its correlation and its delivery; the plugin's own engine repeats that one.
   */
  private static boolean isConflict(String body) {
    return body.contains("\"code\":1}")
        || body.contains("\"code\":10000}")
        || body.contains("\"code\":10001}")
        || body.contains("does not have a subscription");
  }

  /** The user tasks of an instance, by their id in the model. */
  public List<String> userTasks(String instance) {
    List<String> keys = new ArrayList<>();
    get("/task?processInstanceId=" + instance)
        .forEach(task -> keys.add(task.get("taskDefinitionKey").asText()));
    return keys;
  }

  public void decide(String instance, String userTask, String decision) {
    decide(instance, userTask, decision, variables());
  }

  public void decide(String instance, String userTask, String decision, ObjectNode variables) {
    JsonNode task =
        get("/task?processInstanceId=" + instance + "&taskDefinitionKey=" + userTask).get(0);
    putString(variables, "decision", decision);
    ObjectNode body = JSON.createObjectNode();
    body.set("variables", variables);
    post("/task/" + task.get("id").asText() + "/complete", body);
  }

  /** The end event of a finished instance; empty while it runs. */
  public Optional<String> endOf(String instance) {
    JsonNode history = get("/history/process-instance/" + instance);
    if (history.get("endTime").isNull()) {
      return Optional.empty();
    }
    JsonNode ends =
        get(
            "/history/activity-instance?processInstanceId=%s&activityType=noneEndEvent"
                .formatted(instance));
    for (JsonNode end : ends) {
      // end events of sub-processes have another parent
      if (end.get("parentActivityInstanceId").asText().equals(instance)) {
        return Optional.of(end.get("activityId").asText());
      }
    }
    throw new IllegalStateException("No end event in " + ends);
  }

  /** The variables of an instance, finished or not. */
  public Map<String, Object> variablesOf(String instance) {
    Map<String, Object> values = new java.util.HashMap<>();
    get("/history/variable-instance?deserializeValues=false&processInstanceId=" + instance)
        .forEach(
            v ->
                values.put(
                    v.get("name").asText(),
                    v.get("type").asText().equals("File")
                        ? v.get("valueInfo").get("filename").asText()
                        : JSON.convertValue(v.get("value"), Object.class)));
    return values;
  }

  public byte[] file(String instance, String variable) {
    JsonNode found =
        get(
            "/history/variable-instance?deserializeValues=false&processInstanceId=%s&variableName=%s"
                .formatted(instance, URLEncoder.encode(variable, StandardCharsets.UTF_8)));
    assertThat(found).as("variable " + variable).hasSize(1);
    return send(
            request("/history/variable-instance/" + found.get(0).get("id").asText() + "/data")
                .build(),
            HttpResponse.BodyHandlers.ofByteArray())
        .body();
  }

  public JsonNode incidents() {
    return get("/incident");
  }

  /** Returns the open and the resolved incidents of an instance, also after its end. */
  public JsonNode incidentsOf(String instance) {
    return get("/history/incident?processInstanceId=" + instance);
  }

  /** Deletes the instances that other tests of the same application have left behind. */
  public void deleteInstancesWithIncidents() {
    // a worker may be busy with one of them
    await()
        .ignoreExceptions()
        .until(() -> deleted(incidents().findValuesAsText("processInstanceId")));
  }

  private boolean deleted(List<String> instances) {
    for (String instance : Set.copyOf(instances)) {
      delete("/process-instance/" + instance);
    }
    return incidents().isEmpty();
  }

  public JsonNode get(String path) {
    return tree(send(request(path).build(), HttpResponse.BodyHandlers.ofString()));
  }

  public JsonNode post(String path, JsonNode body) {
    return sendJson("POST", path, body);
  }

  public JsonNode put(String path, JsonNode body) {
    return sendJson("PUT", path, body);
  }

  void delete(String path) {
    send(request(path).DELETE().build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(baseUrl + path))
        .header("Authorization", authorization);
  }

  private JsonNode sendJson(String method, String path, JsonNode body) {
    return tree(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(text(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString()));
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      HttpResponse<T> response = http.send(request, handler);
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            "%s %s: HTTP %d %s"
                .formatted(
                    request.method(), request.uri(), response.statusCode(), response.body()));
      }
      return response;
    } catch (IOException e) {
      throw new IllegalStateException(request.uri().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(JsonNode body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static JsonNode tree(HttpResponse<String> response) {
    try {
      return response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException(response.body(), e);
    }
  }
}
