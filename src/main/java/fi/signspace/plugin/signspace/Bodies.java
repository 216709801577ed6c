package fi.signspace.plugin.signspace;

import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Reads the bodies of answers whole; the HTTP client fails if one is cut short. */
final class Bodies {

  /** No answer may fill the memory: SignSpace's own limit for a file is 60 MB. */
  private static final int LARGEST = 256 * 1024 * 1024;

  private Bodies() {}

  /** The bytes as they came, still compressed if somebody compressed them. */
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

  /** The bytes without compression, which is not asked for, but which proxies may add. */
  static byte[] decoded(Response response, byte[] raw) throws IOException {
    String coding = header(response, "Content-Encoding").toLowerCase(Locale.ROOT);
    return switch (coding) {
      case "", "identity" -> raw;
      case "gzip", "x-gzip" -> {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(raw))) {
          yield limited(stream);
        }
      }
      default -> throw new UnreadableAnswer("the answer has an unknown Content-Encoding", coding);
    };
  }

  /** The first value of a header, empty if there is none. */
  static String header(Response response, String name) {
    Collection<String> values = response.headers().getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.iterator().next().strip();
  }

  /** Into one array of the right size: a document is in memory once while it is received. */
  private static byte[] exactly(int length, InputStream stream) throws IOException {
    requireSize(length);
    byte[] bytes = new byte[length];
    if (stream.readNBytes(bytes, 0, length) < length) {
      throw new IOException("the answer ended before its Content-Length");
    }
    return bytes;
  }

  private static byte[] limited(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(LARGEST + 1);
    requireSize(bytes.length);
    return bytes;
  }

  private static void requireSize(int length) throws UnreadableAnswer {
    if (length > LARGEST) {
      throw new UnreadableAnswer("the answer is larger than 256 MB", "");
    }
  }
}
