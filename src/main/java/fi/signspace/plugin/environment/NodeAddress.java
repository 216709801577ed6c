package fi.signspace.plugin.environment;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Where this node's web server is, for whoever is in the same process or on the same machine. The
 * port is known only once the server listens, so an address is made when it is needed.
 */
public record NodeAddress(Environment environment) {

  private static final String PORT = "local.server.port";
  private static final String ENGINE_REST = "spring.jersey.application-path";

  /** Whether the web server listens. */
  public boolean isKnown() {
    return environment.getProperty(PORT) != null;
  }

  /** For this process itself, without a slash at the end. */
  public String internal() {
    String port = environment.getProperty(LoopbackConnector.PORT);
    return port == null ? external() : "http://127.0.0.1:" + port + contextPath();
  }

  /** For a person at this machine, without a slash at the end. */
  public String external() {
    return "%s://%s:%s%s"
        .formatted(
            hasTls(environment) ? "https" : "http",
            host(),
            environment.getRequiredProperty(PORT),
            contextPath());
  }

  /** The engine's REST API, for this process itself. */
  public String engineRest() {
    return internal() + engineRestPath();
  }

  /** Where the engine's REST API is below the context path, with a slash before it. */
  public String engineRestPath() {
    return asPath(environment.getProperty(ENGINE_REST, "/engine-rest"));
  }

  static boolean hasTls(Environment environment) {
    return Binder.get(environment)
        .bind("server.ssl", Ssl.class)
        .map(ssl -> ssl.isEnabled())
        .orElse(false);
  }

  /** A server that listens at every address of the machine listens at this one, too. */
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
