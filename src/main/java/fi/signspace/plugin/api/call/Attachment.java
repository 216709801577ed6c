package fi.signspace.plugin.api.call;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.web.util.UriUtils;

/**
 * Creates the Content-Disposition header that saves a document under its name. RFC 6266: a plain
 * ASCII name for simple clients, and the exact name, without folders. Spring's own builder puts an
 * RFC 2047 encoded word into the plain name, and curl then saves the file under that.
 */
public final class Attachment {

  /** Some clients would save the document in another folder. */
  private static final String SEPARATOR = "[/\\\\]";

  private static final String UNSAFE = "[^ -~]|[\"%]";

  private Attachment() {}

  /** Returns the headers of a response that is saved and never shown as another type. */
  public static HttpHeaders headers(String fileName) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_DISPOSITION, named(fileName));
    headers.set("X-Content-Type-Options", "nosniff");
    return headers;
  }

  static String named(String fileName) {
    String name = fileName.replaceAll(SEPARATOR, "_");
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(name.replaceAll(UNSAFE, "_"), UriUtils.encode(name, StandardCharsets.UTF_8));
  }
}
