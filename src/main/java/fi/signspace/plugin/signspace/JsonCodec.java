package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import feign.RequestTemplate;
import feign.Response;
import feign.codec.Decoder;
import feign.codec.EncodeException;
import feign.codec.Encoder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * JSON for Feign. Feign's own codec would make a String of a document's Base64 on the way, and does
 * not tell an answer that was cut from one that is no JSON.
 */
final class JsonCodec implements Encoder, Decoder {

  /** An answer that is no JSON. */
  static final class NotJsonException extends RuntimeException {
    NotJsonException(JsonProcessingException cause) {
      super("The answer is no JSON", cause);
    }
  }

  private final ObjectMapper mapper =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  @Override
  public void encode(Object payload, Type type, RequestTemplate request) {
    try {
      request.body(mapper.writeValueAsBytes(payload), StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new EncodeException("Cannot be written as JSON: " + payload.getClass().getSimpleName());
    }
  }

  @Override
  public Object decode(Response response, Type type) throws IOException {
    if (type == Response.class) {
      return response;
    }
    byte[] bytes;
    try (InputStream stream = response.body().asInputStream()) {
      bytes = stream.readAllBytes();
    }
    try {
      return mapper.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new NotJsonException(e);
    }
  }
}
