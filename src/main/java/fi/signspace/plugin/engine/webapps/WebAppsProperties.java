package fi.signspace.plugin.engine.webapps;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * The name and logo of the installation in the web apps ({@code signspace.web-apps.*}).
 *
 * @param name the name in header and title
 * @param logo an image file; Camunda's logo if null
 */
@ConfigurationProperties("signspace.web-apps")
record WebAppsProperties(@DefaultValue("SignSpace") String name, @Nullable Resource logo) {

  WebAppsProperties {
    if (logo != null && !logo.isReadable()) {
      throw new IllegalArgumentException(
          "signspace.web-apps.logo is %s, which cannot be read; name an image file, such as file:/etc/signspace/logo.svg"
              .formatted(logo.getDescription()));
    }
  }
}
