package fi.signspace.plugin.api.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.start.NewDocument;
import fi.signspace.plugin.api.start.NewRequest;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.input.FieldError;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of an {@code Idempotency-Key}; the key itself is not stored.
 *
 * @param marker the name of the variable that marks the instance started with the key; the name,
 *     since the engine's history is indexed by it
 * @param fingerprint the value of the variable: a hash of the request, keyed with the key so that
 *     readers cannot find a personal identity code by brute force
 */
public record IdempotencyKey(String marker, String fingerprint) {

  private static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 255;
  private static final int MARKER_BYTES = 16;

  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /**
   * @param user the user whose key it is: two users may choose the same key
   */
  public static IdempotencyKey of(String user, String key, NewRequest request) {
    if (key.isBlank() || key.length() > MAX_LENGTH) {
      throw new InvalidInputException(
          List.of(new FieldError(HEADER, "Write 1 to %s characters.".formatted(MAX_LENGTH))));
    }
    byte[] secret = (user + "\n" + key).getBytes(StandardCharsets.UTF_8);
    byte[] name = Sha256.digest().digest(secret);
    return new IdempotencyKey(
        "idempotencyKey_" + HexFormat.of().formatHex(name, 0, MARKER_BYTES),
        fingerprint(secret, request));
  }

  private static String fingerprint(byte[] secret, NewRequest request) {
    List<@Nullable Object> content = new ArrayList<>();
    content.add(request.businessKey());
    if (request.tenantId() != null) {
      content.add(request.tenantId());
    }
    content.add(request.sent());
    for (NewDocument document : request.documents()) {
      content.add(List.of(document.fileName(), document.mimeType(), document.sha256()));
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, mac.getAlgorithm()));
      return HexFormat.of().formatHex(mac.doFinal(canonical(content)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the same bytes for equal values, regardless of the order of their names. */
  public static byte[] canonical(Object value) {
    try {
      return CANONICAL.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
