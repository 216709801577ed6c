package fi.signspace.plugin.engine.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Disabling and enabling sweeps, with a real engine. */
class SweepActivationTest {

  private static ProcessEngine engine;

  @BeforeAll
  static void start() {
    engine =
        new StandaloneInMemProcessEngineConfiguration()
            .setProcessEngineName("sweep-switch")
            .setJdbcUrl("jdbc:h2:mem:sweep-switch;DB_CLOSE_DELAY=-1")
            .setJobExecutorActivate(false)
            .buildProcessEngine();
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void disabled_sweeps_do_not_start_until_they_are_enabled() {
    RepositoryService models = engine.getRepositoryService();
    new SweepActivation(models, false).apply(); // there is no sweep to suspend yet
    models.createDeployment().addClasspathResource("processes/signing-status-sweep.bpmn").deploy();

    new SweepActivation(models, false).apply();
    assertThat(sweep().isSuspended()).isTrue();
    assertThat(timers()).isZero();

    new SweepActivation(models, true).apply();
    assertThat(sweep().isSuspended()).isFalse();
    assertThat(timers()).isEqualTo(1);
  }

  private static ProcessDefinition sweep() {
    return engine.getRepositoryService().createProcessDefinitionQuery().singleResult();
  }

  /** Timers that start sweeps and are not suspended. */
  private static long timers() {
    return engine.getManagementService().createJobQuery().timers().active().count();
  }
}
