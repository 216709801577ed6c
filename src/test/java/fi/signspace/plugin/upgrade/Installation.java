package fi.signspace.plugin.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import java.time.Duration;
import java.util.List;

/** A running installation of any version, as its users see it. Instances have business keys. */
record Installation(EngineRest engine, SandboxControl sandbox) {

  static final String SIGNING_REQUEST = "signing-request";
  static final String AGREEMENT = "non-disclosure-agreement";
  static final String CONTRACT = "employment-contract";

  static final String ANNA = "anna@example.com";
  static final String BERT = "bert@example.com";

  /** A circuit breaker that was opened by failures of other instances is retried after a minute. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  // ---- input of callers

  static ObjectNode request(String key) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", key);
    EngineRest.putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease of " + key));
    return withSigners(variables, ANNA);
  }

  static ObjectNode requestOfTwo(String key) {
    return withSigners(request(key), ANNA, BERT);
  }

  static ObjectNode refusedRequest(String key) {
    return withSigners(request(key), "no address");
  }

  static ObjectNode rarelyCheckedRequest(String key) {
    ObjectNode variables = request(key);
    EngineRest.putString(variables, "statusCheckInterval", "P365D");
    return variables;
  }

  static ObjectNode withSigners(ObjectNode variables, String... handles) {
    List<String> signers =
        List.of(handles).stream()
            .map("{\"handle\": \"%s\", \"role\": \"signer\"}"::formatted)
            .toList();
    EngineRest.putJson(variables, "participants", signers.toString());
    return variables;
  }

  static ObjectNode document(String fileName, String text) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putFile(
        variables, "document1", fileName, text.isEmpty() ? new byte[0] : Pdfs.withText(text));
    return variables;
  }

  static ObjectNode agreement(String key) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "partnerName", key);
    EngineRest.putString(variables, "partnerEmail", ANNA);
    EngineRest.putString(variables, "ownEmail", BERT);
    EngineRest.putFile(variables, "agreement", "nda.pdf", Pdfs.withText("Agreement of " + key));
    return variables;
  }

  static ObjectNode contract(String key) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "employeeName", key);
    EngineRest.putFile(variables, "contract", "contract.pdf", Pdfs.withText("Contract of " + key));
    return withSigners(variables, ANNA);
  }

  static ObjectNode approval(String key) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putBoolean(variables, "approved", true);
    return variables;
  }

  static ObjectNode archivePlace(String key) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "archivePlace", "Room of " + key);
    return variables;
  }

  // ---- actions on an instance

  /** The latest instance of a process with this business key. */
  String instance(String process, String key) {
    return latest(process, key).get("id").asText();
  }

  private JsonNode latest(String process, String key) {
    return engine
        .get(
            "/history/process-instance?sortBy=startTime&sortOrder=desc&processInstanceBusinessKey=%s&processDefinitionKey=%s"
                .formatted(key, process))
        .get(0);
  }

  /** Completes a user task as soon as it exists, again if a check interferes. */
  void complete(String process, String key, String userTask, ObjectNode variables) {
    String instance = instance(process, key);
    ObjectNode body = EngineRest.variables();
    body.set("variables", variables);
    await(key + ": " + userTask)
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(
            () -> engine.post("/task/" + taskId(instance, userTask) + "/complete", body) != null);
  }

  private String taskId(String instance, String userTask) {
    String tasks = "/task?processInstanceId=%s&taskDefinitionKey=%s".formatted(instance, userTask);
    return engine.get(tasks).get(0).get("id").asText();
  }

  void sign(String title, String... handles) {
    for (String handle : handles) {
      sandbox.sign(awaitRequest(title), handle);
    }
  }

  /**
   * @return the id of the request with this title
   */
  String awaitRequest(String title) {
    await(title).atMost(LIMIT).until(() -> !sandbox.requests(title).isEmpty());
    return sandbox.requests(title).get(0).get("_id").asText();
  }

  void awaitFault() {
    await().atMost(LIMIT).until(() -> sandbox.faults().get(0).get("met").asInt() > 0);
  }

  void awaitDocument(String title, String fileName) {
    await(title + ": " + fileName)
        .atMost(LIMIT)
        .until(() -> sandbox.requests(title).get(0).get("documents").toString().contains(fileName));
  }

  void awaitTask(String process, String key, String userTask) {
    await(key + ": " + userTask)
        .atMost(LIMIT)
        .until(() -> engine.userTasks(instance(process, key)).contains(userTask));
  }

  void executeTimer(String process, String key) {
    String jobs = "/job?processInstanceId=" + instance(process, key);
    await(key).atMost(LIMIT).until(() -> engine.get(jobs).size() == 1);
    engine.post(
        "/job/%s/execute".formatted(engine.get(jobs).get(0).get("id").asText()),
        EngineRest.variables());
  }

  /** Waits until a step has failed at least once and is due for a retry. */
  void awaitRetry(String process, String key, String step) {
    String path =
        "/external-task?processInstanceId=%s&activityId=%s".formatted(instance(process, key), step);
    await(key + ": " + step)
        .atMost(LIMIT)
        .until(
            () -> {
              JsonNode tasks = engine.get(path);
              return tasks.size() == 1 && tasks.get(0).hasNonNull("errorMessage");
            });
  }

  void awaitEnd(String process, String key, String endEvent) {
    String instance = instance(process, key);
    await(key + ": " + endEvent)
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(engine.endOf(instance)).contains(endEvent));
  }
}
