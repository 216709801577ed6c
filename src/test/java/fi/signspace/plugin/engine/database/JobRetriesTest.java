package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job whose statements the database has cancelled. */
@TestInstance(Lifecycle.PER_CLASS)
class JobRetriesTest {

  private static final int FAILURES = 10;

  private @Nullable RuntimeException failure;
  private ProcessEngine engine;

  @BeforeAll
  void start() {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration.setJdbcUrl("jdbc:h2:mem:" + getClass().getSimpleName());
    configuration.setJobExecutorActivate(false);
    configuration.setHistoryTimeToLive("P1D");
    configuration.setBeans(Map.of("step", (JavaDelegate) this::step));
    configuration.setFailedJobCommandFactory(new JobRetries());
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "a.bpmn",
            Bpmn.createExecutableProcess("job")
                .startEvent()
                .serviceTask()
                .camundaAsyncBefore()
                .camundaDelegateExpression("${step}")
                .endEvent()
                .done())
        .deploy();
  }

  @BeforeEach
  void startJob() {
    failure = null;
    engine.getRuntimeService().startProcessInstanceByKey("job");
  }

  @AfterEach
  void end() {
    ClockUtil.reset();
    engine.getRuntimeService().createProcessInstanceQuery().list().stream()
        .map(ProcessInstance::getId)
        .forEach(id -> engine.getRuntimeService().deleteProcessInstance(id, "ended"));
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  private void step(DelegateExecution execution) {
    if (failure != null) {
      throw failure;
    }
  }

  private Job job() {
    return engine.getManagementService().createJobQuery().singleResult();
  }

  private void fail() {
    ManagementService jobs = engine.getManagementService();
    String id = job().getId();
    assertThatThrownBy(() -> jobs.executeJob(id)).isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40001", "40P01", "57014", "55P03", "25P03", "25P04", "HYT00"})
  void a_job_keeps_its_retries_and_is_executed_once_the_database_works(String state) {
    failure = new ProcessEngineException("persistence", new SQLException("cancelled", state));
    int retries = job().getRetries();

    for (int i = 0; i < FAILURES; i++) {
      fail();
    }

    assertThat(job().getRetries()).isEqualTo(retries);
    assertThat(engine.getRuntimeService().createIncidentQuery().count()).isZero();
    assertThat(executable()).isZero();
    ClockUtil.offset(Duration.ofMinutes(1).toMillis());
    assertThat(executable()).isOne();
    failure = null;
    engine.getManagementService().executeJob(job().getId());
    assertThat(engine.getRuntimeService().createProcessInstanceQuery().count()).isZero();
  }

  private long executable() {
    return engine.getManagementService().createJobQuery().executable().count();
  }

  @Test
  void so_does_a_job_that_met_an_unavailable_database() {
    failure = new DatabaseUnavailableException();
    int retries = job().getRetries();

    fail();

    assertThat(job().getRetries()).isEqualTo(retries);
  }

  @Test
  void a_job_that_failed_for_another_reason_loses_a_retry() {
    failure = new ProcessEngineException("persistence", new SQLException("no such row", "23505"));
    int retries = job().getRetries();

    fail();

    assertThat(job().getRetries()).isEqualTo(retries - 1);
  }
}
