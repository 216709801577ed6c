package fi.signspace.plugin.signspace.http;

import feign.Response;
import feign.codec.ErrorDecoder;
import fi.signspace.plugin.signspace.FailureTranslator;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A response of SignSpace, or of a proxy, with a status other than success. */
public final class HttpErrorException extends RuntimeException {

  private static final int EXCERPT = 4096;

  private final int status;
  private final String errorText;
  private final Map<String, Collection<String>> headers;

  private HttpErrorException(
      int status, String errorText, Map<String, Collection<String>> headers) {
    super("HTTP " + status);
    this.status = status;
    this.errorText = errorText;
    this.headers = headers;
  }

  /**
   * For {@link ErrorDecoder}: keeps what {@link FailureTranslator} needs, and no part of the
   * request.
   */
  public static HttpErrorException of(Response response) {
    return new HttpErrorException(
        response.status(), ErrorTextExtractor.of(excerpt(response)), response.headers());
  }

  private static byte[] excerpt(Response response) {
    Response.Body body = response.body();
    if (body == null) {
      return new byte[0];
    }
    try {
      return body.asInputStream().readNBytes(EXCERPT);
    } catch (IOException e) {
      return new byte[0]; // the status is known, which is enough
    }
  }

  public int status() {
    return status;
  }

  /** SignSpace's error text, not yet redacted; may be empty. */
  public String errorText() {
    return errorText;
  }

  public @Nullable String header(String... names) {
    return Stream.of(names)
        .flatMap(name -> headers.getOrDefault(name, List.of()).stream())
        .findFirst()
        .orElse(null);
  }
}
