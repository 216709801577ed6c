package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Takes the pictures of the pages for admins and integrators: see {@code docs/images/renew.sh}. */
@EndToEnd
@Tag("pictures")
class AdminPicturesTest {

  private static final String LEASE = "Lease of Mannerheimintie 14 B 7";
  private static final List<String> PICTURES =
      List.of("admins/incident.png", "admins/history.png", "api/page.png");

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  private EngineRest engine;
  private SandboxControl sandbox;
  private RunningCase lease;

  @BeforeEach
  void prepare() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    BROWSER.liveIn("en", "Europe/Helsinki");
    lease = new RunningCase(engine, "lease-" + System.nanoTime() % 10_000);
  }

  @AfterEach
  void behave() {
    sandbox.behave();
  }

  @Test
  void an_incident_is_mended_and_its_request_found_after_the_end() {
    sandbox.misbehave(
        "[{\"operation\": \"tasks.signingRequest.create\", \"kind\": \"status\", \"status\": 403}]");
    ObjectNode variables = RunningCase.request(LEASE);
    EngineRest.putJson(
        variables,
        "participants",
        "[{\"handle\": \"anna.virtanen@example.com\", \"role\": \"signer\", \"displayName\": \"Anna Virtanen\"}]");
    engine.start(lease.key(), variables);
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.incidents().size() == 1);
    CockpitPage cockpit = new CockpitPage(BROWSER, port);
    BROWSER.resize(1280, 1050);
    cockpit.open();
    cockpit.openTab(lease.instance());
    cockpit.awaitInTab("HTTP 403");
    take("admins/incident");

    sandbox.behave();
    cockpit.press("Retry");
    lease.awaitTask("userTask_manageSigning");
    sandbox.sign(lease.requestId(), "anna.virtanen@example.com");
    lease.awaitEnd("endEvent_signed");
    cockpit.open();
    cockpit.find(lease.key());
    cockpit.press("History");
    BROWSER.see(By.xpath("//h4[.='History of " + lease.key() + "']"));
    BROWSER.resize(1280, 900);
    BROWSER
        .driver()
        .executeScript("document.querySelector('.signspace-find').parentNode.scrollIntoView()");
    take("admins/history");
  }

  @Test
  void the_page_about_the_api() {
    new TasklistPage(BROWSER, port).open();
    BROWSER.resize(1280, 700);

    BROWSER.driver().get("http://localhost:" + port + "/api/docs");
    BROWSER.see(By.cssSelector(".opblock"));
    BROWSER
        .driver()
        .executeScript("document.querySelector('.opblock-tag-section').scrollIntoView()");

    take("api/page");
  }

  @Test
  void every_picture_of_these_pages_is_taken_here() throws IOException {
    Path images = Path.of("docs", "images");
    try (Stream<Path> files = Files.walk(images)) {
      assertThat(files.filter(Files::isRegularFile).map(images::relativize))
          .filteredOn(file -> file.getNameCount() > 1)
          .extracting(Path::toString)
          .containsExactlyInAnyOrderElementsOf(PICTURES);
    }
  }

  private static void take(String picture) {
    BROWSER.screenshot("docs/" + picture);
  }
}
