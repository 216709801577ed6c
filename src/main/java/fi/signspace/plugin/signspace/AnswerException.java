package fi.signspace.plugin.signspace;

import feign.Response;
import feign.codec.ErrorDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/** An answer of SignSpace that is no success, as it came. */
final class AnswerException extends RuntimeException {

  private static final int LONGEST_BODY = 4096;

  private final int status;
  private final transient Map<String, Collection<String>> headers;
  private final String body;

  private AnswerException(int status, Map<String, Collection<String>> headers, String body) {
    super("HTTP " + status);
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  /** Feign's way to hand over such answers. */
  static ErrorDecoder decoder() {
    return (method, response) ->
        new AnswerException(response.status(), response.headers(), bodyOf(response));
  }

  int status() {
    return status;
  }

  Map<String, Collection<String>> headers() {
    return headers;
  }

  String body() {
    return body;
  }

  private static String bodyOf(Response response) {
    if (response.body() == null) {
      return "";
    }
    try (InputStream stream = response.body().asInputStream()) {
      return new String(stream.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(the answer was cut off)";
    }
  }
}
