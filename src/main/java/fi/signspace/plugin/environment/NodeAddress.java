package fi.signspace.plugin.environment;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The URLs of this node's web server, for use within the process or on the same machine. The port
 * is known only after the server has started, so URLs are built on demand.
 */
public record NodeAddress(Environment environment) {

  private static final String PORT = "local.server.port";
  private static final String ENGINE_REST = "spring.jersey.application-path";

  /** Whether the web server listens. */
  public boolean isKnown() {
    return environment.getProperty(PORT) != null;
  }

  /** Returns the URL for this process, without a trailing slash. */
  public String internal() {
    String port = environment.getProperty(LoopbackConnector.PORT);
    return port == null ? external() : "http://127.0.0.1:" + port + contextPath();
  }

  /** Returns the URL for a person at this machine, without a trailing slash. */
  public String external() {
    return "%s://%s:%s%s"
        .formatted(
            hasTls(environment) ? "https" : "http",
            host(),
            environment.getRequiredProperty(PORT),
            contextPath());
  }

  /** Returns the URL of the engine's REST API for this process. */
  public String engineRest() {
    return internal() + engineRestPath();
  }

  /** Returns the path of the engine's REST API below the context path, with a leading slash. */
  public String engineRestPath() {
    return asPath(environment.getProperty(ENGINE_REST, "/engine-rest"));
  }

  static boolean hasTls(Environment environment) {
    return Binder.get(environment)
        .bind("server.ssl", Ssl.class)
        .map(ssl -> ssl.isEnabled())
        .orElse(false);
  }

  /** A server that listens at every address also listens at this one. */
  private String host() {
    @Nullable InetAddress address =
        Binder.get(environment).bind("server.address", InetAddress.class).orElse(null);
    if (address == null || address.isAnyLocalAddress()) {
      return "localhost";
    }
    String literal = address.getHostAddress();
    return literal.contains(":") ? "[" + literal + "]" : literal;
  }

  private String contextPath() {
    return asPath(environment.getProperty("server.servlet.context-path", ""));
  }

  private static String asPath(String text) {
    String path = StringUtils.trimTrailingCharacter(text.strip(), '/');
    return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
  }
}
