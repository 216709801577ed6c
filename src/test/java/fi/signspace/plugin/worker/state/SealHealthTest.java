package fi.signspace.plugin.worker.state;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

class SealHealthTest {

  private static final String READINESS = "management.endpoint.health.group.readiness.include";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-05-04T10:00:00Z"));
  private final SealHealth health = new SealHealth(clock);

  @Test
  void a_node_that_lacks_a_key_is_out_of_service_and_names_it_as_long_as_tasks_need_it() {
    health.reportMissingKey("696540bf");

    assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.health().getDetails()).asString().contains("696540bf");
    clock.advance(Duration.ofDays(1));
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.yaml", "application-worker.yaml"})
  void a_node_with_workers_is_not_ready_while_it_lacks_a_key(String file) throws IOException {
    List<PropertySource<?>> settings =
        new YamlPropertySourceLoader().load(file, new ClassPathResource(file));

    assertThat(settings.get(0).getProperty(READINESS)).asString().contains("sealHealth");
  }
}
