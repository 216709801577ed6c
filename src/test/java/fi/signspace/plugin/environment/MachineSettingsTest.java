package fi.signspace.plugin.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Environment variables, files and charsets of a machine. */
class MachineSettingsTest {

  /** An application with only the environment. */
  static class Nothing {}

  @Test
  void variables_of_kubernetes_services_are_detected_by_their_port() {
    Map<String, Object> variables =
        Map.of(
            "SIGNSPACE_USERS_PORT", "tcp://10.0.0.1:80",
            "SIGNSPACE_USERS_PORT_80_TCP", "tcp://10.0.0.1:80",
            "SIGNSPACE_USERS_PORT_80_TCP_ADDR", "10.0.0.1",
            "SIGNSPACE_USERS_SERVICE_HOST", "10.0.0.1",
            "SIGNSPACE_USERS_SERVICE_PORT", "80",
            "SERVER_PORT", "tcp://10.0.0.2:8080",
            "SIGNSPACE_USERS_ANNA_PASSWORD", "tcp://10.0.0.1:80",
            "SIGNSPACE_LOOPBACK_PORT", "8079",
            "SPRING_DATASOURCE_URL", "jdbc:h2:tcp://10.0.0.3:9092/db");

    assertThat(KubernetesServiceVariables.ofServices(variables))
        .containsExactlyInAnyOrder(
            "SIGNSPACE_USERS_PORT",
            "SIGNSPACE_USERS_PORT_80_TCP",
            "SIGNSPACE_USERS_PORT_80_TCP_ADDR",
            "SIGNSPACE_USERS_SERVICE_HOST",
            "SIGNSPACE_USERS_SERVICE_PORT",
            "SERVER_PORT");
  }

  @Test
  void a_password_in_yaml_is_read_literally(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("application.yaml");
    Files.writeString(
        file,
        """
        # Käyttäjät
        signspace:
          users:
            anna: {password: 0123456, groups: a}
            bert.password: 1e5 # not a number
            carl.password: "007"
            dora:
              password: yes
          client-secret: 0x1F
          client-id: 1_000
        spring.datasource.password: 0o17
        server.port: 08080
        """);
    Files.writeString(folder.resolve("signspace.worker.password"), "of-the-worker\r\n");

    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Nothing.class)
            .web(WebApplicationType.NONE)
            .run(
                "--spring.config.additional-location=" + file.toUri(),
                "--spring.config.import=configtree:" + folder + "/")) {
      assertThat(context.getEnvironment())
          .returns("0123456", e -> e.getProperty("signspace.users.anna.password"))
          .returns("1e5", e -> e.getProperty("signspace.users.bert.password"))
          .returns("007", e -> e.getProperty("signspace.users.carl.password"))
          .returns("yes", e -> e.getProperty("signspace.users.dora.password"))
          .returns("0x1F", e -> e.getProperty("signspace.client-secret"))
          .returns("1_000", e -> e.getProperty("signspace.client-id"))
          .returns("0o17", e -> e.getProperty("spring.datasource.password"))
          .returns("of-the-worker", e -> e.getProperty("signspace.worker.password"));
    }
  }

  @Test
  void a_charset_that_loses_letters_is_rejected() {
    assertThatThrownBy(() -> CharacterSetCheck.require(StandardCharsets.US_ASCII))
        .isInstanceOf(UnsupportedSettingException.class)
        .hasMessageContaining("file.encoding is US-ASCII")
        .hasMessageContaining("LANG");
    assertThatCode(() -> CharacterSetCheck.require(StandardCharsets.UTF_8))
        .doesNotThrowAnyException();
  }
}
