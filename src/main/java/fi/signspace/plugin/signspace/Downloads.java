package fi.signspace.plugin.signspace;

import feign.Response;
import fi.signspace.plugin.signing.Document;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.ContentDisposition;

/**
 * Makes a document of a download (guide, "Downloading files"), or refuses it: a finished process
 * holds the signed document itself, not half of it and not the error page of a proxy.
 */
final class Downloads {

  private static final String UNTYPED = "application/octet-stream";

  private Downloads() {}

  /**
   * The document under the name that SignSpace gives it, empty if it gives none.
   *
   * @throws UnreadableAnswer if the bytes are none, damaged, or not the document
   */
  static Document document(Response response, byte[] raw) throws IOException {
    Digests.verify(response, raw);
    byte[] content = Bodies.decoded(response, raw);
    if (content.length == 0) {
      throw new UnreadableAnswer("the file is empty", "");
    }
    String name = name(Bodies.header(response, "Content-Disposition"));
    String type = Bodies.header(response, "Content-Type");
    String mimeType = type.isEmpty() ? UNTYPED : type;
    if (!isWhatItClaims(name, mimeType.toLowerCase(Locale.ROOT), content)) {
      throw new UnreadableAnswer("the answer is not the file", AnswerDecoder.excerpt(content));
    }
    return new Document(name, mimeType, content);
  }

  /** A page or a JSON object instead of the file is an error, even with status 200. */
  private static boolean isWhatItClaims(String name, String mimeType, byte[] content) {
    if (name.toLowerCase(Locale.ROOT).endsWith(".pdf") || mimeType.startsWith("application/pdf")) {
      return startsAsPdf(content);
    }
    boolean page = mimeType.startsWith("text/html") || mimeType.startsWith("application/json");
    return !page || !name.isEmpty();
  }

  /** A PDF may begin after some bytes of its own: readers search the first kilobyte, too. */
  private static boolean startsAsPdf(byte[] content) {
    int beginning = Math.min(content.length, 1024);
    return new String(content, 0, beginning, StandardCharsets.ISO_8859_1).contains("%PDF");
  }

  /** RFC 6266 and 5987; verbatim, as the domain keeps it. */
  private static String name(String disposition) {
    if (disposition.isEmpty()) {
      return "";
    }
    try {
      String given = ContentDisposition.parse(utf8(disposition)).getFilename();
      return given == null ? "" : given;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Header bytes arrive as Latin-1; a server that writes names raw writes them in UTF-8. */
  private static String utf8(String header) {
    try {
      byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return header;
    }
  }
}
