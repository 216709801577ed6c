package fi.signspace.plugin.api.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages according to the Standard Webhooks specification, so that its libraries can verify
 * them: HMAC-SHA256 over id, timestamp and body.
 */
final class Signature {

  private static final String PREFIX = "whsec_";
  private static final int MIN_BYTES = 24;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param secret {@code whsec_} followed by at least 24 bytes in Base64
   * @throws IllegalArgumentException if it has any other form
   */
  Signature(@Nullable String secret) {
    key = new SecretKeySpec(decode(secret), ALGORITHM);
  }

  private static byte[] decode(@Nullable String secret) {
    try {
      if (secret != null && secret.startsWith(PREFIX)) {
        byte[] bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
        if (bytes.length >= MIN_BYTES) {
          return bytes;
        }
      }
    } catch (IllegalArgumentException e) {
      // reported below without the secret
    }
    throw new IllegalArgumentException(
        "signspace.webhook.secret must be whsec_ followed by at least %s bytes in Base64; create one with: echo whsec_$(openssl rand -base64 32)"
            .formatted(MIN_BYTES));
  }

  /**
   * Returns the value of the header {@code webhook-signature}.
   *
   * @param timestamp in seconds since 1970
   */
  String of(String id, long timestamp, String body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signed =
          mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
