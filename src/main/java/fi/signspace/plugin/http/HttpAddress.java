package fi.signspace.plugin.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A configured http or https address of another program, valid and without blanks around it. Spring
 * converts a property to it, and names the property where the conversion fails.
 */
public record HttpAddress(URI uri) {

  private static final int MAX_PORT = 65_535;

  /**
   * @return null for a blank text, which is a setting that is left out
   * @throws IllegalArgumentException says what is wrong
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

  /** The same without a slash at its end: paths are appended to it. */
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
