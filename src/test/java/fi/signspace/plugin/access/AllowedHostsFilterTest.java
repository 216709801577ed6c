package fi.signspace.plugin.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class AllowedHostsFilterTest {

  private static final List<String> TRY_OUT = List.of("localhost", "127.0.0.1", "[::1]");

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:8080, 200",
    "LOCALHOST:8080, 200",
    "localhost., 200",
    "127.0.0.1:8080, 200",
    "[::1]:8080, 200",
    "evil.example, 400",
    "evil.example:8080, 400",
    "localhost.evil.example, 400",
    "127.0.0.1.evil.example, 400",
    "0.0.0.0:8080, 400",
    "192.168.1.5:8080, 400",
    "[::2]:8080, 400"
  })
  void the_demo_is_served_to_this_machine_only(String host, int status) throws Exception {
    assertThat(status(TRY_OUT, host, "127.0.0.1")).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "signing.example.com, 10.0.0.7, 200",
    "Signing.Example.COM:443, 10.0.0.7, 200",
    "other.example.com, 10.0.0.7, 400",
    // probes and scrapes
    "10.0.0.7:8080, 10.0.0.7, 200",
    "10.0.0.8:8080, 10.0.0.7, 400",
    "[2001:db8::1]:8080, 2001:db8:0:0:0:0:0:1, 200",
    // the node's own workers
    "localhost:8080, 127.0.0.1, 200",
    "localhost:8080, 0:0:0:0:0:0:0:1, 200",
    "localhost:8080, 10.0.0.7, 400"
  })
  void a_named_host_and_the_address_of_the_connection_are_served(
      String host, String localAddress, int status) throws Exception {
    assertThat(status(List.of("signing.example.com"), host, localAddress)).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "localhost", "10.0.0.7"})
  void every_host_is_served_unless_some_are_named(String host) throws Exception {
    assertThat(status(List.of(), host, "10.0.0.7")).isEqualTo(200);
    assertThat(status(List.of("*"), host, "10.0.0.7")).isEqualTo(200);
  }

  private static int status(List<String> allowed, String host, String localAddress)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/engine-rest/task");
    request.addHeader("Host", host);
    request.setLocalAddr(localAddress);
    MockHttpServletResponse response = new MockHttpServletResponse();

    new AllowedHostsFilter(allowed).doFilter(request, response, new MockFilterChain());

    return response.getStatus();
  }
}
