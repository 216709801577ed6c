package fi.signspace.plugin.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A valid http or https URL from the configuration. Spring converts properties to it, and names the
 * property if the conversion fails.
 */
public record HttpAddress(URI uri) {

  private static final int MAX_PORT = 65_535;

  /**
   * @return null for blank text, which counts as a missing setting
   * @throws IllegalArgumentException if the URL is invalid; the message states the problem
   */
  public static @Nullable HttpAddress valueOf(String text) {
    return text.isBlank() ? null : new HttpAddress(parse(text.strip()));
  }

  public HttpAddress {
    String scheme = String.valueOf(uri.getScheme());
    require(
        scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"),
        "is no http or https address");
    require(uri.getRawUserInfo() == null, "must not contain a user name or a password");
    require(uri.getHost() != null, "has no valid host name");
    require(uri.getPort() <= MAX_PORT, "has a port above " + MAX_PORT);
    require(uri.getRawFragment() == null, "must not have a part behind #");
  }

  /** Returns the URL without a trailing slash, so that paths can be appended. */
  public HttpAddress asBase() {
    require(uri.getRawQuery() == null, "must not have a part behind ?");
    return new HttpAddress(URI.create(uri.toString().replaceAll("/+$", "")));
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no http or https address: " + e.getReason(), e);
    }
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
