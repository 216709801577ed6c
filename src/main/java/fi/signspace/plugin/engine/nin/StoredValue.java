package fi.signspace.plugin.engine.nin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.variable.serializer.ValueFields;
import org.jspecify.annotations.Nullable;

/** A variable's value as the engine stores it: bytes or text, regardless of its type. */
final class StoredValue {

  /** In levels; the checks are recursive. Anything deeper is not regarded as JSON. */
  private static final int MAX_DEPTH = 100;

  /**
   * Strict, so that no part of the text escapes the check: names are unique, and nothing follows
   * the value.
   */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern NIN_FIELD =
      Pattern.compile("[\"']nin\\\\*[\"']", Pattern.CASE_INSENSITIVE);
  private static final Pattern BEGUN_NIN =
      Pattern.compile("\\bnin\\b[^0-9A-Za-z]{0,6}[0-9]", Pattern.CASE_INSENSITIVE);
  private static final Pattern JWE = Pattern.compile("eyJ[\\w-]*(?:\\.[\\w-]*){4}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");

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
   * Returns the places that contain a plaintext identity code. Participants are checked strictly:
   * if they cannot be parsed, nothing in them may even look like a code. The other start variables
   * and a decision may not contain a valid code. Any other variable may be a model's own name for
   * participants, so a field {@code nin} with a valid code is rejected there.
   */
  List<String> plaintextNins(String variable) {
    if (ParticipantNins.PARTICIPANTS.equals(variable)) {
      Object participants = json();
      if (participants != null) {
        return ParticipantNins.plaintextNins(participants);
      }
      return readings().map(StoredValue::withoutJwe).anyMatch(StoredValue::isSuspect)
          ? List.of(variable)
          : List.of();
    }
    String text = unescaped();
    boolean mayHaveNone =
        (variable != null
                && (SigningVariables.START.contains(variable)
                    || SigningProcess.DECISION.equals(variable)))
            || NIN_FIELD.matcher(text).find();
    return mayHaveNone && readings().anyMatch(PersonalIdentityCode::isIn)
        ? List.of(variable)
        : List.of();
  }

  /** What looks like an escape may be the beginning of a code. */
  private Stream<String> readings() {
    return Stream.of(unescaped(), text()).distinct();
  }

  private static boolean isSuspect(String unreadable) {
    return PersonalIdentityCode.isSuspectedIn(unreadable) || BEGUN_NIN.matcher(unreadable).find();
  }

  /** Returns the same participants without their codes, encrypted or not. */
  StoredValue withoutNins() {
    Object participants = json();
    if (participants == null) {
      String text = text();
      String without = withoutJwe(text);
      return without.equals(text) ? this : new StoredValue(bytesOf(without));
    }
    if (!ParticipantNins.any(participants)) {
      return this;
    }
    try {
      return new StoredValue(MAPPER.writeValueAsBytes(ParticipantNins.without(participants)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot serialize a value that was parsed before", e);
    }
  }

  private static String withoutJwe(String text) {
    return JWE.matcher(text).replaceAll("");
  }

  /** Resolves Unicode escapes, as a JSON parser would. */
  private String unescaped() {
    return ESCAPE
        .matcher(text())
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
  }

  byte[] bytes() {
    return bytes;
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Returns lists, maps and scalar values, or null if it is not JSON. */
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
