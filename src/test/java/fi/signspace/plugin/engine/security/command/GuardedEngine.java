package fi.signspace.plugin.engine.security.command;

import static org.camunda.bpm.engine.authorization.Authorization.ANY;
import static org.camunda.bpm.engine.authorization.Authorization.AUTH_TYPE_GRANT;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;

/**
 * An engine whose users have all of the engine's permissions, so that only the command
 * authorization rejects anything.
 */
final class GuardedEngine {

  static final String ADMIN = "boss";
  static final String SIGNING_ADMIN = "otto";
  static final String WORKER = "worker";
  static final String OTHER = "iris";

  private static final Map<String, List<String>> GROUPS =
      Map.of(
          ADMIN, List.of("camunda-admin"),
          SIGNING_ADMIN, List.of("signing-admins"),
          WORKER, List.of("signing-workers"),
          OTHER, List.of("integrators", "signing-clerks"));

  private static final GuardedEngine INSTANCE = new GuardedEngine();

  private final ProcessEngine engine;

  static GuardedEngine get() {
    return INSTANCE;
  }

  private GuardedEngine() {
    var configuration = new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("guarded")
        .setJdbcUrl("jdbc:h2:mem:guarded;DB_CLOSE_DELAY=-1")
        .setJobExecutorActivate(false)
        .setAuthorizationEnabled(true)
        .setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
    configuration.setEnableCmdExceptionLogging(false);
    configuration.getProcessEnginePlugins().add(new CommandAuthorizationPlugin());
    engine = configuration.buildProcessEngine();
    // a former version and the current one
    deploy(" ");
    deploy("");
    for (Resources resource : Resources.values()) {
      grantAll(resource, "integrators");
      grantAll(resource, "signing-workers");
      grantAll(resource, "signing-admins");
      grantAll(resource, "camunda-admin");
    }
  }

  private void grantAll(Resources resource, String group) {
    Authorization grant = engine.getAuthorizationService().createNewAuthorization(AUTH_TYPE_GRANT);
    grant.setGroupId(group);
    grant.setResource(resource);
    grant.setResourceId(ANY);
    grant.addPermission(Permissions.ALL);
    engine.getAuthorizationService().saveAuthorization(grant);
  }

  private void deploy(String end) {
    engine
        .getRepositoryService()
        .createDeployment()
        .addString("signing-request.bpmn", Models.current() + end)
        .addModelInstance("ordinary.bpmn", Models.ordinary())
        .addModelInstance("lease.bpmn", Models.withStep())
        .enableDuplicateFiltering(true)
        .deploy();
  }

  ProcessEngine engine() {
    return engine;
  }

  /** Runs an action as a user. */
  <T> T as(String user, Supplier<T> action) {
    engine.getIdentityService().setAuthentication(user, GROUPS.get(user));
    try {
      return action.get();
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  void as(String user, Runnable action) {
    as(
        user,
        () -> {
          action.run();
          return user;
        });
  }

  ProcessDefinition definition() {
    return engine
        .getRepositoryService()
        .createProcessDefinitionQuery()
        .processDefinitionKey("signing-request")
        .latestVersion()
        .singleResult();
  }

  ProcessDefinition formerDefinition() {
    return engine
        .getRepositoryService()
        .createProcessDefinitionQuery()
        .processDefinitionKey("signing-request")
        .processDefinitionVersion(1)
        .singleResult();
  }

  /** Starts an instance that waits at an activity. */
  String instanceAt(String activity) {
    return engine
        .getRuntimeService()
        .createProcessInstanceByKey("signing-request")
        .setVariables(
            Map.of(
                "title", "Lease",
                "signingPhase", "awaiting",
                "nextCheckAt", "2999-12-31T00:00:00Z"))
        .startBeforeActivity(activity)
        .execute()
        .getId();
  }

  String taskOf(String instance) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(instance)
        .singleResult()
        .getId();
  }

  String externalTaskOf(String instance) {
    return engine
        .getExternalTaskService()
        .createExternalTaskQuery()
        .processInstanceId(instance)
        .singleResult()
        .getId();
  }

  static FileValue file() {
    return Variables.fileValue("a.pdf").file("a".getBytes(StandardCharsets.UTF_8)).create();
  }
}
