package fi.signspace.plugin.signspace;

import feign.Response;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.SignSpaceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ContentDisposition;

/**
 * Reads a downloaded file, whole or not at all: its length and, where they are given, its digests
 * are compared, and a page that a proxy or the virus scan sent in place of a PDF is not taken for
 * the document.
 */
final class Downloads {

  private static final byte[] PDF = "%PDF".getBytes(StandardCharsets.US_ASCII);

  private final Failures failures;

  Downloads(Failures failures) {
    this.failures = failures;
  }

  Document read(String what, Response response) {
    if (response.status() != 200) {
      throw unusable(what, "HTTP " + response.status());
    }
    Map<String, Collection<String>> headers = response.headers();
    byte[] content = bytes(what, response);
    String name = name(headers);
    String type = Failures.header(headers, "content-type").orElse("application/octet-stream");
    String mimeType = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    check(what, headers, content);
    boolean isPdf =
        name.toLowerCase(Locale.ROOT).endsWith(".pdf") || mimeType.equals("application/pdf");
    if (isPdf && !startsWithPdf(content)) {
      throw unusable(what, "no PDF although it is named one");
    }
    return new Document(name, mimeType, content);
  }

  private byte[] bytes(String what, Response response) {
    try (InputStream stream = response.body().asInputStream()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw failures.ofConnection(what, e);
    }
  }

  private static void check(String what, Map<String, Collection<String>> headers, byte[] content) {
    if (content.length == 0) {
      throw unusable(what, "an empty file");
    }
    Optional<String> length = Failures.header(headers, "content-length");
    if (length.isPresent() && !length.get().strip().equals(String.valueOf(content.length))) {
      throw unusable(what, "%d bytes of %s".formatted(content.length, length.get()));
    }
    Optional<String> md5 = Failures.header(headers, "content-md5");
    if (md5.isPresent() && !md5.get().strip().equals(digest("MD5", content))) {
      throw unusable(what, "bytes that do not fit their Content-MD5");
    }
    Optional<String> sha256 =
        Failures.header(headers, "digest")
            .filter(value -> value.toLowerCase(Locale.ROOT).startsWith("sha-256="))
            .map(value -> value.substring("sha-256=".length()));
    if (sha256.isPresent() && !sha256.get().strip().equals(digest("SHA-256", content))) {
      throw unusable(what, "bytes that do not fit their Digest");
    }
  }

  private static SignSpaceException unusable(String what, String reason) {
    return SignSpaceException.notDone("%s brought %s.".formatted(what, reason), null, null);
  }

  private static boolean startsWithPdf(byte[] content) {
    // a PDF may begin after some bytes of its own; the first kilobyte is what readers search
    for (int i = 0; i < Math.min(1024, content.length - PDF.length); i++) {
      if (Arrays.equals(content, i, i + PDF.length, PDF, 0, PDF.length)) {
        return true;
      }
    }
    return false;
  }

  private static String name(Map<String, Collection<String>> headers) {
    return Failures.header(headers, "content-disposition")
        .map(value -> ContentDisposition.parse(value).getFilename())
        .orElse("");
  }

  private static String digest(String algorithm, byte[] content) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has " + algorithm, e);
    }
  }
}
