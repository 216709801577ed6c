package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every path through the examples; the test acts for workers and people. */
class ExamplePathTest {

  private static final String WORKER = "example-test";
  private static final FileValue PDF =
      Variables.fileValue("a.pdf").mimeType("application/pdf").file(new byte[] {1}).create();

  private final ProcessEngine engine = PathEngine.get();
  private @Nullable ProcessInstance instance;

  @AfterEach
  void clean_up() {
    engine.getRuntimeService().createProcessInstanceQuery().rootProcessInstances().list().stream()
        .filter(found -> !found.getProcessDefinitionId().startsWith(SigningProcess.KEY))
        .forEach(
            found ->
                engine
                    .getRuntimeService()
                    .deleteProcessInstanceIfExists(found.getId(), "", true, true, true, false));
  }

  // ---- employment contract

  @Test
  void a_contract_that_is_not_approved_is_not_sent() {
    start("employment-contract", contract());

    complete("userTask_approveContract", Map.of("approved", false));

    assertThat(instance).isEnded().hasPassed("endEvent_contractRejected");
  }

  @Test
  void an_approved_contract_is_signed_through_a_signing_request() {
    start("employment-contract", contract());

    complete("userTask_approveContract", Map.of("approved", true));

    ProcessInstance request = calledInstance();
    Map<String, Object> given = engine.getRuntimeService().getVariables(request.getId());
    assertThat(given)
        .containsEntry("title", "Employment contract of Anna")
        .containsKeys("document1", "participants");
    assertThat(request.getBusinessKey()).isEqualTo("contract-1");
  }

  @Test
  void a_signed_contract_is_archived() {
    start("employment-contract", contract());
    complete("userTask_approveContract", Map.of("approved", true));

    endCalled("signed");
    complete("userTask_archiveContract", Map.of("archivePlace", "room 12"));

    assertThat(instance).isEnded().hasPassed("endEvent_contractArchived");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "abandoned"})
  void a_contract_that_is_not_signed_is_not_archived(String outcome) {
    start("employment-contract", contract());
    complete("userTask_approveContract", Map.of("approved", true));

    endCalled(outcome);

    assertThat(instance).isEnded().hasPassed("endEvent_contractNotSigned");
  }

  // ---- non-disclosure agreement

  @Test
  void the_process_waits_until_an_agreement_is_signed() {
    start("non-disclosure-agreement", agreement());
    uploadAndSend();
    check("awaiting");

    check("signed");
    work(Topic.DOWNLOAD_DOCUMENT, Map.of("downloadedFileIds", "[]"));

    assertThat(instance).isEnded().hasPassed("endEvent_agreementSigned");
  }

  @Test
  void results_are_mapped_to_variables_of_the_example() {
    start("non-disclosure-agreement", agreement());

    uploadAndSend();

    assertThat(engine.getRuntimeService().getVariables(running().getId()))
        .containsEntry("agreementRequestId", "r1")
        .containsEntry("agreementState", "sent")
        .doesNotContainKeys("signingState", "signingRequestId", "fileIds", "title", "nextCheckAt");
  }

  @Test
  void an_agreement_that_was_cancelled_is_not_signed() {
    start("non-disclosure-agreement", agreement());
    uploadAndSend();

    check("cancelled");

    assertThat(instance).isEnded().hasPassed("endEvent_agreementNotSigned");
  }

  @ParameterizedTest
  @CsvSource({"cancelled, endEvent_agreementNotSigned", "signed, serviceTask_downloadAgreement"})
  void an_agreement_with_a_problem_is_cancelled_unless_that_comes_too_late(
      String phase, String next) {
    start("non-disclosure-agreement", agreement());
    uploadAndSend();
    check("problem");

    work(Topic.CANCEL_SIGNING_REQUEST, nulls("refusal"));
    check(phase);

    assertThat(instance).hasPassed("serviceTask_cancelAgreement");
    if (phase.equals("signed")) {
      assertThat(instance).isWaitingAt(next);
    } else {
      assertThat(instance).isEnded().hasPassed(next);
    }
  }

  @Test
  void an_agreement_that_is_rejected_at_its_upload_is_sent_again() {
    start("non-disclosure-agreement", agreement());

    reject(Topic.UPLOAD_DOCUMENT);
    assertThat(engine.getRuntimeService().getVariable(running().getId(), "agreementProblem"))
        .isEqualTo("The file is empty.");
    complete("userTask_correctAgreement", Map.of("sendAgain", true));

    assertThat(instance).isWaitingAt("serviceTask_uploadAgreement");
  }

  @Test
  void an_agreement_that_signspace_rejects_is_abandoned() {
    start("non-disclosure-agreement", agreement());
    work(Topic.UPLOAD_DOCUMENT, results("signingState", "uploaded"));

    reject(Topic.CREATE_SIGNING_REQUEST);
    complete("userTask_correctAgreement", Map.of("sendAgain", false));

    assertThat(instance).isEnded().hasPassed("endEvent_agreementGivenUp");
  }

  private void uploadAndSend() {
    work(Topic.UPLOAD_DOCUMENT, results("signingState", "uploaded"));
    work(
        Topic.CREATE_SIGNING_REQUEST,
        results(
            "signingRequestId", "r1",
            "signingState", "sent",
            "nextCheckAt", SigningCase.NEXT_YEAR));
  }

  private void check(String phase) {
    Job timer =
        engine
            .getManagementService()
            .createJobQuery()
            .processInstanceId(running().getId())
            .singleResult();
    engine.getManagementService().executeJob(timer.getId());
    work(
        Topic.CHECK_STATUS,
        results(
            "signingPhase",
            phase,
            "signingState",
            "checked",
            "nextCheckAt",
            SigningCase.NEXT_YEAR,
            "problem",
            ""));
  }

  // ---- actions of workers and people

  private void start(String process, Map<String, Object> variables) {
    instance =
        engine.getRuntimeService().startProcessInstanceByKey(process, "contract-1", variables);
  }

  private ProcessInstance running() {
    assertThat(instance).isNotNull().isActive();
    return Objects.requireNonNull(instance);
  }

  private void complete(String userTask, Map<String, Object> variables) {
    String id =
        engine
            .getTaskService()
            .createTaskQuery()
            .processInstanceId(running().getId())
            .taskDefinitionKey(userTask)
            .singleResult()
            .getId();
    engine.getTaskService().complete(id, variables);
  }

  private void work(String topic, Map<String, Object> results) {
    engine.getExternalTaskService().complete(fetch(topic), WORKER, Map.of(), results);
  }

  private void reject(String topic) {
    engine
        .getExternalTaskService()
        .handleBpmnError(
            fetch(topic), WORKER, SigningProcess.REQUEST_REJECTED, "The file is empty.");
  }

  private String fetch(String topic) {
    ExternalTask task =
        engine
            .getExternalTaskService()
            .createExternalTaskQuery()
            .processInstanceId(running().getId())
            .topicName(topic)
            .singleResult();
    assertThat(task).as("task of %s", topic).isNotNull();
    engine.getExternalTaskService().lock(task.getId(), WORKER, 60_000);
    return task.getId();
  }

  private ProcessInstance calledInstance() {
    return engine
        .getRuntimeService()
        .createProcessInstanceQuery()
        .superProcessInstanceId(running().getId())
        .singleResult();
  }

  /** Ends the called process on behalf of all its participants. */
  private void endCalled(String outcome) {
    String called = calledInstance().getId();
    engine
        .getRuntimeService()
        .createProcessInstanceModification(called)
        .cancelAllForActivity("serviceTask_uploadDocuments")
        .startBeforeActivity("endEvent_" + outcome)
        .setVariable("signedDocument1", PDF)
        .execute();
  }

  private static Map<String, Object> contract() {
    return Map.of(
        "employeeName", "Anna",
        "employeeEmail", "anna@example.com",
        "participants", "[]",
        "contract", PDF);
  }

  private static Map<String, Object> agreement() {
    return Map.of(
        "partnerName", "Partner",
        "partnerEmail", "partner@example.com",
        "ownEmail", "own@example.com",
        "agreement", PDF);
  }

  private static Map<String, Object> results(String... namesAndValues) {
    Map<String, Object> results = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      results.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return results;
  }

  private static Map<String, Object> nulls(String name) {
    return Variables.createVariables().putValueTyped(name, Variables.untypedNullValue());
  }
}
