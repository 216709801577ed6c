package fi.signspace.plugin.engine.webapps;

import com.samskivert.mustache.Template;
import fi.signspace.plugin.engine.demo.DemoDefaults;
import fi.signspace.plugin.environment.Templates;
import fi.signspace.plugin.environment.Texts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The start page at the root path, with links for each role. */
@RestController
class StartPage {

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none';"
          + " form-action 'none'; frame-ancestors 'none'";

  private final Template page = Templates.html("webapps/start.html");
  private final WebAppsProperties properties;
  private final List<Place> places = new ArrayList<>();

  /**
   * @param key of its texts
   * @param path relative to the context path
   */
  private record Place(String key, String path) {}

  StartPage(WebAppsProperties properties, ConfigurableEnvironment environment) {
    this.properties = properties;
    places.add(new Place("tasklist", "camunda/app/tasklist/"));
    places.add(new Place("cockpit", "camunda/app/cockpit/"));
    places.add(new Place("admin", "camunda/app/admin/"));
    places.add(new Place("api", "api/docs"));
    if (environment.getPropertySources().contains(DemoDefaults.SOURCE)) {
      places.add(new Place("sandbox", "sandbox"));
    }
  }

  @GetMapping("/")
  ResponseEntity<String> show(
      @RequestHeader(name = HttpHeaders.ACCEPT_LANGUAGE, required = false)
          @Nullable String acceptLanguage) {
    Texts texts = new Texts("start", Texts.preferred(acceptLanguage));
    String html =
        page.execute(
            Map.of(
                "language", texts.language().getLanguage(),
                "name", properties.name(),
                "logo", properties.logo() != null,
                "heading", texts.of("heading"),
                "places", places.stream().map(place -> shown(place, texts)).toList()));
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .header("Content-Security-Policy", POLICY)
        .varyBy(HttpHeaders.ACCEPT_LANGUAGE)
        .body(html);
  }

  private static Map<String, String> shown(Place place, Texts texts) {
    return Map.of(
        "path", place.path(),
        "title", texts.of(place.key()),
        "text", texts.of(place.key() + ".text"));
  }
}
