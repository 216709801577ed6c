package fi.signspace.plugin.engine.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.testkit.SettableClock;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FewQueriesAuthorizationManagerTest {

  private static final String WORKER = "worker";
  private static final String PROCESS = "lease";
  private static final List<String> WORKERS = List.of(SigningGroups.WORKERS);

  private final SettableClock clock = new SettableClock();
  private final ProcessEngine engine = engine(clock);
  private String instance;

  private static ProcessEngine engine(Clock clock) {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("few-queries")
        .setJdbcUrl("jdbc:h2:mem:few-queries")
        .setJobExecutorActivate(false)
        .setHistory(ProcessEngineConfiguration.HISTORY_NONE)
        .setAuthorizationEnabled(true);
    configuration.setCustomSessionFactories(List.of(FewQueriesAuthorizationManager.factory(clock)));
    return configuration.buildProcessEngine();
  }

  @BeforeEach
  void start() {
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "lease.bpmn",
            Bpmn.createExecutableProcess(PROCESS)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask()
                .endEvent()
                .done())
        .deploy();
    instance = engine.getRuntimeService().startProcessInstanceByKey(PROCESS).getId();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void a_grant_applies_at_once_and_its_removal_after_some_seconds() {
    assertRefused(WORKER, WORKERS);

    Authorization grant = grant(Authorization.AUTH_TYPE_GRANT);
    write(WORKER, WORKERS);

    engine.getAuthorizationService().deleteAuthorization(grant.getId());
    write(WORKER, WORKERS);
    clock.advance(WorkerPermissions.TIME);
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
    write(WORKER, WORKERS);
    engine.getAuthorizationService().deleteAuthorization(grant.getId());
    clock.advance(WorkerPermissions.TIME);
    assertRefused(WORKER, WORKERS);
  }

  @Test
  void no_group_is_queried() {
    AuthorizationManager manager =
        (AuthorizationManager) FewQueriesAuthorizationManager.factory(clock).openSession();

    // outside of a command there is no database that could be queried
    assertThat(manager.filterAuthenticatedGroupIds(List.of("clerks", "unknown")))
        .containsExactly("clerks", "unknown");
    assertThat(manager.filterAuthenticatedGroupIds(null)).isEmpty();
  }

  private Authorization grant(int type) {
    engine.getIdentityService().clearAuthentication();
    Authorization grant = engine.getAuthorizationService().createNewAuthorization(type);
    grant.setResource(Resources.PROCESS_DEFINITION);
    grant.setResourceId(PROCESS);
    if (type == Authorization.AUTH_TYPE_GRANT) {
      grant.setGroupId(SigningGroups.WORKERS);
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
