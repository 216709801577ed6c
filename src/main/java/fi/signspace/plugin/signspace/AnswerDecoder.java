package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import feign.Response;
import feign.codec.Decoder;
import fi.signspace.plugin.signing.Document;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;

/** Turns a successful answer into JSON or a document, or throws {@link UnreadableAnswer}. */
final class AnswerDecoder implements Decoder {

  private static final int EXCERPT = 4096;

  private final ObjectMapper mapper;

  AnswerDecoder(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public Object decode(Response response, Type type) throws IOException {
    byte[] raw = Bodies.raw(response);
    if (type == Document.class) {
      return Downloads.document(response, raw);
    }
    return json(Bodies.decoded(response, raw), Bodies.header(response, "Content-Type"));
  }

  /**
   * JSON tells its own character set, with a byte order mark or without; only one that is none of
   * Unicode has to be declared. An empty body gives a missing node, not a failure: not every call
   * promises an answer.
   */
  private JsonNode json(byte[] body, String contentType) throws IOException {
    try {
      return mapper.readTree(body);
    } catch (IOException e) {
      // an array of bytes has no other failure than of its content
      try {
        return mapper.readTree(new String(body, Bodies.declaredCharset(contentType)));
      } catch (JsonProcessingException inDeclared) {
        throw new UnreadableAnswer("the answer is not JSON", excerpt(body));
      }
    }
  }

  static String excerpt(byte[] body) {
    return SpokenWords.of(Arrays.copyOf(body, Math.min(body.length, EXCERPT)));
  }
}
