package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The process instances of one scenario, each with two documents and one signer. */
final class Instances {

  private static final String ANNA = "anna@example.com";

  private final EngineRest engine;
  private final SandboxControl sandbox;
  private final String scenario;
  private final String interval;
  private final Map<String, String> titles = new LinkedHashMap<>();
  private final int incidentsBefore;
  private final int failuresBefore;
  private int attempts;

  /**
   * @param interval of the status checks, ISO 8601
   */
  Instances(EngineRest engine, SandboxControl sandbox, String scenario, String interval) {
    this.engine = engine;
    this.sandbox = sandbox;
    this.scenario = scenario;
    this.interval = interval;
    incidentsBefore = count("/history/incident/count");
    failuresBefore = count("/history/external-task-log/count?failureLog=true");
  }

  void start(int count) {
    for (int i = 0; i < count; i++) {
      attempts++;
      String title = "%s %03d".formatted(scenario, attempts);
      ObjectNode variables = EngineRest.variables();
      EngineRest.putString(variables, "title", title);
      EngineRest.putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease " + title));
      EngineRest.putFile(variables, "document2", "annex.pdf", Pdfs.withText("Annex " + title));
      EngineRest.putJson(
          variables,
          "participants",
          "[{\"handle\": \"%s\", \"role\": \"signer\"}]".formatted(ANNA));
      EngineRest.putString(variables, "statusCheckInterval", interval);
      titles.put(engine.start(title, variables), title);
    }
  }

  /** Starts an instance if the engine is available. */
  boolean tryStart() {
    try {
      start(1);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** The number of signing requests in SignSpace, and of instances with a request. */
  Requests requests() {
    List<String> found = new ArrayList<>();
    sandbox.requests().forEach(request -> found.add(request.get("title").asText()));
    return new Requests(found.size(), (int) found.stream().distinct().count());
  }

  /** The titles of which more than one request can be signed. */
  Set<String> openTwice() {
    Set<String> open = new HashSet<>();
    Set<String> twice = new TreeSet<>();
    for (JsonNode request : sandbox.requests()) {
      String title = request.get("title").asText();
      if (request.get("status").asText().equals("open") && !open.add(title)) {
        twice.add(title);
      }
    }
    return twice;
  }

  /**
   * @param instances the number of instances with a request
   */
  record Requests(int all, int instances) {}

  void awaitRequests(int count, Duration limit) {
    await().atMost(limit).until(() -> requests().instances() == count);
  }

  /** Signs every request that Anna can sign now. */
  void sign() {
    for (JsonNode request : sandbox.requests()) {
      if (request.get("participants").get(0).get("can_sign").asBoolean()) {
        sandbox.sign(request.get("_id").asText(), ANNA);
      }
    }
  }

  /** Signs all requests and waits until the processes end without intervention. */
  void awaitFinished(Duration limit) {
    await()
        .atMost(limit)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              sign();
              assertThat(finished()).isEqualTo(titles.size());
            });
  }

  int finished() {
    ObjectNode query = EngineRest.variables().put("finished", true);
    ids().forEach(query.putArray("processInstanceIds")::add);
    return engine.post("/history/process-instance/count", query).get("count").asInt();
  }

  /** The number of instances that ended with the outcome {@code signed} and both documents. */
  int withTheirDocuments() {
    int complete = 0;
    for (Map.Entry<String, String> instance : titles.entrySet()) {
      boolean signed =
          "signed".equals(engine.variablesOf(instance.getKey()).get("signingOutcome"))
              && textOf(instance.getKey(), "signedDocument1")
                  .contains("Lease " + instance.getValue())
              && textOf(instance.getKey(), "signedDocument2")
                  .contains("Annex " + instance.getValue());
      complete += signed ? 1 : 0;
    }
    return complete;
  }

  /** All have ended as signed, with one request each and without an incident. */
  void expectOneRequestEach() {
    int count = ids().size();
    assertThat(requests()).isEqualTo(new Requests(count, count));
    assertThat(incidents()).isZero();
    assertThat(withTheirDocuments()).isEqualTo(count);
  }

  private String textOf(String instance, String variable) {
    return Pdfs.textOf(engine.file(instance, variable));
  }

  /** Incidents since the start of the scenario, including resolved ones. */
  int incidents() {
    return count("/history/incident/count") - incidentsBefore;
  }

  /** Failed external tasks since the start of the scenario. */
  int failures() {
    return count("/history/external-task-log/count?failureLog=true") - failuresBefore;
  }

  List<String> ids() {
    return List.copyOf(titles.keySet());
  }

  /** Sets retries of every failed task, like Retry in Cockpit. */
  void retry() {
    ObjectNode body = EngineRest.variables().put("retries", 1);
    ArrayNode tasks = body.putArray("externalTaskIds");
    engine
        .get("/external-task?noRetriesLeft=true")
        .forEach(task -> tasks.add(task.get("id").asText()));
    engine.put("/external-task/retries", body);
  }

  private int count(String path) {
    return engine.get(path).get("count").asInt();
  }
}
