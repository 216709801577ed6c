package fi.signspace.plugin.environment;

import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Re-creates the upload folder if a clean-up of temporary files has removed it; without the folder,
 * every upload would fail until the next start.
 */
@Component
class UploadFolder implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(context -> context.setCreateUploadTargets(true));
  }
}
