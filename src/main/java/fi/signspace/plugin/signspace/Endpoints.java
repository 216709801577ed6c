package fi.signspace.plugin.signspace;

import static fi.signspace.plugin.signspace.SignSpaceProperties.named;

import fi.signspace.plugin.environment.NodeAddress;
import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.SignSpaceException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The URLs of SignSpace. The sandbox runs in this process and its port is known only after the web
 * server has started, so each call resolves the URLs itself.
 */
record Endpoints(SignSpaceProperties properties, Environment environment) {

  private static final String SANDBOX_API = "/sandbox/api/v1";
  private static final String SANDBOX_TOKEN = "/sandbox/auth/token";

  String api() {
    return configuredOr(properties.apiUrl(), SANDBOX_API);
  }

  String token() {
    return configuredOr(properties.tokenUrl(), SANDBOX_TOKEN);
  }

  private String configuredOr(@Nullable HttpAddress configured, String sandboxPath) {
    if (configured != null) {
      return configured.toString();
    }
    NodeAddress node = new NodeAddress(environment);
    if (!node.isKnown()) {
      throw SignSpaceException.permanent(
          "SignSpace is not configured, and this node has no web server for the sandbox."
              + " Set "
              + named("api-url")
              + ".",
          null);
    }
    return node.internal() + sandboxPath;
  }
}
