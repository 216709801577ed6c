package fi.signspace.plugin.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class NetworkPropertiesTest {

  @Configuration
  @EnableConfigurationProperties(NetworkProperties.class)
  static class Network {}

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/99", "proxy.example", "10.0.0.0/8,300.1.1.1", "10.0.0.0/x"})
  void a_trusted_proxy_that_is_no_network_is_named(String proxies) {
    new ApplicationContextRunner()
        .withUserConfiguration(Network.class)
        .withPropertyValues("signspace.trusted-proxies=" + proxies)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasStackTraceContaining(
                        "Failed to bind properties under 'signspace.trusted-proxies"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "127.0.0.1, ::1 ,fd00::/8", ""})
  void networks_and_addresses_are_trusted(String proxies) {
    new ApplicationContextRunner()
        .withUserConfiguration(Network.class)
        .withPropertyValues("signspace.trusted-proxies=" + proxies)
        .run(context -> assertThat(context).hasNotFailed());
  }
}
