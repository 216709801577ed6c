package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An admin's work in Cockpit. */
@EndToEnd
class CockpitTest {

  private static final String ANNA = "anna@example.com";
  private static final String HOSTILE = "<img src=x onerror=\"document.title='hacked'\">";

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  private EngineRest engine;
  private SandboxControl sandbox;
  private CockpitPage cockpit;

  @BeforeEach
  void reset() {
    engine = new EngineRest(port);
    engine.deleteInstancesWithIncidents();
    sandbox = new SandboxControl(port);
    sandbox.reset();
    cockpit = new CockpitPage(BROWSER, port);
  }

  @Test
  void an_admin_sees_the_status_of_a_request_and_checks_it() {
    String title = "Lease of Mannerheimintie 12 A 4";
    String instance = start("cockpit-1", title);
    await().atMost(Duration.ofSeconds(60)).until(() -> !engine.userTasks(instance).isEmpty());
    cockpit.open();
    cockpit.openTab(instance);
    cockpit.awaitInTab("not yet");
    cockpit.awaitInTab("createSigningRequest");

    sandbox.sign(sandbox.requests(title).get(0).get("_id").asText(), ANNA);
    cockpit.press("Check now");

    cockpit.awaitInTab("signed ");
    cockpit.awaitInTab("1 of 2");
    cockpit.awaitInTab(HOSTILE);
    BROWSER.click(By.cssSelector(".signing-timeline summary"));
    cockpit.awaitInTab("The request was sent to the participants");
    BROWSER.screenshot("cockpit-tab");
    assertThat(BROWSER.driver().findElements(By.cssSelector("img[src=x]"))).isEmpty();
    assertThat(BROWSER.driver().getTitle()).doesNotContain("hacked");
  }

  @Test
  void an_admin_retries_all_incidents_of_one_cause() {
    sandbox.forbidCreation();
    List<String> instances =
        List.of(start("cockpit-2", "Refused"), start("cockpit-3", "Refused too"));
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.incidents().size() == 2);
    cockpit.open();
    cockpit.awaitInSection("Signing incidents by cause", "HTTP 403");
    BROWSER.screenshot("cockpit-dashboard");

    sandbox.behave();
    cockpit.press("Retry all 2");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(instances)
                    .allSatisfy(i -> assertThat(engine.userTasks(i)).isNotEmpty()));
    assertThat(sandbox.requests("Refused")).hasSize(1);
    assertThat(sandbox.requests("Refused too")).hasSize(1);
    cockpit.awaitInSection("Signing incidents by cause", "None.");
    cockpit.awaitInSection("Signing requests", "Awaiting signatures");
    assertThat(cockpit.section("Signing requests")).containsPattern("Last successful call\\s+\\d");
  }

  @Test
  void an_admin_repairs_a_request_and_finds_it_after_its_end() {
    sandbox.forbidCreation();
    String title = "Mended";
    String instance = start("cockpit-4", title);
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.incidents().size() == 1);
    cockpit.open();
    cockpit.openTab(instance);
    cockpit.awaitInTab("Incident in createSigningRequest");
    cockpit.awaitInTab("HTTP 403");
    BROWSER.screenshot("cockpit-incident");
    cockpit.press("Check now");
    cockpit.awaitInTab("Cannot check now");

    sandbox.behave();
    cockpit.press("Retry");
    cockpit.awaitInTab("open (awaiting)");
    String request = sandbox.requests(title).get(0).get("_id").asText();
    sandbox.sign(request, ANNA);
    sandbox.sign(request, "bert@example.com");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> engine.endOf(instance).equals(Optional.of("endEvent_signed")));

    cockpit.open();
    cockpit.findNone("cockpit_4");
    cockpit.find("cockpit-4");
    cockpit.press("History");
    BROWSER.see(By.xpath("//h4[.='History of cockpit-4']"));
    BROWSER.screenshot("cockpit-history");
    assertThat(BROWSER.see(By.xpath("//h3[.='Find a signing request']/..")).getText())
        .contains(title, "Signed", "complete (signed)", "createSigningRequest", "HTTP 403")
        .contains("lease.pdf", "Evidence");
  }

  @Tag("long")
  @Test
  void an_admin_follows_a_list() {
    ApiClient api = new ApiClient(port, Login.DEMO);
    String rows =
        "businessKey;title;signer1\r\ncockpit-5;Row 1;anna@example.com\r\ncockpit-6;Row 2;anna@example.com";
    Form list =
        new Form()
            .list("list.csv", rows.getBytes(UTF_8))
            .document("lease.pdf", Pdfs.withText("Lease"));
    String id = api.startList(list).json().get("id").asText();
    cockpit.open();
    cockpit.awaitInSection("Lists of signing requests", "Being sent and signed");

    cockpit.openListTab(id);

    cockpit.awaitInTab("Sent\n2");
    BROWSER.screenshot("cockpit-list");
    sandbox.sign(sandbox.requests("Row 1").get(0).get("_id").asText(), ANNA);
    cockpit.awaitInTab("Signed\n1");
    cockpit.awaitInTab("Open\n1");
  }

  private String start(String businessKey, String title) {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", title);
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease of a flat"));
    putJson(
        variables,
        "participants",
        """
        [{"handle": "anna@example.com", "role": "signer", "displayName": "Anna Virtanen"},
         {"handle": "bert@example.com", "role": "signer", "displayName": "Bert %s"}]\
        """
            .formatted(HOSTILE.replace("\"", "\\\"")));
    return engine.start(businessKey, variables);
  }
}
