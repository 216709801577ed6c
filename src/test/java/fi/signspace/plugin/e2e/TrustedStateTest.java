package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.CleanUp;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Only signed documents are reported as signed, regardless of an instance's variables: over real
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
    engine.deleteInstancesWithIncidents();
    sandbox = new SandboxControl(port);
    sandbox.reset();
    key = "trust-" + System.nanoTime();
  }

  @AfterEach
  void leaveNoIncident() {
    sandbox.behave();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().withIncident());
  }

  @Test
  void a_restarted_instance_creates_its_own_request() {
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
  void a_parent_that_passes_all_variables_gets_a_second_request() {
    deploy("called-twice.bpmn");
    ObjectNode variables = request("First", "First lease");

    String parent = engine.start("called-twice", key, variables);
    sign("First");
    String second = created("Second");

    await().atMost(PATIENCE).until(() -> subInstance(parent, "second") != null);
    String called = subInstance(parent, "second");
    awaitTask(called, "userTask_manageSigning");
    assertThat(status(called)).isEqualTo("awaiting");
    assertThat(engine.variablesOf(called))
        .doesNotContainKeys("signatures", "signedDocument1", "signingEvidence", "signingOutcome")
        .containsEntry("signaturesCompleted", 0);
    sandbox.sign(second, ANNA);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              startSweep();
              return engine.endOf(parent).isPresent();
            });
    assertThat(status(called)).isEqualTo("signed");
    assertThat(sandbox.requests("First")).hasSize(1);
  }

  @Test
  void a_process_cannot_call_one_of_the_product_itself() {
    BpmnModelInstance caller =
        Bpmn.createExecutableProcess("calls-a-list")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .callActivity()
            .calledElement("bulk-signing")
            .endEvent()
            .done();
    repository.createDeployment().addModelInstance("calls-a-list.bpmn", caller).deploy();

    assertThatThrownBy(() -> runtime.startProcessInstanceByKey("calls-a-list"))
        .hasMessageContaining("bulk-signing is internal");
  }

  /** Camunda lets anyone create a case, and so start any process with any variables. */
  @Test
  void there_are_no_cases() {
    String id =
        repository.createDeployment().addString("signing.cmmn", "not read").deploy().getId();

    assertThat(repository.getDeploymentResourceNames(id)).containsExactly("signing.cmmn");
    assertThat(repository.createCaseDefinitionQuery().count()).isZero();
    // another engine on this database needs their tables
    assertThat(engine.get("/history/case-instance/count").get("count").asInt()).isZero();
  }

  @Test
  void documents_replaced_after_the_last_signature_remain_those_signed() {
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
  void a_phase_written_by_another_user_yields_no_signed_document() {
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
  void a_repeated_creation_step_finds_its_request() {
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
    assertThat(engine.incidentsOf(instance)).isEmpty();
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
    assertThat(
            engine.get(
                "/history/detail?variableUpdates=true&processInstanceId=%s".formatted(instance)))
        .filteredOn(set -> set.path("variableName").asText().equals("creationRecordedAt"))
        .extracting(set -> set.path("activityInstanceId").asText().replaceAll(":.*", ""))
        .containsExactlyInAnyOrder("createA", "createB");
    assertThat(Pdfs.textOf(engine.file(instance, "signedLease1"))).contains("Text A");
  }

  @Test
  void a_state_of_an_earlier_cancellation_proves_no_cancellation() {
    String instance = engine.start(key, request("Reopened", "Lease of a flat"));
    String request = created("Reopened");
    awaitTask(instance, "userTask_manageSigning");
    engine.decide(instance, "userTask_manageSigning", "cancelSigning");
    awaitTask(instance, "userTask_decideCancelled");
    String cancelled = state(instance);
    engine.message("reopenSigning", key, null);
    awaitTask(instance, "userTask_manageSigning");

    asAdmin("PUT", "/variables/signingState", instance, text(cancelled));
    endByHand(instance, "subProcess_followSigningRequest", "endEvent_cancelled");

    assertThat(status(instance)).isEqualTo("unproven");
    assertThat(sandbox.requests("Reopened").get(0).path("_id").asText()).isEqualTo(request);
    assertThat(sandbox.requests("Reopened").get(0).path("status").asText())
        .isNotEqualTo("cancelled");
  }

  @Test
  void a_cancellation_after_which_a_worker_has_reopened_is_no_cancellation() {
    String instance = engine.start(key, request("Half", "Lease of a flat"));
    created("Half");
    awaitTask(instance, "userTask_manageSigning");
    engine.decide(instance, "userTask_manageSigning", "cancelSigning");
    awaitTask(instance, "userTask_decideCancelled");

    endByHand(instance, "subProcess_followSigningRequest", "endEvent_cancelled");

    assertThat(status(instance)).isEqualTo("unproven");
  }

  @Test
  void a_request_that_is_cancelled_and_closed_is_reported_so() {
    String instance = engine.start(key, request("Closed", "Lease of a flat"));
    created("Closed");
    awaitTask(instance, "userTask_manageSigning");
    engine.decide(instance, "userTask_manageSigning", "cancelSigning");
    awaitTask(instance, "userTask_decideCancelled");

    engine.decide(instance, "userTask_decideCancelled", "close");

    await().atMost(PATIENCE).until(() -> engine.endOf(instance).isPresent());
    assertThat(status(instance)).isEqualTo("cancelled");
  }

  @Test
  void an_unconfirmed_creation_whose_state_is_removed_is_not_abandoned() {
    sandbox.misbehave(
        "[{\"operation\": \"tasks.signingRequest.create\", \"kind\": \"status\", \"status\": 500}]");
    String instance = engine.start(key, request("In doubt", "Lease of a flat"));
    await().atMost(PATIENCE).until(() -> sandbox.faults().path(0).path("met").asInt() > 0);

    asAdmin("DELETE", "/variables/signingState", instance, "");
    endByHand(instance, "subProcess_sendSigningRequest", "endEvent_abandoned");

    assertThat(status(instance)).isEqualTo("unproven");
  }

  @Test
  void rejected_input_that_is_given_up_is_reported_as_abandoned() {
    ObjectNode variables = request("Refused", "Lease of a flat");
    sandbox.misbehave(
        "[{\"operation\": \"tasks.signingRequest.create\", \"kind\": \"status\", \"status\": 422}]");
    String instance = engine.start(key, variables);
    awaitTask(instance, "userTask_correctRequest");

    engine.decide(instance, "userTask_correctRequest", "abandon");

    await().atMost(PATIENCE).until(() -> engine.endOf(instance).isPresent());
    assertThat(status(instance)).isEqualTo("abandoned");
  }

  @Test
  void a_request_begun_twice_in_one_instance_is_created_at_most_once() {
    ObjectNode body = JSON.createObjectNode();
    body.put("businessKey", key);
    body.set("variables", request("Twice", "Lease of a flat"));
    for (int i = 0; i < 2; i++) {
      body.withArray("startInstructions")
          .addObject()
          .put("type", "startBeforeActivity")
          .put("activityId", "subProcess_sendSigningRequest");
    }

    String instance =
        new EngineRest(port, Login.OPERATOR)
            .post("/process-definition/key/signing-request/start", body)
            .path("id")
            .asText();

    assertThat(incidentOf(instance))
        .containsAnyOf("runs twice", "older than the history", "was written before");
    assertThat(sandbox.requests("Twice")).hasSizeLessThan(2);
  }

  @Test
  void a_second_creation_during_an_unconfirmed_one_creates_nothing() {
    sandbox.misbehave(
        "[{\"operation\": \"tasks.signingRequest.create\", \"kind\": \"status\", \"status\": 500}]");
    String instance = engine.start(key, request("Beside", "Lease of a flat"));
    await().atMost(PATIENCE).until(() -> sandbox.faults().path(0).path("met").asInt() > 0);

    asAdmin(
        "POST",
        "/modification",
        instance,
        """
        {"instructions": [
          {"type": "startBeforeActivity", "activityId": "serviceTask_createSigningRequest"}]}\
        """);
    sandbox.behave();

    assertThat(incidentOf(instance)).contains("runs twice").contains("Modify");
    assertThat(sandbox.requests("Beside")).hasSizeLessThan(2);
  }

  @Test
  void documents_of_one_step_do_not_replace_those_of_another() {
    repository
        .createDeployment()
        .addModelInstance(
            "two-uploads.bpmn",
            Bpmn.createExecutableProcess("two-uploads")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask("uploadLease")
                .camundaExternalTask("signspace.uploadDocument")
                .camundaInputParameter("documents", "lease")
                .serviceTask("uploadNda")
                .camundaExternalTask("signspace.uploadDocument")
                .camundaInputParameter("documents", "nda")
                .serviceTask("createLease")
                .camundaExternalTask("signspace.createSigningRequest")
                .camundaInputParameter("title", "Lease")
                .camundaInputParameter("participants", ANNA)
                .endEvent()
                .done())
        .deploy();
    ObjectNode variables = EngineRest.variables();
    putFile(variables, "lease", "lease.pdf", Pdfs.withText("Lease"));
    putFile(variables, "nda", "nda.pdf", Pdfs.withText("Agreement"));

    String instance = engine.start("two-uploads", key, variables);

    assertThat(incidentOf(instance)).contains("uploadLease", "uploadNda", "signingState");
    assertThat(sandbox.requests("Lease")).isEmpty();
  }

  /** Moves an instance past its steps to an end event. */
  private void endByHand(String instance, String from, String end) {
    asAdmin(
        "POST",
        "/modification",
        instance,
        """
        {"instructions": [
          {"type": "cancel", "activityId": "%s"},
          {"type": "startBeforeActivity", "activityId": "%s"}]}\
        """
            .formatted(from, end));
    await().atMost(PATIENCE).until(() -> engine.endOf(instance).isPresent());
    assertThat(engine.endOf(instance)).contains(end);
  }

  private String state(String instance) {
    return (String) runtime.getVariable(instance, "signingState");
  }

  private static String text(String value) {
    return JSON.createObjectNode().put("type", "String").put("value", value).toString();
  }

  /** Modifies an instance as a member of signing-admins. */
  private void asAdmin(String method, String path, String instance, String body) {
    assertThat(
            EngineEndpoint.engineRest(port, Login.OPERATOR)
                .send(EngineEndpoint.Call.of(method, "/process-instance/" + instance + path, body))
                .statusCode())
        .isEqualTo(204);
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
              startSweep();
              return engine.endOf(instance).isPresent();
            });
    return instance;
  }

  private void sign(String title) {
    sandbox.sign(created(title), ANNA);
    startSweep();
  }

  /** Runs the sweep that is otherwise scheduled every minute. */
  private void startSweep() {
    engine.post("/process-definition/key/signing-status-sweep/start", EngineRest.variables());
  }

  /** On a busy machine, a creation that begins late is taken for a retry, and waits two minutes. */
  private String created(String title) {
    await().atMost(PATIENCE.multipliedBy(2)).until(() -> !sandbox.requests(title).isEmpty());
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
