package fi.signspace.plugin.engine.webapps;

import fi.signspace.plugin.environment.Texts;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * The name, logo and language of the installation in the web apps ({@code signspace.web-apps.*}).
 *
 * @param name the name in header and title
 * @param logo an image file; Camunda's logo if null
 * @param language the language of the names of tasks and filters, which all users see
 */
@ConfigurationProperties("signspace.web-apps")
public record WebAppsProperties(
    @DefaultValue("SignSpace") String name,
    @Nullable Resource logo,
    @DefaultValue("en") Locale language) {

  public WebAppsProperties {
    if (!Texts.LANGUAGES.contains(language)) {
      throw new IllegalArgumentException(
          "signspace.web-apps.language is %s, but must be one of %s"
              .formatted(language, Texts.LANGUAGES));
    }
    if (logo != null && !logo.isReadable()) {
      throw new IllegalArgumentException(
          "signspace.web-apps.logo is %s, which cannot be read; name an image file, such as file:/etc/signspace/logo.svg"
              .formatted(logo.getDescription()));
    }
  }
}
