package fi.signspace.plugin.engine.webapps;

import com.samskivert.mustache.Template;
import fi.signspace.plugin.engine.demo.DemoDefaults;
import fi.signspace.plugin.environment.Templates;
import fi.signspace.plugin.environment.Texts;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorViewResolver;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/**
 * The start page at the root path, with links for each role. It is also shown instead of a web app
 * that the user may not use.
 */
@RestController
class StartPage implements ErrorViewResolver {

  private static final String CONTENT_SECURITY_POLICY = "Content-Security-Policy";

  private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

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
    return ResponseEntity.ok()
        .contentType(HTML)
        .header(CONTENT_SECURITY_POLICY, POLICY)
        .varyBy(HttpHeaders.ACCEPT_LANGUAGE)
        .body(html(acceptLanguage, "", "heading"));
  }

  @Override
  public @Nullable ModelAndView resolveErrorView(
      HttpServletRequest request, HttpStatus status, Map<String, Object> model) {
    if (status != HttpStatus.FORBIDDEN
        || !String.valueOf(model.get("path"))
            .startsWith(request.getContextPath() + "/camunda/app/")) {
      return null;
    }
    String root = request.getContextPath() + "/";
    String html = html(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), root, "forbidden");
    View view =
        (unused, sameRequest, response) -> {
          response.setContentType(HTML.toString());
          response.setHeader(CONTENT_SECURITY_POLICY, POLICY);
          response.getWriter().write(html);
        };
    return new ModelAndView(view);
  }

  /**
   * @param root the prefix of all links
   * @param heading the key of its text
   */
  private String html(@Nullable String acceptLanguage, String root, String heading) {
    Texts texts = new Texts("start", Texts.preferred(acceptLanguage));
    return page.execute(
        Map.of(
            "language", texts.language().getLanguage(),
            "name", properties.name(),
            "root", root,
            "logo", properties.logo() != null,
            "heading", texts.of(heading),
            "places", places.stream().map(place -> shown(place, root, texts)).toList()));
  }

  private static Map<String, String> shown(Place place, String root, Texts texts) {
    return Map.of(
        "path", root + place.path(),
        "title", texts.of(place.key()),
        "text", texts.of(place.key() + ".text"));
  }
}
