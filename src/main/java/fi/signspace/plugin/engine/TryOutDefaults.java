package fi.signspace.plugin.engine;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * In the try-out, when neither a SignSpace nor an admin user is configured, {@code demo} with
 * password {@code demo} exists.
 */
class TryOutDefaults implements EnvironmentPostProcessor {

  private static final String ADMIN = "camunda.bpm.admin-user.id";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (isSet(environment, "signspace.api-url") || isSet(environment, ADMIN)) {
      return;
    }
    environment
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "try-out",
                Map.of(
                    ADMIN,
                    "demo",
                    "camunda.bpm.admin-user.password",
                    "demo",
                    "camunda.bpm.admin-user.first-name",
                    "Demo",
                    "camunda.bpm.admin-user.last-name",
                    "User")));
  }

  private static boolean isSet(ConfigurableEnvironment environment, String property) {
    return Binder.get(environment)
        .bind(property, String.class)
        .map(v -> !v.isBlank())
        .orElse(false);
  }
}
