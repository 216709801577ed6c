package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SandboxConfigurationTest {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(SandboxConfiguration.class);

  @ParameterizedTest
  @ValueSource(strings = {"signspace.client-id=x", "signspace.api-url=", "signspace.api-url=  "})
  void without_a_signspace_there_is_the_sandbox(String property) {
    runner
        .withPropertyValues(property)
        .run(context -> assertThat(context).hasSingleBean(SandboxState.class));
  }

  @Test
  void with_a_signspace_there_is_nothing_of_the_sandbox() {
    runner
        .withPropertyValues("signspace.api-url=https://app.signspace.com/api/v1")
        .run(
            context ->
                assertThat(context.getBeanDefinitionNames())
                    .noneMatch(name -> name.startsWith("sandbox")));
  }
}
