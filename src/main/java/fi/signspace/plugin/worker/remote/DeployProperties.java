package fi.signspace.plugin.worker.remote;

import fi.signspace.plugin.worker.task.EngineProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether the processes and forms are deployed to a remote engine on start ({@code
 * signspace.deploy.*}).
 *
 * @param enabled false unless asked for
 * @param username who may deploy there; the workers' own user unless given, which should not have
 *     that right
 * @param password theirs
 */
@ConfigurationProperties("signspace.deploy")
record DeployProperties(
    @DefaultValue("false") boolean enabled, @Nullable String username, @Nullable String password) {

  EngineProperties.Login loginOr(EngineProperties.Login workers) {
    EngineProperties.Login own = new EngineProperties.Login(username, password);
    return own.isGiven() ? own : workers;
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return "DeployProperties[enabled=%s, username=%s]".formatted(enabled, username);
  }
}
