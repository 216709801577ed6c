package fi.signspace.plugin.engine.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a worker's fetch reads of each task, in an H2 database with many instances. */
class DatabaseIndexesTest {

  private static final String VARIABLES_OF_A_TASK =
      "explain select * from ACT_RU_VARIABLE"
          + " where EXECUTION_ID_ = ? and TASK_ID_ is null and NAME_ in ('first', 'second')";

  private ProcessEngine engine;
  private JdbcTemplate database;
  private DatabaseIndexes indexes;

  @BeforeEach
  void start() {
    ProcessEngineConfigurationImpl configuration =
        new StandaloneInMemProcessEngineConfiguration()
            .setJdbcUrl("jdbc:h2:mem:" + getClass().getSimpleName());
    engine =
        configuration
            .setProcessEngineName(getClass().getSimpleName())
            .setJobExecutorActivate(false)
            .buildProcessEngine();
    database = new JdbcTemplate(configuration.getDataSource());
    indexes = new DatabaseIndexes(configuration.getDataSource());
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "waiting.bpmn",
            Bpmn.createExecutableProcess("waiting")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask()
                .endEvent()
                .done())
        .deploy();
    for (int i = 0; i < 50; i++) {
      engine
          .getRuntimeService()
          .startProcessInstanceByKey("waiting", Map.of("first", i, "second", i, "third", i));
    }
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void the_variables_of_a_task_are_found_by_its_execution() {
    assertThat(plan()).contains("ACT_IDX_VARIABLE_TASK_");

    indexes.postProcessEngineBuild(engine);

    assertThat(plan()).contains("SIGNSPACE_IDX_VARIABLE_EXECUTION");
  }

  @Test
  void an_index_is_created_once() {
    indexes.postProcessEngineBuild(engine);
    indexes.postProcessEngineBuild(engine);

    assertThat(plan()).contains("SIGNSPACE_IDX_VARIABLE_EXECUTION");
  }

  private String plan() {
    return database.queryForObject(VARIABLES_OF_A_TASK, String.class, "an execution");
  }
}
