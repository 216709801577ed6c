package fi.signspace.plugin.api.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.encryption.ListSeal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The content of a list's variable: sealed JSON. */
final class SealedJson {

  private static final JsonMapper JSON = new JsonMapper();

  private SealedJson() {}

  static byte[] seal(Object content, ListSeal seal) {
    try {
      return seal.seal(JSON.writeValueAsBytes(content)).getBytes(StandardCharsets.US_ASCII);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A part of a list cannot be sealed", e);
    }
  }

  /**
   * @throws BrokenSealException if it was not sealed, or is of another type
   */
  static <T> T open(byte[] sealed, ListSeal seal, Class<T> type) {
    try {
      return JSON.readValue(seal.open(new String(sealed, StandardCharsets.US_ASCII)), type);
    } catch (IOException e) {
      throw new BrokenSealException("its content cannot be read");
    }
  }
}
