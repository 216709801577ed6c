package fi.signspace.plugin.sandbox.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.sandbox.Json;
import fi.signspace.plugin.sandbox.LimitedBuffer;
import fi.signspace.plugin.sandbox.Payload;
import fi.signspace.plugin.sandbox.RefusalException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The payload of {@code files.create}, parsed as a stream: the base64 text is decoded in chunks, so
 * it is never in memory as a whole and not subject to Jackson's string limit.
 *
 * @param content never logged, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record FileUpload(String name, @Nullable Integer importanceOrder, byte[] content) {

  /** Slightly above the limit of SignSpace's own pages. */
  static final int MAX_SIZE = 64 * 1024 * 1024;

  private static final Set<String> OTHER_PARAMETERS =
      Set.of("acting_handle", "name", "importance_order");

  /** Reads one value of several, so trailing tokens are allowed. */
  private static final ObjectReader VALUES =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /**
   * @param length the length of the body in bytes, -1 if unknown
   */
  public static FileUpload read(InputStream body, long length) throws IOException {
    ObjectNode others = Json.MAPPER.createObjectNode();
    byte @Nullable [] content = null;
    try (JsonParser parser = Json.MAPPER.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw RefusalException.invalidBody("The body must be a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("base64")) {
          content = decode(parser, value, length);
        } else {
          others.set(name, VALUES.readTree(parser));
        }
      }
      if (parser.nextToken() != null) {
        throw RefusalException.invalidBody("The JSON object is followed by other content");
      }
    } catch (JsonProcessingException e) {
      throw RefusalException.invalidBody("The body is not valid JSON");
    }
    return validated(Payload.of(others, OTHER_PARAMETERS), content);
  }

  private static FileUpload validated(Payload payload, byte @Nullable [] content) {
    payload.actingHandle();
    String name = payload.text("name");
    if (name.length() > 255 || name.chars().anyMatch(Character::isISOControl)) {
      throw payload.invalid("name", "must be at most 255 characters without control characters");
    }
    if (content == null) {
      throw payload.invalid("base64", "is mandatory");
    }
    if (content.length == 0) {
      throw payload.invalid("base64", "is an empty file");
    }
    return new FileUpload(name, payload.optionalInteger("importance_order").orElse(null), content);
  }

  private static byte[] decode(JsonParser parser, JsonToken value, long length) throws IOException {
    if (value != JsonToken.VALUE_STRING) {
      throw RefusalException.invalid("base64", "must be a string");
    }
    var bytes = new LimitedBuffer((int) Math.min(Math.max(length, 0) * 3 / 4, MAX_SIZE), MAX_SIZE);
    try {
      parser.readBinaryValue(bytes);
    } catch (JsonProcessingException
        | IllegalArgumentException e) { // the latter if padding is missing
      throw RefusalException.invalid("base64", "is not valid base64");
    }
    return bytes.toByteArray();
  }
}
