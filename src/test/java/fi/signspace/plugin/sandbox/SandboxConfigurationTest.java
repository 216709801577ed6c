package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SandboxConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withBean(Clock.class, Clock::systemUTC)
          .withUserConfiguration(SandboxConfiguration.class);

  @ParameterizedTest
  @ValueSource(strings = {"signspace.client-id=x", "signspace.api-url=", "signspace.api-url=  "})
  void the_sandbox_exists_if_no_signspace_is_configured(String property) {
    runner
        .withPropertyValues(property)
        .run(context -> assertThat(context).hasSingleBean(SandboxState.class));
  }

  @Test
  void no_sandbox_exists_if_signspace_is_configured() {
    runner
        .withPropertyValues("signspace.api-url=https://app.signspace.com/api/v1")
        .run(
            context ->
                assertThat(context.getBeanDefinitionNames())
                    .noneMatch(name -> name.startsWith("sandbox")));
  }
}
