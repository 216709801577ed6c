package fi.signspace.plugin.worker.task;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.signing.input.UnreadableJson;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Json variables as text. */
public final class Json {

  /** Rejects duplicate names and trailing content. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * @return null if the JSON is null
   * @throws IncidentException if the variable does not hold the expected JSON
   */
  static <T> @Nullable T read(String variable, String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IncidentException(
          "The variable %s does not hold the expected JSON (%s). Correct it in Cockpit, then retry."
              .formatted(variable, type.getSimpleName()));
    }
  }

  /** Reads any JSON into maps, lists and plain values; returns other text unchanged. */
  static Object readLoosely(String text) {
    try {
      Object value = MAPPER.readValue(text, Object.class);
      return value == null ? text : value;
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  public static JsonNode tree(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  /**
   * Reads any JSON into maps, lists and plain values, or returns the position of the syntax error.
   */
  static @Nullable Object readOrExplain(String text) {
    try {
      return MAPPER.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      JsonLocation place = Objects.requireNonNullElse(e.getLocation(), JsonLocation.NA);
      return new UnreadableJson(e.getOriginalMessage(), place.getLineNr(), place.getColumnNr());
    }
  }

  private Json() {}
}
