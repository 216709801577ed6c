package fi.signspace.plugin.engine.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Who may log in before anything is configured. */
class DemoDefaultsTest {

  private static final String ADMIN = "camunda.bpm.admin-user.id";

  private final StandardEnvironment environment = new StandardEnvironment();

  @Test
  void the_demo_user_exists_by_default() {
    apply();

    assertThat(environment.getProperty(ADMIN)).isEqualTo("demo");
  }

  @Test
  void a_configured_admin_replaces_the_demo_user() {
    configure(ADMIN, "boss");

    apply();

    assertThat(environment.getProperty(ADMIN)).isEqualTo("boss");
    assertThat(environment.containsProperty("signspace.users.demo.password")).isFalse();
  }

  @Test
  void there_is_no_demo_user_with_signspace_configured_or_in_production() {
    configure("signspace.api-url", "https://app.example.com/api/v1");
    apply();
    assertThat(environment.containsProperty(ADMIN)).isFalse();

    StandardEnvironment production = new StandardEnvironment();
    production.setActiveProfiles("production");
    new DemoDefaults().postProcessEnvironment(production, new SpringApplication());
    assertThat(production.containsProperty(ADMIN)).isFalse();
  }

  @Test
  void the_demo_listens_on_this_machine_only() {
    apply();

    assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
    assertThat(environment.getProperty("signspace.allowed-hosts"))
        .isEqualTo("localhost,127.0.0.1,[::1]");
    assertThat(environment.containsProperty("management.server.address"))
        .as("without a port of its own it may have no address")
        .isFalse();
  }

  @Test
  void the_management_port_listens_on_this_machine_only_too() {
    configure("management.server.port", "8081");

    apply();

    assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "server.address, 0.0.0.0, server.address",
    ADMIN + ", boss, server.address",
    ADMIN + ", boss, signspace.allowed-hosts",
    "signspace.api-url, https://app.example.com/api/v1, server.address",
    "signspace.allowed-hosts, try.example.com, signspace.allowed-hosts"
  })
  void a_configured_address_is_kept(String property, String value, String setting) {
    configure(property, value);

    apply();

    assertThat(environment.getProperty(setting)).isEqualTo(property.equals(setting) ? value : null);
  }

  private void configure(String property, String value) {
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of(property, value)));
  }

  private void apply() {
    new DemoDefaults().postProcessEnvironment(environment, new SpringApplication());
  }
}
