package fi.signspace.plugin.signspace;

import fi.signspace.plugin.http.HttpAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * SignSpace's URLs, the API credentials, and the timeouts of calls.
 *
 * @param apiUrl e.g. {@code https://app.signspace.com/api/v1}; null: the built-in sandbox
 * @param tokenUrl e.g. {@code https://app.signspace.com/auth/token}; null: the built-in sandbox
 * @param clientId the API credentials (guide, "Authentication")
 * @param clientSecret never logged
 * @param actingHandle the default acting handle: id or e-mail address
 * @param scopes sent with the token request; if empty, SignSpace grants its default scopes
 * @param connectTimeout timeout for each of: a free pooled connection, the TCP connection, the TLS
 *     handshake
 * @param readTimeout how long SignSpace may be silent while a response is awaited
 * @param transferTimeout timeout for uploading or downloading one document
 * @param callsPerSecond maximum rate of calls to SignSpace by one process
 */
@ConfigurationProperties("signspace")
public record SignSpaceProperties(
    @Nullable HttpAddress apiUrl,
    @Nullable HttpAddress tokenUrl,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret,
    @DefaultValue("") String actingHandle,
    @DefaultValue List<String> scopes,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration readTimeout,
    @DefaultValue("5m") Duration transferTimeout,
    @DefaultValue("200") int callsPerSecond) {

  private static final String SANDBOX_CREDENTIAL = "sandbox";
  private static final String SANDBOX_HANDLE = "robot@sandbox.example";

  /** Allowance for a token request and for a slow response. */
  private static final Duration ALLOWANCE = Duration.ofSeconds(10);

  /**
   * @throws IllegalArgumentException if a property is missing or wrong; the message names it
   */
  public SignSpaceProperties {
    apiUrl = apiUrl == null ? null : apiUrl.asBase();
    boolean sandbox = apiUrl == null && tokenUrl == null;
    if (sandbox) {
      clientId = clientId.isBlank() ? SANDBOX_CREDENTIAL : clientId;
      clientSecret = clientSecret.isBlank() ? SANDBOX_CREDENTIAL : clientSecret;
      actingHandle = actingHandle.isBlank() ? SANDBOX_HANDLE : actingHandle;
    }
    require(sandbox || apiUrl != null, "api-url", "is missing, but the token URL is set");
    require(sandbox || tokenUrl != null, "token-url", "is missing, but the API URL is set");
    require(!clientId.isBlank(), "client-id", "is missing");
    require(!clientSecret.isBlank(), "client-secret", "is missing");
    require(!actingHandle.isBlank(), "acting-handle", "is missing");
    scopes = scopes.stream().map(String::strip).filter(scope -> !scope.isEmpty()).toList();
    requirePositive("connect-timeout", connectTimeout);
    requirePositive("read-timeout", readTimeout);
    requirePositive("transfer-timeout", transferTimeout);
    require(callsPerSecond > 0, "calls-per-second", "must be more than zero");
  }

  /**
   * The maximum duration of a call without a document, including a token request and the repetition
   * after a rejected token. Task locks are derived from it.
   */
  public Duration longestCall() {
    return connectTimeout.plus(readTimeout).plus(ALLOWANCE);
  }

  /** Returns a property as an admin can set it: {@code signspace.api-url (SIGNSPACE_API_URL)}. */
  static String named(String property) {
    String variable = property.replace('-', '_').toUpperCase(Locale.ROOT);
    return "signspace." + property + " (SIGNSPACE_" + variable + ")";
  }

  private static void requirePositive(String property, Duration duration) {
    require(!duration.isNegative() && !duration.isZero(), property, "must be longer than zero");
  }

  private static void require(boolean condition, String property, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(named(property) + " " + problem);
    }
  }

  /** Omits the secret. */
  @Override
  public String toString() {
    return "SignSpaceProperties[apiUrl=%s, tokenUrl=%s, clientId=%s, actingHandle=%s, scopes=%s]"
        .formatted(apiUrl, tokenUrl, clientId, actingHandle, scopes);
  }
}
