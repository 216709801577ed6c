package fi.signspace.plugin.engine.security;

import fi.signspace.plugin.access.AccessProperties;
import fi.signspace.plugin.engine.security.login.LoginIdentityProvider;
import fi.signspace.plugin.engine.security.login.StoredPasswords;
import fi.signspace.plugin.engine.security.permission.FewQueriesAuthorizationManager;
import fi.signspace.plugin.engine.security.permission.Grants;
import fi.signspace.plugin.engine.security.permission.GroupInitializer;
import fi.signspace.plugin.engine.security.permission.OpenTaskGrants;
import fi.signspace.plugin.engine.security.permission.RecentPermissions;
import fi.signspace.plugin.engine.security.permission.TaskAuthorizationProvider;
import fi.signspace.plugin.engine.security.permission.UserInitializer;
import fi.signspace.plugin.engine.security.permission.WorkerGrants;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Builds the engine with authorizations enabled and with the required groups and users. Comes last,
 * since another plugin creates the first admin.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
@ConditionalOnEngine
class EngineHardeningPlugin extends AbstractProcessEnginePlugin {

  /**
   * Pattern for ids of users and groups: the engine's own allows neither a hyphen nor an e-mail
   * address.
   */
  private static final String IDS = "[\\p{L}\\p{N}._@+-]+";

  private final AccessProperties properties;
  private final Clock clock;

  EngineHardeningPlugin(AccessProperties properties, Clock clock) {
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setAuthorizationEnabled(true);
    configuration.setGeneralResourceWhitelistPattern(IDS);
    // candidates and assignees may work on a task; the default, UPDATE, would let them change
    // everything about it
    configuration.setDefaultUserPermissionNameForTask(Permissions.TASK_WORK.getName());
    // a variable is text, a number, a file or JSON, never a serialized Java object
    configuration.setJavaSerializationFormatEnabled(false);
    configuration.setDeserializationTypeValidationEnabled(true);
    configuration.setEnableScriptEngineLoadExternalResources(false);
    if (configuration.getIdentityProviderSessionFactory() == null) {
      configuration.setIdentityProviderSessionFactory(LoginIdentityProvider.factory());
    }
    configuration.setResourceAuthorizationProvider(new TaskAuthorizationProvider());
    var permissions = new RecentPermissions(clock);
    configuration.setCustomPostDeployers(List.of(new WorkerGrants(permissions)));
    configuration.setCustomSessionFactories(
        List.of(new FewQueriesAuthorizationManager.Factory(permissions)));
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    IdentityService identities = engine.getIdentityService();
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    new GroupInitializer(identities, new Grants(engine.getAuthorizationService()))
        .initialize(properties);
    WorkerGrants.renew(engine.getAuthorizationService());
    new OpenTaskGrants(configuration.getDataSource(), configuration.getDatabaseTablePrefix())
        .narrow();
    new UserInitializer(identities, new StoredPasswords(configuration.getPasswordManager()))
        .initialize(properties);
  }
}
