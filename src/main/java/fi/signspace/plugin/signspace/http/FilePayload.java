package fi.signspace.plugin.signspace.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.signing.Document;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The payload of files.create (guide, "1. Create File(s)"). */
public record FilePayload(String actingHandle, int importanceOrder, Document document) {

  /** A multiple of 3, so that the base64 of a slice needs no padding. */
  private static final int SLICE = 3 * 16 * 1024;

  /**
   * Returns the JSON with the base64 encoded in place: a document of 60 MB takes 80 MB once,
   * without an intermediate string.
   */
  public byte[] json(ObjectMapper mapper) throws JsonProcessingException {
    byte[] head = head(mapper);
    byte[] tail = "\"}".getBytes(StandardCharsets.US_ASCII);
    byte[] content = document.content();
    int base64Length = Math.multiplyExact(4, (content.length + 2) / 3);
    byte[] json = Arrays.copyOf(head, Math.addExact(head.length + tail.length, base64Length));
    int position = head.length;
    for (int from = 0; from < content.length; from += SLICE) {
      byte[] slice = Arrays.copyOfRange(content, from, Math.min(from + SLICE, content.length));
      byte[] base64 = Base64.getEncoder().encode(slice);
      System.arraycopy(base64, 0, json, position, base64.length);
      position += base64.length;
    }
    System.arraycopy(tail, 0, json, position, tail.length);
    return json;
  }

  private byte[] head(ObjectMapper mapper) throws JsonProcessingException {
    String fields =
        mapper.writeValueAsString(
            mapper
                .createObjectNode()
                .put("acting_handle", actingHandle)
                .put("name", document.name())
                .put("importance_order", importanceOrder));
    String open = fields.substring(0, fields.length() - 1);
    return (open + ",\"base64\":\"").getBytes(StandardCharsets.UTF_8);
  }
}
