package fi.signspace.plugin.engine.nin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.jspecify.annotations.Nullable;

/**
 * The variable {@code participants} as the engine stores it: bytes or text, whatever its type, and
 * JSON if all is well.
 *
 * @param json lists, maps and values; null if it is no JSON
 * @param text what it is otherwise
 */
record StoredParticipants(@Nullable Object json, String text) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static StoredParticipants of(ValueFields fields) {
    byte[] bytes = fields.getByteArrayValue();
    String text = fields.getTextValue();
    return of(bytes != null ? bytes : bytesOf(text == null ? "" : text));
  }

  static StoredParticipants of(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      return new StoredParticipants(MAPPER.readValue(bytes, Object.class), text);
    } catch (IOException e) {
      return new StoredParticipants(null, text);
    }
  }

  /** Where an identity code stands in clear; what cannot be read may not even look like one. */
  List<String> inClear() {
    if (json != null) {
      return ParticipantNins.inClear(json);
    }
    boolean hasSuspect = !PersonalIdentityCode.masked(text).equals(text);
    return hasSuspect ? List.of(ParticipantNins.PARTICIPANTS) : List.of();
  }

  boolean hasNins() {
    return ParticipantNins.any(json);
  }

  byte[] bytesWithoutNins() {
    try {
      return MAPPER.writeValueAsBytes(ParticipantNins.without(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was read cannot be written", e);
    }
  }

  private static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
