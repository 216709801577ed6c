package fi.signspace.plugin.engine.security.login;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Generates a login secret for the workers in the engine's own process, and provides it through the
 * same properties that remote workers are configured with. It exists in memory only.
 */
public class WorkerSecret implements EnvironmentPostProcessor {

  static final String USER = "signing-worker";

  /** The property that holds the secret for the side that verifies it. */
  public static final String PROPERTY = "signspace.worker.own-secret";

  private static final String CLIENT = "camunda.bpm.client.";
  private static final int BYTES = 32;

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    boolean hasEngine = environment.getProperty("camunda.bpm.enabled", Boolean.class, true);
    if (!hasEngine || StringUtils.hasText(environment.getProperty(CLIENT + "base-url"))) {
      return;
    }
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    environment
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "worker of this process",
                Map.of(
                    PROPERTY,
                    text,
                    CLIENT + "basic-auth.username",
                    USER,
                    CLIENT + "basic-auth.password",
                    text)));
  }
}
