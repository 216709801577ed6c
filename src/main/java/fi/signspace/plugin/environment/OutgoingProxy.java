package fi.signspace.plugin.environment;

import fi.signspace.plugin.http.HttpAddress;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.util.StringUtils;

/**
 * Applies the configured proxy to the whole process, since every HTTP client uses Java's proxy
 * selector. Calls to this machine and, by default, to a remote engine are direct.
 */
class OutgoingProxy implements EnvironmentPostProcessor {

  /** By default, Java's HTTP client sends no password to a proxy for HTTPS. */
  private static final String LOGINS_NOT_SENT = "jdk.http.auth.tunneling.disabledSchemes";

  private static final String JAVAS_HOST = "https.proxyHost";
  private static final int JAVAS_PORT = 443;

  private static final String RANGE = "[0-9a-fA-F.:]+/\\d{1,3}";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    ProxyProperties given =
        Binder.get(environment).bindOrCreate("signspace.proxy", ProxyProperties.class);
    HttpProxy proxy = of(given, environment).orElse(null);
    List<String> bypass = new ArrayList<>(given.bypass());
    if (given.url() == null) {
      variable(environment, "NO_PROXY")
          .ifPresent(hosts -> bypass.addAll(List.of(hosts.split(",", -1))));
    }
    if (!given.engine()) {
      // as a binding, whose failure names the setting and where it was set
      Binder.get(environment)
          .bind("camunda.bpm.client.base-url", HttpAddress.class)
          .ifBound(engine -> bypass.add(engine.uri().getHost()));
    }
    ProxySelector former = ProxySelector.getDefault();
    ProxySelector.setDefault(
        new Selector(proxy, former instanceof Selector ours ? ours.fallback : former, bypass));
    Optional.ofNullable(proxy)
        .or(OutgoingProxy::ofJava)
        .filter(HttpProxy::hasLogin)
        .ifPresent(
            withLogin -> {
              System.setProperty(LOGINS_NOT_SENT, "");
              Authenticator.setDefault(new ProxyLogin(withLogin));
            });
  }

  /** The proxy of Java's system properties; Java itself does not support a login for it. */
  private static Optional<HttpProxy> ofJava() {
    return Optional.ofNullable(System.getProperty(JAVAS_HOST))
        .map(
            host ->
                new HttpProxy(
                    "-D" + JAVAS_HOST,
                    host,
                    Integer.getInteger("https.proxyPort", JAVAS_PORT),
                    System.getProperty("https.proxyUser", ""),
                    System.getProperty("https.proxyPassword", "")));
  }

  private static Optional<HttpProxy> of(
      ProxyProperties given, ConfigurableEnvironment environment) {
    if (given.url() != null) {
      return Optional.of(
          HttpProxy.parse("signspace.proxy.url (SIGNSPACE_PROXY_URL)", given.url().toString())
              .withLogin(
                  Objects.requireNonNullElse(given.username(), ""),
                  Objects.requireNonNullElse(given.password(), "")));
    }
    if (System.getProperty(JAVAS_HOST) != null) {
      return Optional.empty();
    }
    return Stream.of("HTTPS_PROXY", "HTTP_PROXY")
        .flatMap(
            name -> variable(environment, name).map(value -> HttpProxy.parse(name, value)).stream())
        .findFirst();
  }

  /** In upper or lower case, like other programs. */
  private static Optional<String> variable(ConfigurableEnvironment environment, String name) {
    return Stream.of(name, name.toLowerCase(Locale.ROOT))
        .map(environment.getSystemEnvironment()::get)
        .filter(Objects::nonNull)
        .map(String::valueOf)
        .filter(StringUtils::hasText)
        .findFirst();
  }

  /** Selects the proxy by the target host. */
  static final class Selector extends ProxySelector {

    private static final List<String> THIS_MACHINE =
        List.of("localhost", "127.0.0.0/8", "[::1]", "::1");

    private final @Nullable HttpProxy proxy;
    private final @Nullable ProxySelector fallback;
    private final List<String> bypass;

    /**
     * @param fallback the selector to use if no proxy is configured
     */
    Selector(@Nullable HttpProxy proxy, @Nullable ProxySelector fallback, List<String> bypass) {
      this.proxy = proxy;
      this.fallback = fallback;
      this.bypass =
          Stream.concat(THIS_MACHINE.stream(), bypass.stream())
              .map(host -> host.strip().toLowerCase(Locale.ROOT))
              .filter(host -> !host.isEmpty())
              .toList();
    }

    @Override
    public List<Proxy> select(URI uri) {
      String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
      if (bypass.stream().anyMatch(pattern -> matches(pattern, host))) {
        return List.of(Proxy.NO_PROXY);
      }
      if (proxy != null) {
        return List.of(proxy.proxy());
      }
      return fallback == null ? List.of(Proxy.NO_PROXY) : fallback.select(uri);
    }

    private static boolean matches(String pattern, String host) {
      if (pattern.matches(RANGE)) {
        return host.matches("[0-9.]+|\\[?[0-9a-f:]+]?")
            && new IpAddressMatcher(pattern).matches(host.replaceAll("[\\[\\]]", ""));
      }
      String name = pattern.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
      return pattern.equals("*")
          || pattern.equals(host)
          || host.equals(name)
          || host.endsWith("." + name);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      if (fallback != null && proxy == null) {
        fallback.connectFailed(uri, address, failure);
      }
    }

    @Override
    public String toString() {
      return Optional.ofNullable(proxy)
          .map(HttpProxy::toString)
          .or(() -> ofJava().map(java -> java + ", for https only"))
          .orElse("none");
    }
  }

  /** Returns the password only for the proxy. */
  private static final class ProxyLogin extends Authenticator {

    private final HttpProxy proxy;

    ProxyLogin(HttpProxy proxy) {
      this.proxy = proxy;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      boolean isForProxy =
          getRequestorType() == RequestorType.PROXY
              && proxy.host().equalsIgnoreCase(getRequestingHost())
              && proxy.port() == getRequestingPort();
      return isForProxy
          ? new PasswordAuthentication(proxy.username(), proxy.password().toCharArray())
          : null;
    }
  }
}
