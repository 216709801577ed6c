package fi.signspace.plugin.engine.security.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.testkit.SettableClock;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class FewQueriesAuthorizationManagerTest {

  private static final String WORKER = "worker";
  private static final String PROCESS = "lease";
  private static final String TOPIC = "signspace.create-request";
  private static final List<String> WORKERS = List.of(SigningGroups.WORKERS);

  private final SettableClock clock = new SettableClock();
  private final RecentPermissions recent = new RecentPermissions(clock);
  private final ProcessEngine engine = engine(recent);
  private String instance;

  private static ProcessEngine engine(RecentPermissions recent) {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("few-queries")
        .setJdbcUrl("jdbc:h2:mem:few-queries")
        .setJobExecutorActivate(false)
        .setHistory(ProcessEngineConfiguration.HISTORY_NONE)
        .setAuthorizationEnabled(true);
    configuration.setCustomSessionFactories(
        List.of(new FewQueriesAuthorizationManager.Factory(recent)));
    return configuration.buildProcessEngine();
  }

  @BeforeEach
  void start() {
    deploy(PROCESS);
    instance = engine.getRuntimeService().startProcessInstanceByKey(PROCESS).getId();
  }

  @AfterEach
  void clear() {
    engine.getIdentityService().clearAuthentication();
    engine.getAuthorizationService().createAuthorizationQuery().list().stream()
        .map(Authorization::getId)
        .forEach(engine.getAuthorizationService()::deleteAuthorization);
    engine.getRepositoryService().createDeploymentQuery().list().stream()
        .map(Deployment::getId)
        .forEach(id -> engine.getRepositoryService().deleteDeployment(id, true));
    recent.forget();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  @Test
  void a_grant_and_its_removal_apply_after_some_seconds() {
    assertRefused(WORKER, WORKERS);

    Authorization grant = grant(Authorization.AUTH_TYPE_GRANT);
    // a permission is never refused because of what is remembered
    write(WORKER, WORKERS);
    clock.advance(RecentPermissions.TIME);
    write(WORKER, WORKERS);

    engine.getAuthorizationService().deleteAuthorization(grant.getId());
    write(WORKER, WORKERS);
    clock.advance(RecentPermissions.TIME);
    assertRefused(WORKER, WORKERS);
  }

  @Test
  void a_permission_is_remembered_for_its_process_user_and_groups_only() {
    grant(Authorization.AUTH_TYPE_GRANT);
    write(WORKER, WORKERS);

    assertRefused(WORKER, List.of());
    assertRefused(WORKER, List.of("clerks"));
    engine.getIdentityService().setAuthentication(WORKER, WORKERS);
    assertThatThrownBy(
            () -> engine.getRuntimeService().deleteProcessInstance(instance, "not permitted"))
        .isInstanceOf(AuthorizationException.class);
  }

  @Test
  void a_revocation_is_respected() {
    Authorization grant = grant(Authorization.AUTH_TYPE_GRANT);
    Authorization revocation = grant(Authorization.AUTH_TYPE_REVOKE);
    assertRefused(WORKER, WORKERS);

    engine.getAuthorizationService().deleteAuthorization(revocation.getId());
    clock.advance(RecentPermissions.TIME);
    write(WORKER, WORKERS);
    engine.getAuthorizationService().deleteAuthorization(grant.getId());
    clock.advance(RecentPermissions.TIME);
    assertRefused(WORKER, WORKERS);
  }

  @Test
  void tasks_are_fetched_from_granted_processes_only() {
    deploy("other");
    engine.getRuntimeService().startProcessInstanceByKey("other");
    assertThat(fetch(WORKERS)).isEmpty();

    grant(Authorization.AUTH_TYPE_GRANT);
    recent.forget();

    assertThat(fetch(List.of())).isEmpty();
    assertThat(fetch(WORKERS)).containsExactly(PROCESS);
  }

  @Test
  void a_revocation_prevents_fetching() {
    grant(Authorization.AUTH_TYPE_GRANT);
    grant(Authorization.AUTH_TYPE_REVOKE);

    assertThat(fetch(WORKERS)).isEmpty();
  }

  @Test
  void no_group_is_queried() {
    AuthorizationManager manager =
        (AuthorizationManager) new FewQueriesAuthorizationManager.Factory(recent).openSession();

    // outside of a command there is no database that could be queried
    assertThat(manager.filterAuthenticatedGroupIds(List.of("clerks", "unknown")))
        .containsExactly("clerks", "unknown");
    assertThat(manager.filterAuthenticatedGroupIds(null)).isEmpty();
  }

  private void deploy(String process) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            process + ".bpmn",
            Bpmn.createExecutableProcess(process)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaExternalTask(TOPIC)
                .endEvent()
                .done())
        .deploy();
  }

  private List<String> fetch(List<String> groups) {
    engine.getIdentityService().setAuthentication(WORKER, groups);
    try {
      return engine
          .getExternalTaskService()
          .fetchAndLock(10, WORKER)
          .topic(TOPIC, 1)
          .execute()
          .stream()
          .map(LockedExternalTask::getProcessDefinitionKey)
          .toList();
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  private Authorization grant(int type) {
    engine.getIdentityService().clearAuthentication();
    Authorization grant = engine.getAuthorizationService().createNewAuthorization(type);
    grant.setResource(Resources.PROCESS_DEFINITION);
    grant.setResourceId(PROCESS);
    if (type == Authorization.AUTH_TYPE_GRANT) {
      grant.setGroupId(SigningGroups.WORKERS);
      grant.addPermission(ProcessDefinitionPermissions.READ_INSTANCE);
      grant.addPermission(ProcessDefinitionPermissions.UPDATE_INSTANCE);
    } else {
      // the permissions of a user outweigh those of his groups
      grant.setUserId(WORKER);
      grant.removePermission(ProcessDefinitionPermissions.UPDATE_INSTANCE);
    }
    return engine.getAuthorizationService().saveAuthorization(grant);
  }

  private void write(String user, List<String> groups) {
    engine.getIdentityService().setAuthentication(user, groups);
    engine.getRuntimeService().setVariable(instance, "note", "x");
    engine.getIdentityService().clearAuthentication();
  }

  private void assertRefused(String user, List<String> groups) {
    assertThatThrownBy(() -> write(user, groups)).isInstanceOf(AuthorizationException.class);
    engine.getIdentityService().clearAuthentication();
  }
}
