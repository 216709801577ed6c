package fi.signspace.plugin.engine.webapps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fi.signspace.plugin.engine.demo.DemoDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.servlet.ModelAndView;

class WebAppsTest {

  private final StandardEnvironment environment = new StandardEnvironment();

  @TempDir Path folder;

  private MockMvcTester web(String name, @Nullable Path logo) {
    WebAppsProperties properties = properties(name, logo);
    return MockMvcTester.of(
        new WebAppsController(properties), new StartPage(properties, environment));
  }

  private static WebAppsProperties properties(String name, @Nullable Path logo) {
    return new WebAppsProperties(
        name, logo == null ? null : new FileSystemResource(logo), Locale.ENGLISH);
  }

  private static String body(MvcTestResult result) throws IOException {
    assertThat(result).hasStatusOk();
    return result.getResponse().getContentAsString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasklist", "cockpit", "admin", "welcome"})
  void an_app_carries_the_name_and_keeps_the_rest_of_its_configuration(String app)
      throws IOException {
    String config =
        body(
            web("City \"North\"", null)
                .get()
                .uri("/camunda/app/%s/scripts/config.js".formatted(app))
                .exchange());

    assertThat(config).contains("export default {\n  app: {", "\"vendor\":\"City \\\"North\\\"\"");
    assertThat(config.lines().count()).isGreaterThan(20);
    assertThat(config.contains("scripts/due-date-first.js")).isEqualTo(app.equals("tasklist"));
  }

  @ParameterizedTest
  @CsvSource({"tasklist,true", "welcome,true", "cockpit,false", "admin,false"})
  void only_admins_see_the_announcement(String app, boolean isHidden) throws IOException {
    String styles =
        body(
            web("Any", null)
                .get()
                .uri("/camunda/app/%s/styles/user-styles.css".formatted(app))
                .exchange());

    assertThat(styles.contains("ce-eol-banner")).isEqualTo(isHidden);
    assertThat(styles).doesNotContain("installation-logo");
  }

  @Test
  void a_logo_is_shown() throws IOException {
    Path logo = Files.writeString(folder.resolve("logo.svg"), "<svg/>");
    MockMvcTester web = web("Any", logo);

    assertThat(body(web.get().uri("/camunda/app/cockpit/styles/user-styles.css").exchange()))
        .contains("installation-logo");
    assertThat(web.get().uri("/camunda/assets/installation-logo").exchange())
        .hasStatusOk()
        .hasContentType("image/svg+xml")
        .hasBodyTextEqualTo("<svg/>");
    assertThat(web("Any", null).get().uri("/camunda/assets/installation-logo").exchange())
        .hasStatus(404);
  }

  @Test
  void a_logo_that_cannot_be_read_stops_the_start() {
    assertThatThrownBy(
            () ->
                new WebAppsProperties(
                    "Any", new FileSystemResource(folder.resolve("none.png")), Locale.ENGLISH))
        .hasMessageContaining("signspace.web-apps.logo");
  }

  @Test
  void a_language_without_texts_stops_the_start() {
    assertThatThrownBy(() -> new WebAppsProperties("Any", null, Locale.GERMAN))
        .hasMessageContaining("signspace.web-apps.language is de, but must be one of [en, fi, sv]");
  }

  @Test
  void the_list_shows_whole_sentences() throws IOException {
    MockMvcTester web = web("Any", null);

    assertThat(body(web.get().uri("/camunda/app/tasklist/styles/user-styles.css").exchange()))
        .contains("white-space: normal");
    assertThat(body(web.get().uri("/camunda/app/cockpit/styles/user-styles.css").exchange()))
        .doesNotContain("white-space");
  }

  @ParameterizedTest
  @CsvSource({"en,Where would", "fi-FI,Mihin", "sv,Vart", "de,Where would"})
  void the_start_page_speaks_the_language_of_the_browser(String language, String text)
      throws IOException {
    String page =
        body(web("A & B", null).get().uri("/").header("Accept-Language", language).exchange());

    assertThat(page)
        .contains(text, "<h1>A &amp; B</h1>", "href=\"camunda/app/tasklist/\"")
        .doesNotContain("sandbox");
  }

  @Test
  void the_start_page_of_the_try_out_leads_to_the_sandbox() throws IOException {
    environment.getPropertySources().addLast(new MapPropertySource(DemoDefaults.SOURCE, Map.of()));

    assertThat(body(web("Any", null).get().uri("/").exchange())).contains("href=\"sandbox\"");
  }

  @ParameterizedTest
  @CsvSource({
    "FORBIDDEN, /sign/camunda/app/cockpit/default/, true",
    "FORBIDDEN, /sign/api/signing-requests, false",
    "NOT_FOUND, /sign/camunda/app/cockpit/none, false"
  })
  void an_app_that_the_user_may_not_use_leads_to_the_others(
      HttpStatus status, String path, boolean isShown) throws Exception {
    StartPage start = new StartPage(properties("Signing", null), environment);
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setContextPath("/sign");
    request.addHeader("Accept-Language", "sv");
    MockHttpServletResponse response = new MockHttpServletResponse();

    ModelAndView page = start.resolveErrorView(request, status, Map.of("path", path));

    assertThat(page != null).isEqualTo(isShown);
    if (page != null) {
      page.getView().render(null, request, response);
      assertThat(response.getContentAsString())
          .contains("Du får inte använda", "href=\"/sign/camunda/app/tasklist/\"");
    }
  }
}
