package fi.signspace.plugin.signspace;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How SignSpace is reached ({@code signspace.*}). Without an address the sandbox of this process is
 * meant, with its own credentials.
 *
 * @param apiUrl e.g. {@code https://app.signspace.com/api/v1}
 * @param tokenUrl e.g. {@code https://app.signspace.com/auth/token}
 * @param actingHandle who acts unless a process says otherwise
 * @param scopes sent with the token request; none by default
 * @param readTimeout the longest silence of SignSpace
 * @param transferTimeout the longest time that one document may take
 * @param callsPerSecond no more calls are made to SignSpace in a second, by one process
 */
@ConfigurationProperties("signspace")
public record SignSpaceProperties(
    @Nullable URI apiUrl,
    @Nullable URI tokenUrl,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String actingHandle,
    @DefaultValue List<String> scopes,
    @DefaultValue("5s") Duration connectTimeout,
    @DefaultValue("30s") Duration readTimeout,
    @DefaultValue("5m") Duration transferTimeout,
    @DefaultValue("50") int callsPerSecond) {

  private static final String SANDBOX = "sandbox";
  private static final String SANDBOX_HANDLE = "robot@sandbox.example";

  public SignSpaceProperties {
    if (apiUrl == null && tokenUrl == null) {
      clientId = orElse(clientId, SANDBOX);
      clientSecret = orElse(clientSecret, SANDBOX);
      actingHandle = orElse(actingHandle, SANDBOX_HANDLE);
    } else {
      require(apiUrl, "signspace.api-url", "SIGNSPACE_API_URL");
      require(tokenUrl, "signspace.token-url", "SIGNSPACE_TOKEN_URL");
      require(clientId, "signspace.client-id", "SIGNSPACE_CLIENT_ID");
      require(clientSecret, "signspace.client-secret", "SIGNSPACE_CLIENT_SECRET");
      require(actingHandle, "signspace.acting-handle", "SIGNSPACE_ACTING_HANDLE");
    }
    requirePositive(connectTimeout, "signspace.connect-timeout");
    requirePositive(readTimeout, "signspace.read-timeout");
    requirePositive(transferTimeout, "signspace.transfer-timeout");
  }

  /** Whether the sandbox of this process stands in for SignSpace. */
  public boolean isSandbox() {
    return apiUrl == null;
  }

  @Override
  public String toString() {
    return "SignSpaceProperties[apiUrl=%s, tokenUrl=%s, clientId=%s, actingHandle=%s]"
        .formatted(apiUrl, tokenUrl, clientId, actingHandle);
  }

  private static String orElse(@Nullable String value, String other) {
    return value == null || value.isBlank() ? other : value;
  }

  private static void require(@Nullable Object value, String property, String variable) {
    if (value == null || value.toString().isBlank()) {
      throw new IllegalArgumentException(
          "%s is not set. Once one of signspace.api-url and signspace.token-url is set, SignSpace needs all of its settings; set %s, or %s in the environment."
              .formatted(property, property, variable));
    }
  }

  private static void requirePositive(Duration value, String property) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(property + " must be longer than 0, but is " + value);
    }
  }
}
