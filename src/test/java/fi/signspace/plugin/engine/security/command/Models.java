package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.process.SigningProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;

/** The models for these tests. */
final class Models {

  private Models() {}

  /** The process as deployed. */
  static String current() {
    try (InputStream model = Models.class.getResourceAsStream("/processes/signing-request.bpmn")) {
      return new String(model.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An analyst's process that uses the same names of variables and messages. */
  static BpmnModelInstance ordinary() {
    return Bpmn.createExecutableProcess("ordinary")
        .camundaHistoryTimeToLive(1)
        .startEvent()
        .userTask("userTask_manageSigning")
        .intermediateCatchEvent()
        .message("checkStatus")
        .serviceTask("service")
        .camundaExternalTask("invoice.book")
        .endEvent()
        .done();
  }

  /** An analyst's own process with a step of ours. */
  static BpmnModelInstance withStep() {
    return Bpmn.createExecutableProcess("lease")
        .camundaHistoryTimeToLive(1)
        .startEvent()
        .serviceTask("create")
        .camundaExternalTask(SigningProcess.Topic.CREATE_SIGNING_REQUEST)
        .endEvent()
        .done();
  }
}
