package fi.signspace.plugin.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Profiles;
import org.springframework.util.StringUtils;

/**
 * With the profile {@code production}, refuses to start with what is fine for trying out only.
 * Looks at the whole configuration before anything else does, and names everything that is wrong at
 * once.
 */
class ProductionConfigurationCheck
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

  private static final int MIN_SEAL_SECRET = 32;

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    if (environment.acceptsProfiles(Profiles.of("production"))) {
      List<InvalidProductionConfigException.Problem> problems = new Look(environment).problems();
      if (!problems.isEmpty()) {
        throw new InvalidProductionConfigException(problems);
      }
    }
  }

  /** One look at one configuration. */
  private static final class Look {

    private final ConfigurableEnvironment environment;
    private final List<InvalidProductionConfigException.Problem> problems = new ArrayList<>();

    Look(ConfigurableEnvironment environment) {
      this.environment = environment;
    }

    List<InvalidProductionConfigException.Problem> problems() {
      boolean hasEngine = environment.getProperty("camunda.bpm.enabled", Boolean.class, true);
      lookAtSignSpace(environment.getProperty("signspace.worker.enabled", Boolean.class, true));
      if (hasEngine) {
        lookAtDatabase();
      }
      lookAtPassword("camunda.bpm.admin-user.password", value("camunda.bpm.admin-user.id"));
      lookAtPassword("spring.datasource.password", value("spring.datasource.username"));
      lookAtPassword("signspace.worker.password", "signing-worker");
      lookAtPassword("signspace.ldap.manager-password", "");
      if (!hasEngine || StringUtils.hasText(value("camunda.bpm.client.base-url"))) {
        lookAtPassword(
            "camunda.bpm.client.basic-auth.password",
            value("camunda.bpm.client.basic-auth.username"));
      }
      users().keySet().forEach(id -> lookAtPassword("signspace.users." + id + ".password", id));
      return problems;
    }

    private void lookAtSignSpace(boolean hasWorkers) {
      if (!StringUtils.hasText(value("signspace.api-url"))) {
        add("signspace.api-url", "is missing, so the sandbox would pretend to sign");
      }
      if (!hasWorkers) {
        return;
      }
      for (String property : List.of("token-url", "client-id", "client-secret", "acting-handle")) {
        if (!StringUtils.hasText(value("signspace." + property))) {
          add("signspace." + property, "is missing");
        }
      }
      lookAtPassword("signspace.client-secret", value("signspace.client-id"));
      lookAtSealSecret();
    }

    /** Its signatures are public, so it can be guessed at without a limit. */
    private void lookAtSealSecret() {
      String secret = value("signspace.seal.secret");
      if (StringUtils.hasText(secret) && secret.strip().length() < MIN_SEAL_SECRET) {
        add(
            "signspace.seal.secret",
            "is shorter than %d characters; make one with: openssl rand -base64 32"
                .formatted(MIN_SEAL_SECRET));
      }
    }

    private void lookAtDatabase() {
      String url = value("spring.datasource.url").toLowerCase(Locale.ROOT);
      if (url.isBlank() || url.contains(":mem:")) {
        add("spring.datasource.url", "is a database in memory, which a restart empties");
      }
    }

    private void lookAtPassword(String property, String user) {
      if (WellKnownPasswords.includes(value(property), user)) {
        add(property, "is a well-known password");
      }
    }

    private Map<String, AccessProperties.User> users() {
      return Binder.get(environment)
          .bind("signspace.users", Bindable.mapOf(String.class, AccessProperties.User.class))
          .orElse(Map.of());
    }

    private void add(String property, String problem) {
      problems.add(new InvalidProductionConfigException.Problem(property, problem));
    }

    private String value(String property) {
      return Binder.get(environment).bind(property, String.class).orElse("");
    }
  }
}
