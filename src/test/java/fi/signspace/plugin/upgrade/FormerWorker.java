package fi.signspace.plugin.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/**
 * A worker of version 1.0.0 that is still running: it creates requests like that version, without
 * sealing.
 */
final class FormerWorker {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "former-worker";
  private static final int LOCK_MILLIS = 60_000;

  private final EngineRest engine;
  private final String signSpace;
  private final HttpClient http = HttpClient.newHttpClient();

  FormerWorker(EngineRest engine, int sandboxPort) {
    this.engine = engine;
    this.signSpace = "http://localhost:" + sandboxPort + "/sandbox";
  }

  /**
   * Fetches the creation task of an instance and calls SignSpace.
   *
   * @return the task and the created request
   */
  Created create(String instance) throws Exception {
    JsonNode task = fetch(instance);
    ObjectNode mark =
        EngineRest.variables().put("type", "String").put("value", Instant.now().toString());
    engine.put("/process-instance/%s/variables/creationStartedAt".formatted(instance), mark);
    JsonNode variables = task.get("variables");
    ObjectNode body = JSON.createObjectNode();
    body.put("version", "v2").put("create_conversation", true);
    body.put("acting_handle", "robot@sandbox.example");
    body.set("title", variables.get("title").get("value"));
    body.set("files", JSON.readTree(variables.get("fileIds").get("value").asText()));
    body.set("participants", JSON.readTree(variables.get("participants").get("value").asText()));
    return new Created(task.get("id").asText(), send(body).get("_id").asText());
  }

  record Created(String taskId, String requestId) {}

  private JsonNode fetch(String instance) {
    ObjectNode query = JSON.createObjectNode().put("workerId", ID).put("maxTasks", 1);
    query
        .putArray("topics")
        .addObject()
        .put("topicName", "signspace.createSigningRequest")
        .put("lockDuration", LOCK_MILLIS)
        .put("processInstanceId", instance);
    // the last fetch of a stopped worker may have locked the task: its lock has to expire
    return await(instance)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> engine.post("/external-task/fetchAndLock", query), tasks -> tasks.size() == 1)
        .get(0);
  }

  private JsonNode send(ObjectNode request) throws Exception {
    HttpRequest token =
        new Login("sandbox", "sandbox")
            .applyTo(HttpRequest.newBuilder(URI.create(signSpace + "/auth/token")))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    String bearer = exchange(token).get("access_token").asText();
    HttpRequest create =
        HttpRequest.newBuilder(URI.create(signSpace + "/api/v1/tasks.signingRequest.create"))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request.toString()))
            .build();
    return exchange(create);
  }

  private JsonNode exchange(HttpRequest request) throws Exception {
    var response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** Completes the task as version 1.0.0 did. */
  void complete(Created created) {
    ObjectNode body = JSON.createObjectNode().put("workerId", ID);
    ObjectNode variables = body.putObject("variables");
    EngineRest.putString(variables, "signingRequestId", created.requestId());
    variables.putObject("creationStartedAt").put("type", "Null").putNull("value");
    EngineRest.putString(variables, "signingStatus", "open");
    EngineRest.putString(variables, "signingPhase", "awaiting");
    EngineRest.putString(variables, "nextCheckAt", Instant.now().toString());
    engine.post("/external-task/%s/complete".formatted(created.taskId()), body);
  }

  /** Stops without reporting. */
  void disappear(Created created) {
    engine.post("/external-task/%s/unlock".formatted(created.taskId()), EngineRest.variables());
  }
}
