package fi.signspace.plugin.sandbox;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The sandbox's JSON mapper, independent of the application's: snake_case names and strict parsing.
 */
public final class Json {

  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build();

  /** Far above any real signing request; documents are read elsewhere. */
  private static final int MAX_BODY = 1_000_000;

  private Json() {}

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ServerResponse respond(Object value) {
    return respond(200, value);
  }

  public static ServerResponse respond(int status, Object value) {
    return respond(head(status), bytes(value));
  }

  public static ServerResponse.BodyBuilder head(int status) {
    return ServerResponse.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .header("Cache-Control", "no-store");
  }

  /**
   * Responds without flushing, so that a call is counted before its client has the complete
   * response.
   */
  public static ServerResponse respond(ServerResponse.BodyBuilder head, byte[] body) {
    return head.build(
        (request, response) -> {
          response.setContentLength(body.length);
          response.getOutputStream().write(body);
          return null;
        });
  }

  static void requireJson(ServerRequest request) {
    boolean json =
        request.headers().contentType().filter(MediaType.APPLICATION_JSON::includes).isPresent();
    if (!json) {
      throw RefusalException.of(
          415, "unsupported_media_type", "Content-Type must be application/json");
    }
  }

  /** Reads a body of limited size; an empty body yields a missing node. */
  public static JsonNode read(ServerRequest request) throws IOException {
    InputStream in = request.servletRequest().getInputStream();
    byte[] body = in.readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw RefusalException.of(413, "too_large", "The body is longer than " + MAX_BODY + " bytes");
    }
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw RefusalException.invalidBody("The body is not valid JSON");
    }
  }
}
