package fi.signspace.plugin.environment;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy.
 *
 * @param setting the setting that configures it
 * @param username empty if it requires no login
 */
record HttpProxy(String setting, String host, int port, String username, String password) {

  private static final int DEFAULT_PORT = 80;

  /**
   * @param text such as {@code http://user:password@proxy.example:3128}, perhaps without {@code
   *     http://}
   */
  static HttpProxy parse(String setting, String text) {
    URI uri = uri(setting, text.contains("://") ? text.strip() : "http://" + text.strip());
    if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
      throw invalid(setting, null);
    }
    String[] login = String.valueOf(uri.getRawUserInfo()).split(":", 2);
    boolean hasLogin = uri.getRawUserInfo() != null;
    return new HttpProxy(
        setting,
        uri.getHost(),
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        hasLogin ? decoded(login[0]) : "",
        hasLogin && login.length > 1 ? decoded(login[1]) : "");
  }

  private static URI uri(String setting, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw invalid(setting, e);
    }
  }

  /** The message omits the value, which may contain a password. */
  private static UnsupportedSettingException invalid(
      String setting, @Nullable URISyntaxException cause) {
    var exception =
        new UnsupportedSettingException(
            setting + " is not the address of an HTTP proxy",
            "Set it to an address like http://proxy.example:3128, or leave it out.");
    if (cause != null) {
      exception.initCause(new IllegalArgumentException(cause.getReason()));
    }
    return exception;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  HttpProxy withLogin(String name, String secret) {
    return new HttpProxy(setting, host, port, name, secret);
  }

  boolean hasLogin() {
    return !username.isEmpty();
  }

  Proxy proxy() {
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port));
  }

  /** Omits the password. */
  @Override
  public String toString() {
    return "%s:%s%s (%s)".formatted(host, port, hasLogin() ? " as " + username : "", setting);
  }
}
