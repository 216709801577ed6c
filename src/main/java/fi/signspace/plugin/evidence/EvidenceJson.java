package fi.signspace.plugin.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Map;

/**
 * Evidence as JSON. Reading is strict: two programs that verify the same bytes must not read
 * different things from them.
 */
final class EvidenceJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  static byte[] write(Evidence evidence) {
    try {
      return JSON.writeValueAsBytes(evidence);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Evidence cannot be written as JSON", e);
    }
  }

  /**
   * @throws IOException if it is not evidence of a known version; the message is a sentence's end
   *     that begins with a verb
   */
  static Evidence read(byte[] json) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode version = tree.path("version");
      if (!version.isInt() || version.intValue() != Evidence.VERSION) {
        throw new IOException(
            "has the version %s, which this program does not know".formatted(version));
      }
      return JSON.treeToValue(tree, Evidence.class);
    } catch (JsonProcessingException e) {
      throw new IOException("is not in order: " + e.getOriginalMessage(), e);
    }
  }

  /** A JOSE header: one JSON object without repeated keys. */
  static Map<String, Object> header(byte[] json) throws IOException {
    return JSON.readValue(json, new TypeReference<>() {});
  }

  /**
   * @throws IOException if it is no JSON, or an object of it has a name twice, of which programs
   *     take one or the other
   */
  static void requireNoRepeatedNames(String json) throws IOException {
    JSON.readTree(json);
  }

  private EvidenceJson() {}
}
