package fi.signspace.plugin.engine.security.permission;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess;
import java.util.List;
import javax.sql.DataSource;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskAuthorizationProviderTest {

  private static final String GROUP = SigningGroups.CLERKS;

  private final ProcessEngine engine = engine();

  private static ProcessEngine engine() {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("task-authorizations")
        .setJdbcUrl("jdbc:h2:mem:task-authorizations")
        .setJobExecutorActivate(false)
        .setHistory(ProcessEngineConfiguration.HISTORY_NONE)
        .setAuthorizationEnabled(true);
    configuration.setDefaultUserPermissionNameForTask(Permissions.TASK_WORK.getName());
    configuration.setResourceAuthorizationProvider(new TaskAuthorizationProvider());
    return configuration.buildProcessEngine();
  }

  @BeforeEach
  void deploy() {
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "process.bpmn",
            Bpmn.createExecutableProcess(SigningProcess.KEY)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask()
                .camundaCandidateGroups(GROUP)
                .endEvent()
                .done())
        .deploy();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void a_group_without_permission_for_the_process_reads_and_works_on_the_task() {
    String task = start();

    assertThat(granted(task)).isTrue();
    assertThat(tasksOf(GROUP)).isOne();
    assertThat(tasksOf("others")).isZero();
    assertThat(mayWork(task)).isTrue();
  }

  @Test
  void a_group_that_reads_all_tasks_of_the_process_is_only_granted_the_work() {
    grantReadTask();
    String task = start();

    assertThat(granted(task)).isFalse();
    assertThat(tasksOf(GROUP)).isOne();
    assertThat(tasksOf("others")).isZero();
    assertThat(mayWork(task)).isTrue();
  }

  @Test
  void tasks_that_are_open_before_an_upgrade_are_narrowed_once() {
    String task = start();
    grantReadTask();
    DataSource database = engine.getProcessEngineConfiguration().getDataSource();
    OpenTaskGrants grants = new OpenTaskGrants(database, "");

    grants.narrow();
    grants.narrow();

    assertThat(granted(task)).isFalse();
    assertThat(tasksOf(GROUP)).isOne();
    assertThat(mayWork(task)).isTrue();
  }

  private String start() {
    engine.getRuntimeService().startProcessInstanceByKey(SigningProcess.KEY);
    return engine.getTaskService().createTaskQuery().singleResult().getId();
  }

  private void grantReadTask() {
    new Grants(engine.getAuthorizationService())
        .grant(
            GROUP,
            Resources.PROCESS_DEFINITION,
            SigningProcess.KEY,
            ProcessDefinitionPermissions.READ_TASK);
  }

  /** Whether the group has a permission to read this single task. */
  private boolean granted(String task) {
    Authorization grant =
        engine
            .getAuthorizationService()
            .createAuthorizationQuery()
            .groupIdIn(GROUP)
            .resourceType(Resources.TASK)
            .resourceId(task)
            .singleResult();
    return grant.isPermissionGranted(Permissions.READ);
  }

  private boolean mayWork(String task) {
    return engine
        .getAuthorizationService()
        .isUserAuthorized(null, List.of(GROUP), Permissions.TASK_WORK, Resources.TASK, task);
  }

  private long tasksOf(String group) {
    engine.getIdentityService().setAuthentication("someone", List.of(group));
    try {
      return engine.getTaskService().createTaskQuery().count();
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }
}
