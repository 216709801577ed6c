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
 * With the profile {@code production}, refuses to start with settings that are meant for trying the
 * product out. Checks the entire configuration before anything else starts, and reports all
 * problems at once.
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
      List<InvalidProductionConfigException.Problem> problems =
          new ConfigurationValidator(environment).problems();
      if (!problems.isEmpty()) {
        throw new InvalidProductionConfigException(problems);
      }
    }
  }

  /** Validates one configuration. */
  private static final class ConfigurationValidator {

    private final ConfigurableEnvironment environment;
    private final List<InvalidProductionConfigException.Problem> problems = new ArrayList<>();

    ConfigurationValidator(ConfigurableEnvironment environment) {
      this.environment = environment;
    }

    List<InvalidProductionConfigException.Problem> problems() {
      boolean hasEngine = environment.getProperty("camunda.bpm.enabled", Boolean.class, true);
      checkSignSpace(environment.getProperty("signspace.worker.enabled", Boolean.class, true));
      if (hasEngine) {
        checkDatabase();
      }
      checkPassword("camunda.bpm.admin-user.password", value("camunda.bpm.admin-user.id"));
      checkPassword("spring.datasource.password", value("spring.datasource.username"));
      checkPassword("signspace.worker.password", "signing-worker");
      checkPassword("signspace.ldap.manager-password", "");
      if (!hasEngine || StringUtils.hasText(value("camunda.bpm.client.base-url"))) {
        checkPassword(
            "camunda.bpm.client.basic-auth.password",
            value("camunda.bpm.client.basic-auth.username"));
      }
      users().keySet().forEach(id -> checkPassword("signspace.users." + id + ".password", id));
      return problems;
    }

    private void checkSignSpace(boolean hasWorkers) {
      if (!StringUtils.hasText(value("signspace.api-url"))) {
        add("signspace.api-url", "is missing, so the sandbox would simulate signing");
      }
      if (!hasWorkers) {
        return;
      }
      for (String property : List.of("token-url", "client-id", "client-secret", "acting-handle")) {
        if (!StringUtils.hasText(value("signspace." + property))) {
          add("signspace." + property, "is missing");
        }
      }
      checkPassword("signspace.client-secret", value("signspace.client-id"));
      checkSealSecret();
    }

    /** Seals are public, so a weak secret could be brute-forced offline. */
    private void checkSealSecret() {
      String secret = value("signspace.seal.secret");
      if (StringUtils.hasText(secret) && secret.strip().length() < MIN_SEAL_SECRET) {
        add(
            "signspace.seal.secret",
            "is shorter than %s characters; make one with: openssl rand -base64 32"
                .formatted(MIN_SEAL_SECRET));
      }
    }

    private void checkDatabase() {
      String url = value("spring.datasource.url").toLowerCase(Locale.ROOT);
      if (url.isBlank() || url.contains(":mem:")) {
        add("spring.datasource.url", "is a database in memory, which a restart empties");
      }
    }

    private void checkPassword(String property, String user) {
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
