package fi.signspace.plugin.api;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * Creates the Content-Disposition header that saves a document under its name. RFC 6266: a plain
 * ASCII name for simple clients, and the exact name. Spring's own builder puts an RFC 2047 encoded
 * word into the plain name, and curl then saves the file under that.
 */
final class Attachment {

  private static final String UNSAFE = "[^ -~]|[\"\\\\/%]";

  private Attachment() {}

  static String named(String fileName) {
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(
            fileName.replaceAll(UNSAFE, "_"), UriUtils.encode(fileName, StandardCharsets.UTF_8));
  }
}
