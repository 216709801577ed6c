package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * What is reported as signed was signed, whatever variables an instance has been given: over real
 * HTTP, with the real engine, workers and sandbox.
 */
@EndToEnd
class TrustedStateTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String ANNA = "anna@example.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  @LocalServerPort private int port;
  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;

  private EngineRest engine;
  private SandboxControl sandbox;
  private String key;

  @BeforeEach
  void reset() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    key = "trust-" + System.nanoTime();
  }

  @AfterEach
  void leaveNoIncident() {
    runtime.createIncidentQuery().list().stream()
        .map(incident -> incident.getProcessInstanceId())
        .distinct()
        .forEach(instance -> runtime.deleteProcessInstance(instance, "end of the test"));
  }

  @Test
  void a_restarted_instance_makes_a_request_of_its_own() {
    String first = signed("Restarted", "Lease of a flat");

    String second = restart(first, "gateway_beforeSending");

    await().atMost(PATIENCE).until(() -> sandbox.requests("Restarted").size() == 2);
    awaitTask(second, "userTask_manageSigning");
    assertThat(status(second)).isEqualTo("awaiting");
    assertThat(engine.variablesOf(second).get("signingRequestId"))
        .isNotEqualTo(engine.variablesOf(first).get("signingRequestId"));
  }

  @Test
  void an_instance_that_is_restarted_at_its_end_is_not_reported_as_signed() {
    String first = signed("At the end", "Lease of a flat");

    String second = restart(first, "endEvent_signed");

    await().atMost(PATIENCE).until(() -> engine.endOf(second).isPresent());
    assertThat(status(first)).isEqualTo("signed");
    assertThat(status(second)).isNotEqualTo("signed");
    assertThat(sandbox.requests("At the end")).hasSize(1);
  }

  @Test
  void a_restarted_instance_that_begins_after_the_creation_acts_on_no_request() {
    String first = signed("Act on it", "Lease of a flat");

    String second = restart(first, "serviceTask_cancelSigningRequest");

    assertThat(incidentOf(second)).contains("signingState").contains("another request");
    assertThat(sandbox.requests("Act on it").get(0).path("status").asText()).isEqualTo("complete");
  }

  @Test
  void a_parent_that_hands_everything_on_gets_a_second_request_and_not_the_first_result() {
    deploy("called-twice.bpmn");
    ObjectNode variables = request("First", "First lease");

    String parent = engine.start("called-twice", key, variables);
    sign("First");
    String second = created("Second");

    await().atMost(PATIENCE).until(() -> subInstance(parent, "second") != null);
    String called = subInstance(parent, "second");
    awaitTask(called, "userTask_manageSigning");
    assertThat(status(called)).isEqualTo("awaiting");
    sandbox.sign(second, ANNA);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              wake();
              return engine.endOf(parent).isPresent();
            });
    assertThat(status(called)).isEqualTo("signed");
    assertThat(sandbox.requests("First")).hasSize(1);
  }

  @Test
  void documents_that_are_replaced_after_the_last_signature_stay_what_was_signed() {
    String instance = engine.start(key, request("Too late", "Old text"));
    String request = created("Too late");
    awaitTask(instance, "userTask_manageSigning");
    sandbox.sign(request, ANNA);

    ObjectNode newer = EngineRest.variables();
    putFile(newer, "document1", "new.pdf", Pdfs.withText("New text"));
    engine.message("replaceDocuments", key, newer);

    await().atMost(PATIENCE).until(() -> engine.endOf(instance).isPresent());
    Map<String, Object> result = engine.variablesOf(instance);
    assertThat(result)
        .containsEntry("signingOutcome", "signed")
        .containsEntry("signedDocument1", "lease.pdf");
    assertThat((String) result.get("problem")).contains("were not replaced");
    assertThat(Pdfs.textOf(engine.file(instance, "signedDocument1"))).contains("Old text");
    assertThat(status(instance)).isEqualTo("signed");
  }

  @Test
  void a_phase_that_someone_else_writes_leads_to_no_signed_document() {
    String instance = engine.start(key, request("Not yet", "Lease of a flat"));
    String request = created("Not yet");
    awaitTask(instance, "userTask_manageSigning");
    runtime.setVariable(instance, "signingPhase", "signed");
    runtime.setVariable(instance, "signedFileIds", "[\"" + "0".repeat(24) + "\"]");

    modify(instance, "serviceTask_downloadDocuments");

    await()
        .atMost(PATIENCE)
        .until(() -> "awaiting".equals(engine.variablesOf(instance).get("signingPhase")));
    awaitTask(instance, "userTask_manageSigning");
    assertThat(engine.variablesOf(instance)).doesNotContainKey("signedDocument1");
    assertThat(engine.variablesOf(instance)).containsEntry("signingRequestId", request);
  }

  @Test
  void a_creation_that_is_passed_once_more_finds_its_request() {
    String instance = engine.start(key, request("Once", "Lease of a flat"));
    created("Once");
    awaitTask(instance, "userTask_manageSigning");

    modify(instance, "subProcess_sendSigningRequest");

    await()
        .atMost(PATIENCE)
        .until(() -> !sandbox.requests("Once").isEmpty() && isWaiting(instance));
    assertThat(sandbox.requests("Once")).hasSize(1);
  }

  @Test
  void a_document_of_an_inner_scope_is_sent_with_its_own_bytes() {
    deploy("two-branches.bpmn");
    ObjectNode variables = EngineRest.variables();
    putFile(variables, "lease", "outer.pdf", Pdfs.withText("Outer text"));
    String instance = engine.start("two-branches", key, variables);
    give(instance, "giveA", "inner-a.pdf", "Inner text A");
    give(instance, "giveB", "inner-b.pdf", "Inner text B");

    sandbox.sign(created("Branch A"), ANNA);
    sandbox.sign(created("Branch B"), ANNA);
    awaitTask(instance, "lookA", "lookB");

    assertThat(signedIn(instance, "lookA")).contains("inner-a.pdf", "Inner text A", ANNA);
    assertThat(signedIn(instance, "lookB")).contains("inner-b.pdf", "Inner text B", ANNA);
    assertThat(engine.incidents()).isEmpty();
  }

  @Test
  void two_requests_cannot_keep_their_documents_under_one_name() {
    deploy("one-name.bpmn");
    String instance = engine.start("one-name", key, EngineRest.variables());
    give(instance, "giveA", "a.pdf", "Text A");
    give(instance, "giveB", "b.pdf", "Text B");
    sandbox.sign(created("Branch A"), ANNA);
    awaitTask(instance, "lookA");

    sandbox.sign(created("Branch B"), ANNA);

    assertThat(incidentOf(instance)).contains("signedLease1").contains("signedDocumentName");
    assertThat(Pdfs.textOf(engine.file(instance, "signedLease1"))).contains("Text A");
  }

  private ObjectNode request(String title, String text) {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", title);
    putJson(
        variables, "participants", "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]");
    putFile(variables, "document1", "lease.pdf", Pdfs.withText(text));
    return variables;
  }

  private String signed(String title, String text) {
    String instance = engine.start(key, request(title, text));
    sign(title);
    awaitTaskOrEnd(instance);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              wake();
              return engine.endOf(instance).isPresent();
            });
    return instance;
  }

  private void sign(String title) {
    sandbox.sign(created(title), ANNA);
    wake();
  }

  /** A sweep looks for what has changed, as it does every minute. */
  private void wake() {
    engine.post("/process-definition/key/signing-status-sweep/start", EngineRest.variables());
  }

  private String created(String title) {
    await().atMost(PATIENCE).until(() -> !sandbox.requests(title).isEmpty());
    return sandbox.requests(title).get(0).path("_id").asText();
  }

  private String restart(String instance, String activity) {
    JsonNode before = engine.get("/history/process-instance/" + instance);
    ObjectNode body = JSON.createObjectNode();
    body.putArray("processInstanceIds").add(instance);
    body.putArray("instructions")
        .addObject()
        .put("type", "startBeforeActivity")
        .put("activityId", activity);
    String definition = before.path("processDefinitionId").asText();
    engine.post("/process-definition/" + definition + "/restart", body);
    JsonNode found =
        engine.get(
            "/history/process-instance?sortBy=startTime&sortOrder=desc&maxResults=1&processDefinitionId="
                + definition);
    return found.path(0).path("id").asText();
  }

  private void modify(String instance, String activity) {
    ObjectNode body = JSON.createObjectNode();
    body.putArray("instructions")
        .addObject()
        .put("type", "startBeforeActivity")
        .put("activityId", activity);
    body.withArray("instructions")
        .addObject()
        .put("type", "cancel")
        .put("activityId", "subProcess_followSigningRequest");
    engine.post("/process-instance/" + instance + "/modification", body);
  }

  private boolean isWaiting(String instance) {
    return !engine.userTasks(instance).isEmpty();
  }

  private void give(String instance, String task, String fileName, String text) {
    awaitTask(instance, task);
    ObjectNode variables = EngineRest.variables();
    putFile(variables, "lease", fileName, Pdfs.withText(text));
    String id =
        engine
            .get("/task?taskDefinitionKey=" + task + "&processInstanceId=" + instance)
            .path(0)
            .path("id")
            .asText();
    ObjectNode body = JSON.createObjectNode();
    body.set("variables", variables);
    engine.post("/task/" + id + "/complete", body);
  }

  private String signedIn(String instance, String task) {
    var found = runtime.createExecutionQuery().processInstanceId(instance).activityId(task).list();
    var file =
        runtime.<org.camunda.bpm.engine.variable.value.FileValue>getVariableTyped(
            found.get(0).getId(), "signedLease1");
    try {
      return file.getFilename() + Pdfs.textOf(file.getValue().readAllBytes());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String incidentOf(String instance) {
    await()
        .atMost(PATIENCE)
        .until(() -> runtime.createIncidentQuery().processInstanceId(instance).count() > 0);
    return runtime
        .createIncidentQuery()
        .processInstanceId(instance)
        .list()
        .get(0)
        .getIncidentMessage();
  }

  private String status(String instance) {
    return engine.at("/api").get("/signing-requests/" + instance).path("status").asText();
  }

  private String subInstance(String parent, String activity) {
    return engine
        .get("/history/activity-instance?processInstanceId=" + parent + "&activityId=" + activity)
        .path(0)
        .path("calledProcessInstanceId")
        .textValue();
  }

  private void awaitTask(String instance, String... tasks) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(engine.userTasks(instance)).contains(tasks));
  }

  private void awaitTaskOrEnd(String instance) {
    await().atMost(PATIENCE).until(() -> isWaiting(instance) || engine.endOf(instance).isPresent());
  }

  private void deploy(String resource) {
    repository
        .createDeployment()
        .addClasspathResource(resource)
        .enableDuplicateFiltering(true)
        .name(resource)
        .deploy();
  }
}
