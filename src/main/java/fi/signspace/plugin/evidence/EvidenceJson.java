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
 * Converts evidence to and from JSON. Parsing is strict: two programs that verify the same bytes
 * must not read different content from them.
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
   * @throws IOException if it is not evidence of a supported version; the message is a predicate,
   *     without the subject
   */
  static Evidence read(byte[] json) throws IOException {
    try {
      JsonNode tree = JSON.readTree(json);
      JsonNode version = tree.path("version");
      if (!version.isInt() || version.intValue() != Evidence.VERSION) {
        throw new IOException(
            "has the version %s, which this program does not support".formatted(version));
      }
      return JSON.treeToValue(tree, Evidence.class);
    } catch (JsonProcessingException e) {
      throw new IOException("is malformed: " + e.getOriginalMessage(), e);
    }
  }

  /** Parses a JOSE header: one JSON object without duplicate keys. */
  static Map<String, Object> header(byte[] json) throws IOException {
    return JSON.readValue(json, new TypeReference<>() {});
  }

  /**
   * @throws IOException if it is not JSON, or an object has a duplicate key, of which parsers take
   *     either the first or the last
   */
  static void requireNoRepeatedNames(String json) throws IOException {
    JSON.readTree(json);
  }

  private EvidenceJson() {}
}
