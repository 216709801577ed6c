package fi.signspace.plugin.engine.webapps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the two files by which each of Camunda's web apps is customized, with the name and logo of
 * the installation.
 */
@RestController
class WebAppsController {

  private static final String APPS = "tasklist|cockpit|admin|welcome";

  private static final String CONFIG_START = "export default {";

  /** Makes Tasklist begin with the list sorted by due date. */
  private static final String SORTING = "\n  customScripts: ['scripts/due-date-first.js'],";

  private static final String LOGO =
      """
      .navbar-brand .brand-logo { display: none; }
      .navbar-brand::before {
        content: ""; display: inline-block; width: 28px; height: 28px; margin-right: 8px; vertical-align: middle;
        background: url("../../../assets/installation-logo") center / contain no-repeat;
      }
      """;

  /** The announcement is of use to admins only. */
  private static final String NO_ANNOUNCEMENT = ".ce-eol-banner { display: none; }\n";

  /** What a task is about is shown whole, and not cut after the first words. */
  private static final String WHOLE_SENTENCES =
      """
      .task-card-details { max-height: none; }
      .task-card-details .shutter { display: none; }
      .task-card-details .col-lg-6 { width: 100%; }
      [cam-tasklist-variables] div.row span > .variable-value { max-height: none; white-space: normal; }
      """;

  private static final JsonMapper JSON = new JsonMapper();

  private final WebAppsProperties properties;

  WebAppsController(WebAppsProperties properties) {
    this.properties = properties;
  }

  @GetMapping("/camunda/app/{app:" + APPS + "}/scripts/config.js")
  ResponseEntity<String> config(@PathVariable String app) throws IOException {
    String standard =
        new ClassPathResource(
                "META-INF/resources/webjars/camunda/app/%s/scripts/config.js".formatted(app))
            .getContentAsString(StandardCharsets.UTF_8);
    return response(
        "text/javascript",
        standard.replace(
            CONFIG_START,
            CONFIG_START
                + "\n  app: %s,".formatted(name(app))
                + (app.equals("tasklist") ? SORTING : "")));
  }

  private String name(String app) throws JsonProcessingException {
    return JSON.writeValueAsString(
        Map.of(
            "vendor",
            properties.name(),
            "name",
            app.substring(0, 1).toUpperCase(Locale.ROOT) + app.substring(1)));
  }

  @GetMapping("/camunda/app/{app:" + APPS + "}/styles/user-styles.css")
  ResponseEntity<String> styles(@PathVariable String app) {
    boolean isForAdmins = app.equals("cockpit") || app.equals("admin");
    return response(
        "text/css",
        (isForAdmins ? "" : NO_ANNOUNCEMENT)
            + (app.equals("tasklist") ? WHOLE_SENTENCES : "")
            + (properties.logo() == null ? "" : LOGO));
  }

  private static ResponseEntity<String> response(String type, String content) {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(type + ";charset=UTF-8"))
        .cacheControl(CacheControl.noCache())
        .body(content);
  }

  @GetMapping("/camunda/assets/installation-logo")
  ResponseEntity<Resource> logo() {
    Resource logo = properties.logo();
    if (logo == null) {
      return ResponseEntity.notFound().build();
    }
    return ResponseEntity.ok()
        .contentType(MediaTypeFactory.getMediaType(logo).orElse(MediaType.APPLICATION_OCTET_STREAM))
        .cacheControl(CacheControl.noCache())
        // an SVG file that is opened by itself must not run scripts
        .header("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
        .body(logo);
  }
}
