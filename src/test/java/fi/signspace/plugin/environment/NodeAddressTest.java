package fi.signspace.plugin.environment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.env.MockEnvironment;

class NodeAddressTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | http://localhost:8080 | http://localhost:8080/engine-rest
          server.servlet.context-path=/signing | http://localhost:8080/signing | http://localhost:8080/signing/engine-rest
          spring.jersey.application-path=/rest | http://localhost:8080 | http://localhost:8080/rest
          spring.jersey.application-path=rest/ | http://localhost:8080 | http://localhost:8080/rest
          server.address=0.0.0.0 | http://localhost:8080 | http://localhost:8080/engine-rest
          server.address=:: | http://localhost:8080 | http://localhost:8080/engine-rest
          server.address=192.0.2.7 | http://192.0.2.7:8080 | http://192.0.2.7:8080/engine-rest
          server.address=::1 | http://[0:0:0:0:0:0:0:1]:8080 | http://[0:0:0:0:0:0:0:1]:8080/engine-rest
          server.ssl.enabled=false | http://localhost:8080 | http://localhost:8080/engine-rest
          server.ssl.key-store=a.p12,local.loopback.port=4711 | https://localhost:8080 | http://127.0.0.1:4711/engine-rest
          server.ssl.bundle=web,server.address=192.0.2.7,server.servlet.context-path=/s,local.loopback.port=4711 | https://192.0.2.7:8080/s | http://127.0.0.1:4711/s/engine-rest
          """)
  void urls_reflect_the_settings_of_the_server(
      String settings, String external, String engineRest) {
    MockEnvironment environment = new MockEnvironment().withProperty("local.server.port", "8080");
    for (String setting : (settings == null ? "" : settings).split(",", -1)) {
      if (!setting.isEmpty()) {
        String[] pair = setting.split("=", 2);
        environment.setProperty(pair[0], pair[1]);
      }
    }

    NodeAddress address = new NodeAddress(environment);

    assertThat(address.external()).isEqualTo(external);
    assertThat(address.engineRest()).isEqualTo(engineRest);
  }
}
