package fi.signspace.plugin.signspace;

import static fi.signspace.plugin.signspace.OutcomeTest.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Settings from environment variables. */
class SignSpacePropertiesTest {

  private static final Map<String, Object> REAL =
      Map.of(
          "SIGNSPACE_API_URL", "https://app.signspace.example/api/v1/",
          "SIGNSPACE_TOKEN_URL", "https://app.signspace.example/auth/token",
          "SIGNSPACE_CLIENT_ID", "me",
          "SIGNSPACE_CLIENT_SECRET", "hush-hush",
          "SIGNSPACE_ACTING_HANDLE", "robot@company.example");

  @Test
  void the_sandbox_is_the_default() {
    with(Map.of())
        .run(
            context -> {
              SignSpaceProperties properties = context.getBean(SignSpaceProperties.class);
              assertThat(properties.apiUrl()).isNull();
              assertThat(properties.clientId()).isEqualTo("sandbox");
              assertThat(properties.clientSecret()).isEqualTo("sandbox");
              assertThat(properties.actingHandle()).isEqualTo("robot@sandbox.example");
              assertThat(properties.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
              assertThat(properties.readTimeout()).isEqualTo(Duration.ofSeconds(30));
            });
  }

  @Test
  void the_sandbox_url_has_the_actual_port_of_the_server() {
    with(Map.of())
        .withPropertyValues("local.server.port=4711")
        .run(
            context -> {
              Endpoints endpoints =
                  new Endpoints(
                      context.getBean(SignSpaceProperties.class), context.getEnvironment());
              assertThat(endpoints.api()).isEqualTo("http://localhost:4711/sandbox/api/v1");
              assertThat(endpoints.token()).isEqualTo("http://localhost:4711/sandbox/auth/token");
            });
  }

  @Test
  void without_a_web_server_there_is_no_sandbox() {
    with(Map.of())
        .run(
            context -> {
              SignSpaceException failure =
                  failureOf(() -> context.getBean(SignSpace.class).listRequests(1));
              assertThat(failure.kind()).isEqualTo(SignSpaceException.Kind.PERMANENT);
              assertThat(failure).hasMessageContaining("signspace.api-url (SIGNSPACE_API_URL)");
            });
  }

  @Test
  void sign_space_is_configured_by_environment_variables() {
    Map<String, Object> settings = new LinkedHashMap<>(REAL);
    settings.put("SIGNSPACE_SCOPES", "files.create, tasks.get");
    settings.put("SIGNSPACE_READ_TIMEOUT", "7s");

    with(settings)
        .run(
            context -> {
              SignSpaceProperties properties = context.getBean(SignSpaceProperties.class);
              assertThat(properties.apiUrl()).hasToString("https://app.signspace.example/api/v1");
              assertThat(properties.scopes()).containsExactly("files.create", "tasks.get");
              assertThat(properties.readTimeout()).isEqualTo(Duration.ofSeconds(7));
              assertThat(context.getBean(SignSpace.class).defaultActingHandle())
                  .isEqualTo("robot@company.example");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "SIGNSPACE_API_URL, '', signspace.api-url",
    "SIGNSPACE_TOKEN_URL, '', signspace.token-url",
    "SIGNSPACE_CLIENT_ID, ' ', signspace.client-id",
    "SIGNSPACE_CLIENT_SECRET, '', signspace.client-secret",
    "SIGNSPACE_ACTING_HANDLE, '', signspace.acting-handle",
    "SIGNSPACE_READ_TIMEOUT, 0s, signspace.read-timeout",
    "SIGNSPACE_CONNECT_TIMEOUT, -1s, signspace.connect-timeout"
  })
  void incomplete_settings_prevent_the_start(String variable, String value, String property) {
    Map<String, Object> settings = new LinkedHashMap<>(REAL);
    settings.put(variable, value);

    with(settings)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .rootCause()
                    .hasMessageStartingWith(property + " (" + variable + ")"));
  }

  @ParameterizedTest
  @CsvSource({
    "SIGNSPACE_API_URL, ftp://signspace.example, signspace.api-url",
    "SIGNSPACE_API_URL, https://app.signspace.example/api?v=1, signspace",
    "SIGNSPACE_TOKEN_URL, app.signspace.example/auth, signspace.token-url"
  })
  void invalid_urls_prevent_the_start(String variable, String value, String property) {
    Map<String, Object> settings = new LinkedHashMap<>(REAL);
    settings.put(variable, value);

    with(settings)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining("Failed to bind properties under '" + property)
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void the_secret_is_not_printed() {
    with(REAL)
        .run(
            context ->
                assertThat(context.getBean(SignSpaceProperties.class))
                    .asString()
                    .contains("me")
                    .doesNotContain("hush"));
  }

  private static ApplicationContextRunner with(Map<String, Object> environment) {
    return new ApplicationContextRunner()
        .withInitializer(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                            environment)))
        .withInitializer(new ConfigDataApplicationContextInitializer())
        .withBean(Clock.class, Clock::systemUTC)
        .withBean(ObservationRegistry.class, ObservationRegistry::create)
        .withUserConfiguration(SignSpaceConfiguration.class);
  }
}
