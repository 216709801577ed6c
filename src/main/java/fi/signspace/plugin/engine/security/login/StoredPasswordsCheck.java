package fi.signspace.plugin.engine.security.login;

import fi.signspace.plugin.access.InvalidProductionConfigException;
import fi.signspace.plugin.access.WellKnownPasswords;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * In production, refuses to start with a database in which a user still has a well-known password,
 * most likely from trying the product out. Runs after the configured passwords have been written.
 */
@Component
@Profile("production")
@Order(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnEngine
class StoredPasswordsCheck extends AbstractProcessEnginePlugin {

  private static final int MAX_USERS = 1000;

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    IdentityService identities = engine.getIdentityService();
    if (identities.isReadOnly()) {
      return;
    }
    var configuration = (ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration();
    StoredPasswords stored = new StoredPasswords(configuration.getPasswordManager());
    List<InvalidProductionConfigException.Problem> problems =
        identities.createUserQuery().listPage(0, MAX_USERS).stream()
            .filter(user -> isWellKnown(stored, user))
            .map(
                user ->
                    new InvalidProductionConfigException.Problem(
                        "signspace.users." + user.getId() + ".password",
                        "is a well-known password in the database"))
            .toList();
    if (!problems.isEmpty()) {
      throw new InvalidProductionConfigException(problems);
    }
  }

  private static boolean isWellKnown(StoredPasswords stored, User user) {
    return WellKnownPasswords.of(user.getId()).stream()
        .anyMatch(password -> stored.isPasswordOf(user, password));
  }
}
