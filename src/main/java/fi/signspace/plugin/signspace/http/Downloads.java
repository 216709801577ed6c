package fi.signspace.plugin.signspace.http;

import feign.Response;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.text.FileNames;
import fi.signspace.plugin.signing.text.FileType;
import fi.signspace.plugin.signing.text.MediaTypes;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.ContentDisposition;

/**
 * Converts a download to a document (guide, "Downloading files"), or rejects it: a finished process
 * must contain the complete signed document, not a part of it or a proxy's error page.
 */
final class Downloads {

  private Downloads() {}

  /**
   * Returns the document with the name given by SignSpace, which may be empty.
   *
   * @throws UnreadableResponseException if the body is empty, damaged, or not the document
   */
  static Document document(Response response, byte[] raw) throws IOException {
    DigestVerifier.verify(response, raw);
    byte[] content = ResponseBodies.decoded(response, raw);
    if (content.length == 0) {
      throw new UnreadableResponseException("the file is empty", "");
    }
    String name =
        PersonalIdentityCode.maskedIfIn(
            FileNames.normalized(name(ResponseBodies.header(response, "Content-Disposition"))));
    String declared =
        MediaTypes.normalized(ResponseBodies.header(response, "Content-Type"), content);
    if (isErrorPage(name.toLowerCase(Locale.ROOT), declared, content)) {
      throw new UnreadableResponseException(
          "the response is not the file", ResponseDecoder.excerpt(content));
    }
    return new Document(name, MediaTypes.of(content, declared), content);
  }

  /**
   * A page or a JSON object instead of the file is an error, even with status 200. Anything else is
   * accepted: the name proves nothing about the content.
   */
  private static boolean isErrorPage(String name, String declared, byte[] content) {
    return switch (FileType.of(content)) {
      case HTML -> !name.endsWith(".html") && !name.endsWith(".htm") && !name.endsWith(".xhtml");
      case TEXT ->
          isDeclaredAsPage(declared) ? name.isEmpty() : isJsonError(name, declared, content);
      default -> false;
    };
  }

  private static boolean isDeclaredAsPage(String declared) {
    return declared.equals("text/html") || declared.equals("application/json");
  }

  private static boolean isJsonError(String name, String declared, byte[] content) {
    return content[0] == '{'
        && declared.equals(FileType.PDF.mediaType())
        && !name.endsWith(".json");
  }

  /** RFC 6266 and 5987. */
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

  /** Header bytes are decoded as Latin-1; servers that do not encode names send UTF-8. */
  private static String utf8(String header) {
    try {
      byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return header;
    }
  }
}
