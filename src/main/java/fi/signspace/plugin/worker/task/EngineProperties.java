package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.http.HttpAddress;
import java.util.List;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.camunda.bpm.client.interceptor.auth.BasicAuthProvider;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The engine that the workers serve ({@code camunda.bpm.client.*}, the names that Camunda's own
 * client starter uses).
 *
 * @param baseUrl the URL of its REST API; the embedded engine by default
 * @param basicAuth the workers' credentials there
 */
@ConfigurationProperties("camunda.bpm.client")
public record EngineProperties(@Nullable HttpAddress baseUrl, @DefaultValue Login basicAuth) {

  public EngineProperties {
    baseUrl = baseUrl == null ? null : baseUrl.asBase();
  }

  /** Credentials of the engine; anonymous without name or password. */
  public record Login(@Nullable String username, @Nullable String password) {

    public boolean isGiven() {
      return !user().isBlank() && !secret().isBlank();
    }

    /** Adds the credentials to the requests of the task client. */
    public List<ClientRequestInterceptor> interceptors() {
      return isGiven() ? List.of(new BasicAuthProvider(user(), secret())) : List.of();
    }

    public String user() {
      return username == null ? "" : username;
    }

    public String secret() {
      return password == null ? "" : password;
    }

    /** Omits the password. */
    @Override
    public String toString() {
      return "Login[username=%s]".formatted(username);
    }
  }

  public boolean isRemote() {
    return baseUrl != null;
  }
}
