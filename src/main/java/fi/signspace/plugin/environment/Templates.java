package fi.signspace.plugin.environment;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** The Mustache templates of the application; a null value is shown as empty. */
public final class Templates {

  private Templates() {}

  /**
   * @param file on the class path
   */
  public static Template html(String file) {
    return load(file, true);
  }

  public static Template text(String file) {
    return load(file, false);
  }

  private static Template load(String file, boolean escapesHtml) {
    try {
      return Mustache.compiler()
          .escapeHTML(escapesHtml)
          .nullValue("")
          .compile(new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
