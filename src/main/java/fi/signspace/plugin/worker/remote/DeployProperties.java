package fi.signspace.plugin.worker.remote;

import fi.signspace.plugin.worker.task.EngineProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Deployment of the processes and forms to a remote engine on start ({@code signspace.deploy.*}).
 *
 * @param enabled whether to deploy
 * @param username a user that may deploy there; by default the workers' user, which should not have
 *     that permission
 * @param password the password of that user
 */
@ConfigurationProperties("signspace.deploy")
record DeployProperties(
    @DefaultValue("false") boolean enabled, @Nullable String username, @Nullable String password) {

  EngineProperties.Login loginOr(EngineProperties.Login workers) {
    EngineProperties.Login own = new EngineProperties.Login(username, password);
    return own.isGiven() ? own : workers;
  }

  /** Omits the password. */
  @Override
  public String toString() {
    return "DeployProperties[enabled=%s, username=%s]".formatted(enabled, username);
  }
}
