package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fi.signspace.plugin.process.SigningProcess;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;

/** What others hold on to: changing one of these words breaks a caller, a form or a worker. */
class SigningRequestContractTest {

  private final Model model = Model.named("signing-request");
  private final Process process = model.all(Process.class).iterator().next();

  @Test
  void theProcessIsCalledSigningRequest() {
    assertThat(process.getId()).isEqualTo("signing-request").isEqualTo(SigningProcess.KEY);
    assertThat(process.isExecutable()).isTrue();
  }

  @Test
  void theStartHasItsForm() {
    assertThat(own(StartEvent.class, StartEvent::getCamundaFormKey))
        .containsExactly(
            entry("startEvent_signingRequested", "embedded:deployment:forms/start-signing.html"));
  }

  @Test
  void everyTopicHasItsTask() {
    Set<String> topics =
        model.all(ServiceTask.class).stream()
            .map(ServiceTask::getCamundaTopic)
            .collect(Collectors.toSet());

    assertThat(topics)
        .containsExactlyInAnyOrder(
            "signspace.uploadDocument",
            "signspace.createSigningRequest",
            "signspace.checkStatus",
            "signspace.downloadDocument",
            "signspace.cancelSigningRequest",
            "signspace.reopenSigningRequest",
            "signspace.replaceDocuments");
  }

  @Test
  void everyMessageIsKnown() {
    assertThat(model.all(Message.class))
        .extracting(Message::getName)
        .containsExactlyInAnyOrder(
            "checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments")
        .containsExactlyInAnyOrderElementsOf(Words.MESSAGES);
  }

  @Test
  void theOnlyErrorIsARequestThatAPersonCanCorrect() {
    assertThat(model.all(Error.class))
        .extracting(Error::getErrorCode)
        .containsExactly("signspace.requestRejected")
        .containsExactly(SigningProcess.REQUEST_REJECTED);
  }

  @Test
  void everyUserTaskHasItsForm() {
    Map<String, String> forms =
        model.all(UserTask.class).stream()
            .collect(Collectors.toMap(UserTask::getId, UserTask::getCamundaFormKey));

    assertThat(forms)
        .containsOnly(
            entry("userTask_manageSigning", "embedded:deployment:forms/manage-signing.html"),
            entry("userTask_decideCancelled", "embedded:deployment:forms/decide-cancelled.html"),
            entry("userTask_correctRequest", "embedded:deployment:forms/correct-request.html"),
            entry("userTask_resolveProblem", "embedded:deployment:forms/resolve-problem.html"));
  }

  @Test
  void everyUserTaskIsForTheSigningClerks() {
    assertThat(model.all(UserTask.class))
        .extracting(UserTask::getCamundaCandidateGroups)
        .containsOnly("signing-clerks");
  }

  @Test
  void theProcessEndsSignedCancelledOrAbandoned() {
    assertThat(own(EndEvent.class, EndEvent::getName))
        .containsOnlyKeys("endEvent_signed", "endEvent_cancelled", "endEvent_abandoned");
  }

  /** The elements of the process itself, without those of its sub-processes. */
  private <T extends FlowElement> Map<String, String> own(
      Class<T> type, Function<T, String> property) {
    return process.getChildElementsByType(type).stream()
        .collect(Collectors.toMap(FlowElement::getId, property));
  }
}
