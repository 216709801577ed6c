package fi.signspace.plugin.signspace.http;

import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Reads complete response bodies; the HTTP client fails if a body is truncated. */
final class ResponseBodies {

  /** Limits memory per response; SignSpace's own limit for a file is 60 MB. */
  private static final int MAX_SIZE = 256 * 1024 * 1024;

  private ResponseBodies() {}

  /** Returns the bytes as received, possibly compressed. */
  static byte[] raw(Response response) throws IOException {
    Response.Body body = response.body();
    if (body == null) {
      return new byte[0];
    }
    Integer length = body.length();
    try (InputStream stream = body.asInputStream()) {
      return length == null ? limited(stream) : exactly(length, stream);
    }
  }

  /** Returns the decompressed bytes: compression is not requested, but proxies may apply it. */
  static byte[] decoded(Response response, byte[] raw) throws IOException {
    String coding = header(response, "Content-Encoding").toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> raw;
      case "gzip", "x-gzip" -> {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(raw))) {
          yield limited(stream);
        }
      }
      default ->
          throw new UnreadableResponseException(
              "the response has an unknown Content-Encoding", coding);
    };
  }

  /** Returns the first value of a header, empty if there is none. */
  static String header(Response response, String name) {
    Collection<String> values = response.headers().getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.iterator().next().strip();
  }

  /** Returns the charset declared by a media type; UTF-8 if none is declared or it is unknown. */
  static Charset declaredCharset(String contentType) {
    try {
      MimeType type = MimeTypeUtils.parseMimeType(contentType);
      return type.getCharset() == null ? StandardCharsets.UTF_8 : type.getCharset();
    } catch (InvalidMimeTypeException
        | IllegalCharsetNameException
        | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /** Decodes a text in the charset of its byte order mark, otherwise in UTF-8. */
  static String text(byte[] body) {
    String utf8 = new String(body, StandardCharsets.UTF_8);
    if (utf8.startsWith("\ufeff")) {
      return utf8.substring(1);
    }
    boolean isUtf16 =
        body.length > 1
            && ((body[0] == (byte) 0xfe && body[1] == (byte) 0xff)
                || (body[0] == (byte) 0xff && body[1] == (byte) 0xfe));
    return isUtf16 ? new String(body, StandardCharsets.UTF_16) : utf8;
  }

  /** Reads into one array of the right size, so a document is in memory only once. */
  private static byte[] exactly(int length, InputStream stream) throws IOException {
    requireSize(length);
    byte[] bytes = new byte[length];
    if (stream.readNBytes(bytes, 0, length) < length) {
      throw new IOException("the response ended before its Content-Length");
    }
    return bytes;
  }

  private static byte[] limited(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(MAX_SIZE + 1);
    requireSize(bytes.length);
    return bytes;
  }

  private static void requireSize(int length) throws UnreadableResponseException {
    if (length > MAX_SIZE) {
      throw new UnreadableResponseException("the response is larger than 256 MB", "");
    }
  }
}
