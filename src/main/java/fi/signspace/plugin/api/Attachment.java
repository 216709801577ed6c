package fi.signspace.plugin.api;

import java.nio.charset.StandardCharsets;
import org.springframework.web.util.UriUtils;

/**
 * The header that has a document saved under its name. RFC 6266: one plain name for clients that
 * know no better, and the name as it is. Spring's own header puts an encoded word into the plain
 * name, under which curl then saves the file.
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
