package fi.signspace.plugin.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class OutgoingProxyTest {

  private static final URI SIGNSPACE = URI.create("https://app.signspace.example/api/v1");

  private final ProxySelector machines = ProxySelector.getDefault();
  private final @Nullable Authenticator login = Authenticator.getDefault();

  @AfterEach
  void restore() {
    ProxySelector.setDefault(machines);
    Authenticator.setDefault(login);
  }

  @ParameterizedTest
  @CsvSource({
    "signspace.proxy.url=http://proxy.example:3128, proxy.example:3128",
    "HTTPS_PROXY=http://proxy.example:3128/, proxy.example:3128",
    "https_proxy=proxy.example:3128, proxy.example:3128",
    "HTTP_PROXY=http://me:secret@proxy.example, proxy.example:80",
    "HTTPS_PROXY=, direct",
    "HTTPS_PROXY=http://a.example:1 signspace.proxy.url=http://b.example:2, b.example:2",
    "HTTPS_PROXY=http://a.example:1 NO_PROXY=.signspace.example, direct",
    "HTTPS_PROXY=http://a.example:1 no_proxy=other.example, a.example:1",
    "signspace.proxy.url=http://b.example:2 NO_PROXY=.signspace.example, b.example:2",
    "signspace.proxy.url=http://b.example:2 signspace.proxy.bypass=signspace.example, direct",
    "camunda.bpm.client.base-url=https://app.signspace.example/rest signspace.proxy.url=http://b.example:2, direct",
    "camunda.bpm.client.base-url=https://app.signspace.example/rest signspace.proxy.url=http://b.example:2 signspace.proxy.engine=true, b.example:2"
  })
  void the_configured_proxy_is_used(String settings, String used) {
    setUp(settings);

    assertThat(proxyFor(SIGNSPACE)).isEqualTo(used);
    assertThat(proxyFor(URI.create("http://localhost:8080/engine-rest"))).isEqualTo("direct");
    assertThat(proxyFor(URI.create("http://127.0.0.1:8080/engine-rest"))).isEqualTo("direct");
    assertThat(proxyFor(URI.create("http://[::1]:8080/engine-rest"))).isEqualTo("direct");
  }

  @ParameterizedTest
  @CsvSource({
    "*, any.example, true",
    "corp.example, corp.example, true",
    "corp.example, x.corp.example, true",
    ".corp.example, x.corp.example, true",
    "*.corp.example, x.corp.example, true",
    "CORP.example:443, x.corp.EXAMPLE, true",
    "corp.example, mycorp.example, false",
    "10.0.0.0/8, 10.1.2.3, true",
    "10.0.0.0/8, 11.1.2.3, false",
    "10.0.0.0/8, 10.example, false",
    "fd00::/8, [fd00::1], true",
    "192.0.2.7, 192.0.2.7, true"
  })
  void hosts_are_bypassed_as_in_other_programs(String pattern, String host, boolean direct) {
    HttpProxy proxy = HttpProxy.parse("HTTPS_PROXY", "proxy.example:3128");
    var selector = new OutgoingProxy.Selector(proxy, null, List.of(pattern));

    List<Proxy> chosen = selector.select(URI.create("https://" + host + "/"));

    assertThat(chosen.get(0).equals(Proxy.NO_PROXY)).isEqualTo(direct);
  }

  @Test
  void the_password_is_sent_only_to_the_proxy() {
    setUp("HTTPS_PROXY=http://me:p%40ss+word@proxy.example:3128");

    var given = asked("proxy.example", 3128, Authenticator.RequestorType.PROXY);

    assertThat(given).isNotNull();
    assertThat(given.getUserName()).isEqualTo("me");
    assertThat(new String(given.getPassword())).isEqualTo("p@ss+word");
    assertThat(asked("proxy.example", 3128, Authenticator.RequestorType.SERVER)).isNull();
    assertThat(asked("app.signspace.example", 443, Authenticator.RequestorType.PROXY)).isNull();
    assertThat(ProxySelector.getDefault()).asString().contains("as me").doesNotContain("p@ss");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://me:secret@proxy.example", "socks5://proxy.example:1080", "a b"})
  void an_invalid_proxy_setting_is_named(String value) {
    assertThatThrownBy(() -> setUp(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(UnsupportedSettingException.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("secret");
  }

  private static java.net.@Nullable PasswordAuthentication asked(
      String host, int port, Authenticator.RequestorType type) {
    return Authenticator.requestPasswordAuthentication(
        Authenticator.getDefault(), host, null, port, "https", "", "basic", null, type);
  }

  private static void setUp(String settings) {
    Map<String, Object> given = new HashMap<>();
    Arrays.stream(settings.split(" ", -1))
        .map(setting -> setting.split("=", 2))
        .forEach(pair -> given.put(pair[0], pair[1]));
    setUp(given);
  }

  private static void setUp(Map<String, Object> given) {
    StandardEnvironment environment =
        new StandardEnvironment() {
          @Override
          public Map<String, Object> getSystemEnvironment() {
            return given;
          }
        };
    environment.getPropertySources().addFirst(new MapPropertySource("given", given));
    new OutgoingProxy().postProcessEnvironment(environment, new SpringApplication());
  }

  private static String proxyFor(URI uri) {
    Proxy chosen = ProxySelector.getDefault().select(uri).get(0);
    return chosen.equals(Proxy.NO_PROXY)
        ? "direct"
        : "%s:%d"
            .formatted(
                ((InetSocketAddress) chosen.address()).getHostString(),
                ((InetSocketAddress) chosen.address()).getPort());
  }
}
