package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.testkit.CleanUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.ServiceTaskBuilder;
import org.camunda.bpm.model.bpmn.builder.StartEventBuilder;
import org.camunda.bpm.model.bpmn.builder.SubProcessBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Processes modelled by analysts, with the real engine, workers and sandbox. */
@EndToEnd
@Tag("long")
class CustomModelsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @LocalServerPort private int port;
  @Autowired private RepositoryService repository;
  @Autowired private RuntimeService runtime;
  @Autowired private StateSeal seal;

  private EngineRest engine;
  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    sandbox.reset();
  }

  @Test
  void a_process_made_of_templates_has_only_its_own_variables() {
    ObjectNode variables = agreement("partner@example.com");
    putFile(variables, "annex1", "annex.pdf", Pdfs.withText("Annex"));

    String instance = start("non-disclosure-agreement", variables);
    String request = requestWith("Non-disclosure agreement with Partner Ltd");
    sandbox.sign(request, "partner@example.com");
    sandbox.sign(request, "own@example.com");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(engine.endOf(instance)).contains("endEvent_agreementSigned"));
    assertThat(engine.variablesOf(instance))
        .containsEntry("agreementRequestId", request)
        .containsEntry("agreementPhase", "signed")
        .containsEntry("signedAgreement1", "nda.pdf")
        .containsEntry("signedAgreement2", "annex.pdf");
    assertThat(processVariables(instance))
        .doesNotContain(
            "signingState", "signingRequestId", "fileIds", "uploadedDocuments", "problem");
    assertThat(files(instance))
        .containsExactlyInAnyOrder(
            "agreement",
            "annex1",
            "signedAgreement1",
            "signedAgreement2",
            "signedAgreementEvidence");
    assertThat(Pdfs.textOf(engine.file(instance, "signedAgreement1")))
        .contains("Secret", "partner@example.com");
    assertThat(engine.incidentsOf(instance)).isEmpty();
  }

  @Test
  void an_input_error_reaches_the_boundary_event_and_is_corrected() {
    String instance = start("non-disclosure-agreement", agreement("nobody"));

    awaitTask(instance, "userTask_correctAgreement");
    assertThat((String) engine.variablesOf(instance).get("agreementProblem")).contains("nobody");
    assertThat(processVariables(instance)).doesNotContain("problem");
    ObjectNode corrected = EngineRest.variables();
    putString(corrected, "partnerEmail", "somebody@example.com");
    EngineRest.putBoolean(corrected, "sendAgain", true);
    complete(instance, corrected);

    String request = requestWith("Non-disclosure agreement with Partner Ltd");
    sandbox.act(request, "cancel");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(engine.endOf(instance)).contains("endEvent_agreementNotSigned"));
  }

  @Test
  void a_contract_is_approved_signed_by_the_call_activity_and_archived() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "employeeName", "Anna Virtanen");
    putFile(variables, "contract", "contract.pdf", Pdfs.withText("Work and pay"));
    putJson(
        variables, "participants", "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]");
    ObjectNode approved = EngineRest.variables();
    EngineRest.putBoolean(approved, "approved", true);

    String instance = start("employment-contract", variables);
    complete(instance, approved);
    String request = requestWith("Employment contract of Anna Virtanen");
    sandbox.sign(request, "anna@example.com");

    awaitTask(instance, "userTask_archiveContract");
    assertThat(engine.variablesOf(instance)).containsEntry("signedContract", "contract.pdf");
    complete(instance, EngineRest.variables());
    assertThat(engine.endOf(instance)).contains("endEvent_contractArchived");
  }

  @Test
  void two_requests_of_one_document_stay_two_despite_lost_responses() {
    repository.createDeployment().addClasspathResource("two-requests.bpmn").deploy();
    sandbox.misbehave(
        """
        [{"operation": "tasks.signingRequest.create", "kind": "cutAfter", "times": 2}]\
        """);
    ObjectNode variables = EngineRest.variables();
    putFile(variables, "lease", "lease.pdf", Pdfs.withText("Lease"));
    putFile(variables, "annex1", "annex.pdf", Pdfs.withText("Annex"));

    String instance = start("two-requests", variables);
    String annas = requestWith("Lease, annas");
    String berts = requestWith("Lease, berts");
    sandbox.sign(annas, "annas@example.com");
    sandbox.sign(berts, "berts@example.com");

    await().atMost(PATIENCE).until(() -> hasEnded(instance));
    assertThat(sandbox.requests()).hasSize(2);
    assertThat(fileIds("Lease, annas"))
        .hasSize(2)
        .doesNotContainAnyElementsOf(fileIds("Lease, berts"));
    assertThat(processVariables(instance))
        .containsExactlyInAnyOrder(
            "lease",
            "annex1",
            "annas1",
            "annas2",
            "annasEvidence",
            "berts1",
            "berts2",
            "bertsEvidence");
    assertThat(Pdfs.textOf(engine.file(instance, "annas1"))).contains("Lease", "annas@example.com");
    assertThat(Pdfs.textOf(engine.file(instance, "berts2"))).contains("Annex", "berts@example.com");
    assertThat(engine.incidentsOf(instance)).isEmpty();
  }

  @Test
  void documents_are_sent_once_although_the_topic_of_another_step_is_an_expression() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("topics")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .serviceTask("upload")
            .camundaExternalTask("signspace.uploadDocument")
            .camundaOutputParameter("uploaded", "${signingState}")
            .serviceTask("first")
            .camundaExternalTask("${'signspace.createSigningRequest'}")
            .camundaInputParameter("signingState", "${uploaded}")
            .camundaOutputParameter("firstState", "${signingState}")
            .serviceTask("second")
            .camundaExternalTask("signspace.createSigningRequest")
            .camundaInputParameter("signingState", "${uploaded}")
            .camundaOutputParameter("secondState", "${signingState}")
            .endEvent()
            .done();
    repository.createDeployment().addModelInstance("topics.bpmn", model).deploy();

    String instance = start("topics", RunningCase.request("Sent once"));

    await().atMost(PATIENCE).until(() -> hasEnded(instance));
    assertThat(sandbox.requests("Sent once")).hasSize(1);
  }

  @Test
  void of_two_parallel_uploads_into_one_variable_no_document_is_lost_without_a_word() {
    String instance = startUploads("uploads", UnaryOperator.identity());

    assertThat(incidentOf(instance)).contains("uploadFirst", "uploadSecond");
    assertThat(engine.userTasks(instance)).isEmpty();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(instance));
  }

  @Test
  void a_sub_process_with_a_variable_of_its_own_uploads_in_parallel() {
    String instance =
        startUploads(
            "uploads-apart", scope -> scope.camundaInputParameter("signingState", "${null}"));

    awaitTask(instance, "done");
    assertThat(engine.incidentsOf(instance)).isEmpty();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(instance));
  }

  /**
   * @param scope sets the variables of the sub-process of the second upload
   */
  private String startUploads(String process, UnaryOperator<SubProcessBuilder> scope) {
    BpmnModelInstance model =
        scope
            .apply(
                Bpmn.createExecutableProcess(process)
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .parallelGateway("fork")
                    .serviceTask("uploadFirst")
                    .camundaExternalTask("signspace.uploadDocument")
                    .camundaInputParameter("documents", "document1")
                    .parallelGateway("join")
                    .userTask("done")
                    .endEvent()
                    .moveToNode("fork")
                    .subProcess())
            .embeddedSubProcess()
            .startEvent()
            .serviceTask("uploadSecond")
            .camundaExternalTask("signspace.uploadDocument")
            .camundaInputParameter("documents", "document2")
            .endEvent()
            .subProcessDone()
            .connectTo("join")
            .done();
    repository.createDeployment().addModelInstance(process + ".bpmn", model).deploy();
    ObjectNode variables = RunningCase.request("Two uploads");
    putFile(variables, "document2", "second.pdf", Pdfs.withText("Second"));
    return start(process, variables);
  }

  @ParameterizedTest
  @CsvSource({"nextCheckAt, ${nextCheckAt}, ${state}", "state, ${signingState}, ${copy}"})
  void a_replacement_whose_state_the_model_loses_is_an_incident(
      String output, String result, String checked) {
    BpmnModelInstance model =
        created(Bpmn.createExecutableProcess("lost-state").camundaHistoryTimeToLive(1).startEvent())
            .camundaOutputParameter("copy", "${signingState}")
            .serviceTask("uploadOther")
            .camundaExternalTask(Topic.UPLOAD_DOCUMENT)
            .camundaInputParameter("documents", "document2")
            .camundaInputParameter("signingState", "${state}")
            .camundaOutputParameter("state", "${signingState}")
            .serviceTask("replace")
            .camundaExternalTask(Topic.REPLACE_DOCUMENTS)
            .camundaInputParameter("signingState", "${state}")
            .camundaOutputParameter(output, result)
            .userTask("replaced")
            .serviceTask("check")
            .camundaExternalTask(Topic.CHECK_STATUS)
            .camundaInputParameter("signingState", checked)
            .camundaOutputParameter("signingPhase", "${signingPhase}")
            .endEvent()
            .done();
    repository.createDeployment().addModelInstance("lost-state.bpmn", model).deploy();
    ObjectNode variables = RunningCase.request("Lost state " + checked);
    putFile(variables, "document2", "second.pdf", Pdfs.withText("Second"));
    String instance = start("lost-state", variables);
    awaitTask(instance, "replaced");
    sandbox.act(requestWith("Lost state " + checked), "cancel");

    completeTask(instance, "replaced");

    assertThat(incidentOf(instance)).contains("documents were replaced after it was written");
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(instance));
  }

  @Test
  void a_replacement_beside_a_slow_check_is_not_undone_in_a_scope() {
    BpmnModelInstance model =
        created(
                Bpmn.createExecutableProcess("replaced-in-a-scope")
                    .camundaHistoryTimeToLive(1)
                    .startEvent()
                    .subProcess()
                    .camundaInputParameter("state", "${null}")
                    .embeddedSubProcess()
                    .startEvent())
            .parallelGateway("fork")
            .userTask("beforeCheck")
            .serviceTask("check")
            .camundaExternalTask(Topic.CHECK_STATUS)
            .camundaInputParameter("signingState", "${state}")
            .camundaOutputParameter("state", "${signingState}")
            .userTask("checked")
            .endEvent()
            .moveToNode("fork")
            .serviceTask("uploadOther")
            .camundaExternalTask(Topic.UPLOAD_DOCUMENT)
            .camundaInputParameter("documents", "document2")
            .camundaInputParameter("signingState", "${state}")
            .camundaOutputParameter("state", "${signingState}")
            .userTask("beforeReplacement")
            .serviceTask("replace")
            .camundaExternalTask(Topic.REPLACE_DOCUMENTS)
            .camundaInputParameter("signingState", "${state}")
            .camundaOutputParameter("state", "${signingState}")
            .userTask("replaced")
            .endEvent()
            .subProcessDone()
            .endEvent()
            .done();
    repository.createDeployment().addModelInstance("replaced-in-a-scope.bpmn", model).deploy();
    ObjectNode variables = RunningCase.request("Replaced in a scope");
    putFile(variables, "document2", "second.pdf", Pdfs.withText("Second"));
    String instance = start("replaced-in-a-scope", variables);
    awaitTasks(instance, "beforeCheck", "beforeReplacement");
    sandbox.misbehave(
        """
        [{"operation": "tasks.get", "kind": "latency", "latency": "PT5S", "times": 1}]\
        """);

    completeTask(instance, "beforeCheck");
    await().atMost(PATIENCE).until(() -> sandbox.faults().get(0).get("met").asInt() == 1);
    completeTask(instance, "beforeReplacement");

    awaitTasks(instance, "checked", "replaced");
    String state =
        engine
            .get("/variable-instance?variableName=state&processInstanceIdIn=" + instance)
            .get(0)
            .get("value")
            .asText();
    assertThat(seal.open(state).requireRequest().documents())
        .extracting(SentDocument::fileName)
        .containsExactly("second.pdf");
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(instance));
  }

  /** Uploads a document and creates a request, with the variable {@code state}. */
  private static ServiceTaskBuilder created(StartEventBuilder start) {
    return start
        .serviceTask("upload")
        .camundaExternalTask(Topic.UPLOAD_DOCUMENT)
        .camundaInputParameter("documents", "document1")
        .camundaOutputParameter("state", "${signingState}")
        .serviceTask("create")
        .camundaExternalTask(Topic.CREATE_SIGNING_REQUEST)
        .camundaInputParameter("signingState", "${state}")
        .camundaOutputParameter("state", "${signingState}");
  }

  private void awaitTasks(String instance, String... userTasks) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(engine.userTasks(instance)).containsExactlyInAnyOrder(userTasks));
  }

  private void completeTask(String instance, String userTask) {
    String id =
        engine
            .get("/task?processInstanceId=%s&taskDefinitionKey=%s".formatted(instance, userTask))
            .get(0)
            .get("id")
            .asText();
    engine.post("/task/" + id + "/complete", new ObjectMapper().createObjectNode());
  }

  @Test
  void a_process_that_cannot_continue_is_an_incident_with_the_reason() {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("misspelt")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .serviceTask("upload")
            .camundaExternalTask("signspace.uploadDocument")
            .userTask()
            .camundaInputParameter("files", "${fieldIds}")
            .endEvent()
            .done();
    repository.createDeployment().addModelInstance("misspelt.bpmn", model).deploy();
    ObjectNode variables = EngineRest.variables();
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));

    String instance = start("misspelt", variables);

    assertThat(incidentOf(instance)).contains("cannot continue", "${fieldIds}");
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceId(instance));
  }

  private String incidentOf(String instance) {
    String query = "/incident?processInstanceId=" + instance;
    await().atMost(PATIENCE).until(() -> !engine.get(query).isEmpty());
    return engine.get(query).get(0).get("incidentMessage").asText();
  }

  private static ObjectNode agreement(String partner) {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "partnerName", "Partner Ltd");
    putString(variables, "partnerEmail", partner);
    putString(variables, "ownEmail", "own@example.com");
    // names with another meaning in the product's process
    putString(variables, "title", "Dr.");
    putString(variables, "dueDate", "never");
    putFile(variables, "agreement", "nda.pdf", Pdfs.withText("Secret"));
    return variables;
  }

  private String start(String process, ObjectNode variables) {
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.set("variables", variables);
    return engine.post("/process-definition/key/" + process + "/start", body).get("id").asText();
  }

  private String requestWith(String title) {
    await().atMost(PATIENCE).until(() -> !sandbox.requests(title).isEmpty());
    return sandbox.requests(title).get(0).get("_id").asText();
  }

  private Set<String> fileIds(String title) {
    Set<String> ids = new HashSet<>();
    sandbox.requests(title).get(0).get("files").forEach(file -> ids.add(file.toString()));
    return ids;
  }

  private void awaitTask(String instance, String userTask) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(engine.userTasks(instance)).isEqualTo(List.of(userTask)));
  }

  private void complete(String instance, ObjectNode variables) {
    JsonNode task = engine.get("/task?processInstanceId=" + instance).get(0);
    ObjectNode body = new ObjectMapper().createObjectNode();
    body.set("variables", variables);
    engine.post("/task/" + task.get("id").asText() + "/complete", body);
  }

  private boolean hasEnded(String instance) {
    return !engine.get("/history/process-instance/" + instance).get("endTime").isNull();
  }

  /** The process variables of the instance, without local ones. */
  private List<String> processVariables(String instance) {
    return names(
        "/history/variable-instance?deserializeValues=false&processInstanceId=%s&activityInstanceIdIn=%s"
            .formatted(instance, instance));
  }

  /** All scopes: a mapping would have created a copy of a file. */
  private List<String> files(String instance) {
    return names(
        "/history/variable-instance?deserializeValues=false&processInstanceId=%s&variableTypeIn=file"
            .formatted(instance));
  }

  private List<String> names(String query) {
    List<String> names = new ArrayList<>();
    engine.get(query).forEach(variable -> names.add(variable.get("name").asText()));
    return names;
  }
}
