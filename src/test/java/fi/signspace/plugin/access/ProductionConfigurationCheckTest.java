package fi.signspace.plugin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ProductionConfigurationCheckTest {

  private final Map<String, Object> properties =
      new HashMap<>(
          Map.of(
              "signspace.api-url", "https://app.signspace.com/api/v1",
              "signspace.token-url", "https://app.signspace.com/auth/token",
              "signspace.client-id", "5jv1",
              "signspace.client-secret", "k3n2-99ab-77cd",
              "signspace.acting-handle", "robot@example.com",
              "spring.datasource.url", "jdbc:postgresql://db/signspace",
              "spring.datasource.username", "signspace",
              "spring.datasource.password", "x9-of-the-database",
              "camunda.bpm.admin-user.id", "boss",
              "camunda.bpm.admin-user.password", "x9-of-the-boss"));

  @Test
  void a_complete_configuration_is_accepted() {
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void without_the_profile_nothing_is_checked() {
    properties.clear();

    assertThatCode(() -> new ProductionConfigurationCheck().initialize(context("default")))
        .doesNotThrowAnyException();
  }

  @Test
  void a_weak_seal_secret_is_rejected() {
    properties.put("signspace.seal.secret", "a-short-one");

    assertThat(refusal()).contains("signspace.seal.secret is shorter than 32 characters");
  }

  @Test
  void all_problems_are_reported_at_once_with_the_variables_to_set() {
    properties.clear();
    properties.put("spring.datasource.url", "jdbc:h2:mem:signspace");
    properties.put("camunda.bpm.admin-user.id", "demo");
    properties.put("camunda.bpm.admin-user.password", "demo");
    properties.put("signspace.users.anna.password", "ChangeMe");

    String message = refusal();

    assertThat(message)
        .contains("signspace.api-url is missing", "sandbox", "Set SIGNSPACE_API_URL")
        .contains("signspace.token-url is missing. Set SIGNSPACE_TOKEN_URL")
        .contains("signspace.client-id is missing. Set SIGNSPACE_CLIENT_ID")
        .contains("signspace.client-secret is missing. Set SIGNSPACE_CLIENT_SECRET")
        .contains("signspace.acting-handle is missing. Set SIGNSPACE_ACTING_HANDLE")
        .contains("spring.datasource.url is a database in memory", "Set SPRING_DATASOURCE_URL")
        .contains(
            "camunda.bpm.admin-user.password is a well-known password. Set CAMUNDA_BPM_ADMINUSER_PASSWORD")
        .contains(
            "signspace.users.anna.password is a well-known password. Set SIGNSPACE_USERS_ANNA_PASSWORD");
  }

  @ParameterizedTest
  @CsvSource({
    "camunda.bpm.admin-user.password, admin",
    "camunda.bpm.admin-user.password, Boss",
    "signspace.client-secret, sandbox",
    "signspace.worker.password, signing-worker",
    "signspace.worker.password, changeme",
    "spring.datasource.password, postgres",
    "spring.datasource.password, camunda",
    "spring.datasource.url, jdbc:h2:mem:x",
    "signspace.users.bert.password, bert"
  })
  void each_problem_alone_prevents_the_start(String property, String value) {
    properties.put(property, value);

    assertThat(refusal()).contains(property).doesNotContain(" " + value + " ");
  }

  @Test
  void an_engine_without_workers_needs_no_credentials_and_allows_no_sandbox() {
    properties.keySet().removeIf(name -> name.startsWith("signspace."));
    properties.put("signspace.worker.enabled", "false");

    assertThat(refusal()).contains("signspace.api-url").doesNotContain("client-secret");
  }

  @Test
  void a_worker_without_engine_needs_no_database() {
    properties.keySet().removeIf(name -> name.startsWith("spring."));
    properties.put("camunda.bpm.enabled", "false");

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void it_is_reported_without_a_stack_trace() {
    properties.put("signspace.client-secret", "");

    var failure = catchThrowableOfType(InvalidProductionConfigException.class, this::check);

    assertThat(new InvalidProductionConfigAnalyzer().analyze(failure).getDescription())
        .contains("SIGNSPACE_CLIENT_SECRET");
  }

  private String refusal() {
    return Objects.requireNonNull(
        catchThrowableOfType(InvalidProductionConfigException.class, this::check).getMessage());
  }

  private void check() {
    new ProductionConfigurationCheck().initialize(context("production"));
  }

  private GenericApplicationContext context(String profile) {
    StandardEnvironment environment = new StandardEnvironment();
    environment.setActiveProfiles(profile);
    environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
    GenericApplicationContext context = new GenericApplicationContext();
    context.setEnvironment(environment);
    return context;
  }
}
