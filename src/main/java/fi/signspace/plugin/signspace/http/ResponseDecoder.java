package fi.signspace.plugin.signspace.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import feign.Response;
import feign.codec.Decoder;
import fi.signspace.plugin.signing.Document;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;

/**
 * Decodes a successful response to JSON or a document, or throws {@link
 * UnreadableResponseException}.
 */
public final class ResponseDecoder implements Decoder {

  private static final int EXCERPT = 4096;

  private final ObjectMapper mapper;

  public ResponseDecoder(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Object decode(Response response, Type type) throws IOException {
    byte[] raw = ResponseBodies.raw(response);
    if (type == Document.class) {
      return Downloads.document(response, raw);
    }
    return json(
        ResponseBodies.decoded(response, raw), ResponseBodies.header(response, "Content-Type"));
  }

  /**
   * Unicode charsets of JSON are detected; others must be declared. An empty body yields a missing
   * node, since not every call returns content.
   */
  private JsonNode json(byte[] body, String contentType) throws IOException {
    try {
      return mapper.readTree(body);
    } catch (IOException e) {
      // reading a byte array fails only because of its content
      try {
        return mapper.readTree(new String(body, ResponseBodies.declaredCharset(contentType)));
      } catch (JsonProcessingException inDeclared) {
        throw new UnreadableResponseException("the response is not JSON", excerpt(body));
      }
    }
  }

  static String excerpt(byte[] body) {
    return ErrorTextExtractor.of(Arrays.copyOf(body, Math.min(body.length, EXCERPT)));
  }
}
