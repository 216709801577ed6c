package fi.signspace.plugin.engine.security;

import fi.signspace.plugin.access.AccessProperties;
import fi.signspace.plugin.environment.ConditionalOnEngine;
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
 * Builds the engine with authorizations on, and with the groups and users that it needs. Comes
 * last, as the first admin is made by another plug-in.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
@ConditionalOnEngine
class EngineHardeningPlugin extends AbstractProcessEnginePlugin {

  /** Of users and groups: the engine's own pattern takes no hyphen and no e-mail address. */
  private static final String IDS = "[\\p{L}\\p{N}._@+-]+";

  private final AccessProperties properties;

  EngineHardeningPlugin(AccessProperties properties) {
    this.properties = properties;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setAuthorizationEnabled(true);
    configuration.setGeneralResourceWhitelistPattern(IDS);
    // candidates and assignees do a task; the default, UPDATE, lets them change everything about it
    configuration.setDefaultUserPermissionNameForTask(Permissions.TASK_WORK.getName());
    // a variable is text, a number, a file or JSON: never an object that is brought to life
    configuration.setJavaSerializationFormatEnabled(false);
    configuration.setDeserializationTypeValidationEnabled(true);
    configuration.setEnableScriptEngineLoadExternalResources(false);
    if (configuration.getIdentityProviderSessionFactory() == null) {
      configuration.setIdentityProviderSessionFactory(LoginIdentityProvider.factory());
    }
    configuration.setCustomPostDeployers(List.of(new WorkerGrants()));
    configuration.setCustomSessionFactories(List.of(UnfilteredGroupAuthorizationManager.factory()));
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    IdentityService identities = engine.getIdentityService();
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    new GroupInitializer(identities, new Grants(engine.getAuthorizationService()))
        .initialize(properties);
    WorkerGrants.renew(engine.getAuthorizationService());
    new OpenTaskGrants(engine.getAuthorizationService()).narrow();
    new UserInitializer(identities, new StoredPasswords(configuration.getPasswordManager()))
        .initialize(properties);
  }
}
