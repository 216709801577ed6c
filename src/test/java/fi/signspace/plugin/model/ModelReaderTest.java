package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fi.signspace.plugin.model.ModelReader.ModelledProcess;
import java.util.List;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.builder.SubProcessBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReaderTest {

  @ParameterizedTest
  @CsvSource({
    // source of the state, target of the state, the variable that a step would overwrite
    ",                                          ,             signingState",
    ",                                          signingState, signingState",
    ",                                          stateOfB,     ",
    "${signingState},                           signingState, signingState",
    "${execution.getVariable('signingState')},  signingState, signingState",
    "${execution.getVariable('signingState')},  stateOfB,     ",
    "${stateOfB},                               stateOfB,     stateOfB",
    "'',                                        signingState, ",
  })
  void a_step_keeps_the_state_if_it_reads_and_writes_the_same_variable(
      @Nullable String input, @Nullable String output, @Nullable String kept) {
    var step =
        Bpmn.createExecutableProcess("p")
            .startEvent()
            .serviceTask("upload")
            .camundaExternalTask("signspace.uploadDocument");
    if (input != null) {
      step.camundaInputParameter("signingState", input);
    }
    if (output != null) {
      step.camundaOutputParameter(output, "${signingState}");
    }

    ExternalStep read =
        ModelReader.externalSteps(Bpmn.convertToString(step.endEvent().done())).get(0);

    assertThat(read.stateVariable()).isEqualTo(output == null ? "signingState" : output);
    assertThat(read.keepsState() ? read.stateVariable() : null).isEqualTo(kept);
  }

  @Test
  void a_step_knows_the_sub_processes_around_it_in_its_multi_instance_item() {
    String model =
        Bpmn.convertToString(
            Bpmn.createExecutableProcess("p")
                .startEvent()
                .subProcess("items")
                .multiInstance()
                .cardinality("2")
                .<SubProcessBuilder>multiInstanceDone()
                .embeddedSubProcess()
                .startEvent()
                .subProcess("inner")
                .embeddedSubProcess()
                .startEvent()
                .serviceTask("create")
                .camundaExternalTask("signspace.createSigningRequest")
                .endEvent()
                .subProcessDone()
                .serviceTask("check")
                .camundaExternalTask("signspace.checkStatus")
                .endEvent()
                .subProcessDone()
                .endEvent()
                .done());

    assertThat(ModelReader.externalSteps(model))
        .extracting(
            ExternalStep::id, ExternalStep::isInMultiInstance, ExternalStep::subProcessesInItem)
        .containsExactlyInAnyOrder(
            tuple("create", true, List.of("inner")), tuple("check", true, List.of()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_process_declares_whether_people_start_it(boolean isStartable) {
    String model =
        Bpmn.convertToString(
            Bpmn.createExecutableProcess("p")
                .camundaStartableInTasklist(isStartable)
                .startEvent()
                .endEvent()
                .done());

    assertThat(ModelReader.processes(model)).containsExactly(new ModelledProcess("p", isStartable));
  }
}
