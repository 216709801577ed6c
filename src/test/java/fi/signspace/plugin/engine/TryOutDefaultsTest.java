package fi.signspace.plugin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Who may log in before anything is configured. */
class TryOutDefaultsTest {

  private static final String ADMIN = "camunda.bpm.admin-user.id";

  private final StandardEnvironment environment = new StandardEnvironment();

  @Test
  void demo_is_there_to_try_the_product_out() {
    apply();

    assertThat(environment.getProperty(ADMIN)).isEqualTo("demo");
  }

  @Test
  void a_configured_admin_takes_the_place_of_demo() {
    configure(ADMIN, "boss");

    apply();

    assertThat(environment.getProperty(ADMIN)).isEqualTo("boss");
    assertThat(environment.containsProperty("signspace.users.demo.password")).isFalse();
  }

  @Test
  void nobody_stands_in_with_a_sign_space_or_in_production() {
    configure("signspace.api-url", "https://app.example.com/api/v1");
    apply();
    assertThat(environment.containsProperty(ADMIN)).isFalse();

    StandardEnvironment production = new StandardEnvironment();
    production.setActiveProfiles("production");
    new TryOutDefaults().postProcessEnvironment(production, new SpringApplication());
    assertThat(production.containsProperty(ADMIN)).isFalse();
  }

  private void configure(String property, String value) {
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("test", Map.of(property, value)));
  }

  private void apply() {
    new TryOutDefaults().postProcessEnvironment(environment, new SpringApplication());
  }
}
