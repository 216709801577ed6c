package fi.signspace.plugin.engine.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.model.ModelCheck;
import fi.signspace.plugin.model.ModelProperties;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an engine reports about a model when it is deployed. */
@ExtendWith(OutputCaptureExtension.class)
class ModelCheckAtDeploymentTest {

  private static ProcessEngine engine;

  @BeforeAll
  static void start() {
    ProcessEngineConfigurationImpl configuration =
        new StandaloneInMemProcessEngineConfiguration()
            .setProcessEngineName("model-check")
            .setJdbcUrl("jdbc:h2:mem:model-check;DB_CLOSE_DELAY=-1")
            .setJobExecutorActivate(false);
    configuration
        .getProcessEnginePlugins()
        .add(
            new ModelCheckAtDeployment(new ModelCheck(new ModelProperties(List.of("hr.archive")))));
    engine = configuration.buildProcessEngine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void a_step_without_a_worker_is_reported_when_its_model_is_deployed(CapturedOutput log) {
    deploy("signspace.uplod");
    deploy("hr.archive");

    assertThat(log).containsOnlyOnce("MODEL ");
    assertThat(log)
        .contains("MODEL lease, version 1 (0 running): the step “Send lease” waits forever")
        .contains("signspace.uplod");
  }

  private static void deploy(String topic) {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("lease")
            .camundaHistoryTimeToLive(1)
            .startEvent()
            .serviceTask("send")
            .name("Send lease")
            .camundaExternalTask(topic)
            .endEvent()
            .done();
    engine.getRepositoryService().createDeployment().addModelInstance("lease.bpmn", model).deploy();
  }
}
