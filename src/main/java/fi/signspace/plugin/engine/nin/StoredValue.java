package fi.signspace.plugin.engine.nin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.jspecify.annotations.Nullable;

/** A variable's value as the engine stores it: bytes or text, whatever its type. */
final class StoredValue {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern NIN_FIELD = Pattern.compile("\"nin\"", Pattern.CASE_INSENSITIVE);

  private final byte[] bytes;

  StoredValue(byte[] bytes) {
    this.bytes = bytes;
  }

  static StoredValue of(ValueFields fields) {
    byte[] bytes = fields.getByteArrayValue();
    String text = fields.getTextValue();
    return new StoredValue(bytes != null ? bytes : bytesOf(text == null ? "" : text));
  }

  /**
   * Where an identity code stands in clear. Participants are looked at closely, and if they cannot
   * be read, nothing in them may even look like a code. Of any other variable, which may be a
   * model's own name for participants, nothing is known but that a field {@code nin} beside a valid
   * code is no accident.
   */
  List<String> ninsInClear(String variable) {
    if (!ParticipantNins.PARTICIPANTS.equals(variable)) {
      return NIN_FIELD.matcher(text()).find() && PersonalIdentityCode.isIn(text())
          ? List.of(variable)
          : List.of();
    }
    Object participants = json();
    if (participants != null) {
      return ParticipantNins.inClear(participants);
    }
    boolean hasSuspect = !PersonalIdentityCode.masked(text()).equals(text());
    return hasSuspect ? List.of(variable) : List.of();
  }

  /** The same participants without their codes, encrypted or not. */
  StoredValue withoutNins() {
    Object participants = json();
    if (!ParticipantNins.any(participants)) {
      return this;
    }
    try {
      return new StoredValue(MAPPER.writeValueAsBytes(ParticipantNins.without(participants)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was read cannot be written", e);
    }
  }

  byte[] bytes() {
    return bytes;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Lists, maps and values; null if it is no JSON. */
  private @Nullable Object json() {
    try {
      return MAPPER.readValue(bytes, Object.class);
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
