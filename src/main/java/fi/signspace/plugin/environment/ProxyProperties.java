package fi.signspace.plugin.environment;

import fi.signspace.plugin.http.HttpAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The HTTP proxy for all outgoing calls ({@code signspace.proxy.*}). Without it, {@code
 * -Dhttps.proxyHost} or the variable {@code HTTPS_PROXY} is used.
 *
 * @param url such as {@code http://proxy.example:3128}
 * @param username for a proxy that requires a login
 * @param password the user's password
 * @param bypass hosts that are called directly: a name with all names below it, an address, or a
 *     range of addresses such as {@code 10.0.0.0/8}
 * @param engine whether the workers call a remote engine through it
 */
@ConfigurationProperties("signspace.proxy")
record ProxyProperties(
    @Nullable HttpAddress url,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue List<String> bypass,
    @DefaultValue("false") boolean engine) {

  /** Omits the password. */
  @Override
  public String toString() {
    return "ProxyProperties[url=%s, username=%s, bypass=%s, engine=%s]"
        .formatted(url, username, bypass, engine);
  }
}
