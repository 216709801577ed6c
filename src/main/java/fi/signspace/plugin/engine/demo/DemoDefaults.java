package fi.signspace.plugin.engine.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.Profiles;

/**
 * Defaults for trying the product out, applied while no SignSpace is configured: the sandbox is
 * polled often, and user {@code demo} with password {@code demo} exists unless an admin user is
 * configured. Every configured setting takes precedence. Not applied with the {@code production}
 * profile, where missing settings are reported instead of replaced.
 */
public class DemoDefaults implements EnvironmentPostProcessor {

  public static final String SOURCE = "try-out";

  private static final String ADMIN = "camunda.bpm.admin-user.id";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (isSet(environment, "signspace.api-url")
        || environment.acceptsProfiles(Profiles.of("production"))) {
      return;
    }
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("signspace.status-check.first-wait", "3s");
    defaults.put("signspace.status-check.longest-wait", "30s");
    if (!isSet(environment, "spring.mail.host")) {
      // the sandbox takes the mails
      defaults.put("signspace.mail.from", "Signing requests <signing@sandbox.example>");
    }
    if (!isSet(environment, ADMIN)) {
      // demo may run code, so access is limited to this machine and to pages that are not embedded
      // elsewhere
      defaults.put("server.address", "127.0.0.1");
      defaults.put("signspace.allowed-hosts", "localhost,127.0.0.1,[::1]");
      if (isSet(environment, "management.server.port")) {
        defaults.put("management.server.address", "127.0.0.1");
      }
      defaults.put(ADMIN, "demo");
      defaults.put("camunda.bpm.admin-user.password", "demo");
      defaults.put("camunda.bpm.admin-user.first-name", "Demo");
      defaults.put("camunda.bpm.admin-user.last-name", "User");
      defaults.put("camunda.bpm.admin-user.email", "demo@sandbox.example");
      defaults.put("signspace.users.demo.password", "demo");
      defaults.put("signspace.users.demo.groups", "signing-clerks,signing-admins");
    }
    environment.getPropertySources().addLast(new MapPropertySource(SOURCE, defaults));
  }

  private static boolean isSet(ConfigurableEnvironment environment, String property) {
    return Binder.get(environment)
        .bind(property, String.class)
        .map(v -> !v.isBlank())
        .orElse(false);
  }
}
