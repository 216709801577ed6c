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

/** The public names of the model: changing one breaks callers, forms or workers. */
class SigningRequestContractTest {

  private final Model model = Model.named("signing-request");
  private final Process process = model.all(Process.class).iterator().next();

  @Test
  void the_process_is_called_signing_request() {
    assertThat(process.getId()).isEqualTo("signing-request").isEqualTo(SigningProcess.KEY);
    assertThat(process.isExecutable()).isTrue();
  }

  @Test
  void the_start_has_its_form() {
    assertThat(own(StartEvent.class, StartEvent::getCamundaFormKey))
        .containsExactly(
            entry("startEvent_signingRequested", "embedded:deployment:forms/start-signing.html"));
  }

  @Test
  void every_topic_has_its_task() {
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
  void the_messages_are_known() {
    assertThat(model.all(Message.class))
        .extracting(Message::getName)
        .containsExactlyInAnyOrder(
            "checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments")
        .containsExactlyInAnyOrderElementsOf(SharedNames.SIGNING_MESSAGES);
  }

  @Test
  void the_only_error_is_a_request_that_a_person_can_correct() {
    assertThat(model.all(Error.class))
        .extracting(Error::getErrorCode)
        .containsExactly("signspace.requestRejected")
        .containsExactly(SigningProcess.REQUEST_REJECTED);
  }

  @Test
  void every_user_task_has_its_form() {
    Map<String, String> forms =
        model.all(UserTask.class).stream()
            .collect(Collectors.toMap(UserTask::getId, UserTask::getCamundaFormKey));

    assertThat(forms)
        .containsOnly(
            entry("userTask_manageSigning", "embedded:deployment:forms/manage-signing.html"),
            entry("userTask_decideCancelled", "embedded:deployment:forms/decide-cancelled.html"),
            entry("userTask_correctRequest", "embedded:deployment:forms/correct-request.html"),
            entry("userTask_remindSigners", "embedded:deployment:forms/remind-signers.html"),
            entry("userTask_resolveProblem", "embedded:deployment:forms/resolve-problem.html"));
  }

  @Test
  void every_user_task_is_for_the_signing_clerks() {
    assertThat(model.all(UserTask.class))
        .extracting(UserTask::getCamundaCandidateGroups)
        .containsOnly("signing-clerks");
  }

  @Test
  void the_process_ends_signed_cancelled_or_abandoned() {
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
