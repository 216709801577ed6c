package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.CleanUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Takes the screenshots of the docs. {@code docs/images/renew.sh} runs it alone, because the
 * screenshots show all existing cases.
 */
@EndToEnd
@Tag("pictures")
class PicturesTest {

  private static final int LEASES = 300;
  private static final String LEASE = "Lease of Mannerheimintie 14 B 7";
  private static final String ANNA = "anna.virtanen@example.com";

  private static final String PARTICIPANTS =
      """
      [{"handle": "anna.virtanen@example.com", "role": "signer", "displayName": "Anna Virtanen"},
       {"handle": "erik.lindqvist@example.com", "role": "signer", "displayName": "Erik Lindqvist"},
       {"handle": "archive@example.com", "role": "watcher"}]\
      """;

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;
  @Autowired private RuntimeService runtime;
  @TempDir private Path folder;

  private EngineRest engine;
  private SandboxControl sandbox;
  private RunningCase lease;

  @BeforeEach
  void prepare() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    BROWSER.liveIn("en", "Europe/Helsinki");
    BROWSER.resize(1280, 1000);
    lease = new RunningCase(engine, "lease-" + System.nanoTime() % 10_000);
  }

  @AfterEach
  void behave() {
    sandbox.behave();
  }

  /** Instances that still wait would lose their requests when another test clears the sandbox. */
  @AfterEach
  void endExamples() {
    CleanUp.delete(
        runtime,
        runtime
            .createProcessInstanceQuery()
            .processDefinitionKeyIn("employment-contract", "non-disclosure-agreement"));
  }

  @Test
  void the_case_workers_day() throws IOException {
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    BROWSER.resize(1280, 1300);
    tasklist.open();
    FormPage start = tasklist.startDialog();
    start.type("title", LEASE);
    start.choose(file("Lease agreement.pdf"), file("House rules.pdf"));
    start.type("displayName", "Anna Virtanen");
    start.type("handle", ANNA);
    start.addParticipant("Erik Lindqvist", "erik.lindqvist@example.com");
    start.pickDay("dueDate", dueDate());
    take("case-start");
    tasklist.closeDialog();
    BROWSER.resize(1280, 1000);

    startLease();
    lease.awaitTask("userTask_manageSigning");
    annaSigns();
    String task = lease.awaitTask("userTask_manageSigning");
    FormPage unclaimed = tasklist.task(task);
    unclaimed.awaitText("[data-fact=signatures]", "1 of 2");
    take("tasklist");
    tasklist.claim(task).awaitText("[data-fact=signatures]", "1 of 2");
    take("case-manage");

    sandbox.act(lease.requestId(), "hold");
    tasklist
        .claim(lease.awaitTask("userTask_resolveProblem"))
        .awaitText("[data-fact=status]", "On hold");
    take("case-problem");

    lease = new RunningCase(engine, "lease-" + System.nanoTime() % 10_000);
    startLease();
    lease.awaitTask("userTask_manageSigning");
    sandbox.sign(lease.requestId(), ANNA);
    sandbox.sign(lease.requestId(), "erik.lindqvist@example.com");
    lease.awaitEnd("endEvent_signed");
    tasklist.open();
    SignedDocumentsPage signed = tasklist.signedDocuments("Signed documents");
    signed.find(lease.key());
    signed.awaitRow(lease.key());
    take("case-signed");
  }

  @Test
  void the_admins_day() {
    CockpitPage cockpit = new CockpitPage(BROWSER, port);
    BROWSER.resize(1280, 1600);
    startLease();
    lease.awaitTask("userTask_manageSigning");
    annaSigns();
    cockpit.open();
    cockpit.openTab(lease.instance());
    cockpit.awaitInTab("1 of 2");
    take("cockpit-tab");

    sandbox.forbidCreation();
    int before = engine.incidents().size();
    lease = new RunningCase(engine, "lease-" + System.nanoTime() % 10_000);
    startLease();
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.incidents().size() > before);
    cockpit.open();
    cockpit.awaitInSection("Signing incidents by cause", "HTTP 403");
    take("cockpit-dashboard");
    sandbox.behave();
    cockpit.press("Retry all");
    lease.awaitTask("userTask_manageSigning");
  }

  @Test
  void an_incident_is_resolved_and_its_request_found_after_the_end() {
    sandbox.forbidCreation();
    ObjectNode variables = RunningCase.request(LEASE);
    putJson(
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
    sandbox.sign(lease.requestId(), ANNA);
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
  void the_analysts_examples() throws IOException {
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    BROWSER.resize(1280, 700);
    tasklist.open();
    FormPage start = tasklist.startDialog("Example: employment contract");
    start.type("employeeName", "Anna Virtanen");
    start.type("employeeEmail", ANNA);
    start.type("employerEmail", "erik.lindqvist@example.com");
    start.chooseAs("contract", file("Employment contract.pdf"));
    take("analysts/start");
    tasklist.pressStart();
    tasklist.awaitStarted();
    BROWSER.resize(1280, 900);
    tasklist.chooseFilter("Examples");
    tasklist.chooseTask("Approve contract").awaitText("p", "Employment contract.pdf");
    take("analysts/approve");

    ObjectNode agreement = EngineRest.variables();
    putString(agreement, "partnerName", "Partner Ltd");
    putString(agreement, "partnerEmail", ANNA);
    putString(agreement, "ownEmail", "erik.lindqvist@example.com");
    putFile(agreement, "agreement", "Agreement.pdf", Pdfs.withText("Agreement"));
    String instance = engine.start("non-disclosure-agreement", "nda-7", agreement);
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> engine.variablesOf(instance).containsKey("agreementPhase"));
    CockpitPage cockpit = new CockpitPage(BROWSER, port);
    cockpit.open();
    cockpit.openInstance(instance);
    take("analysts/running");
  }

  /** As a spreadsheet program exports them, with two mistakes. */
  private String leases() {
    StringBuilder leases = new StringBuilder("businessKey;title;signer1;apartment;dueDate\n");
    for (int i = 1; i <= LEASES; i++) {
      leases.append(
          "%s-%s;Lease of apartment {apartment};signer%s%sexample.com;A %s;%s\n"
              .formatted(
                  lease.key(),
                  i,
                  i,
                  i == 17 ? "." : "@",
                  i,
                  i == 199 ? "31.2.2031" : "31.12.2030"));
    }
    return leases.toString();
  }

  @Test
  void a_list_is_checked_and_sent() throws IOException {
    BROWSER.resize(1280, 800);
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    tasklist.open();
    BROWSER.click(By.partialLinkText("Send a list"));
    BROWSER.see(By.id("lists-list"));
    Path list = Files.writeString(folder.resolve("leases.csv"), leases());
    BROWSER.driver().findElement(By.id("lists-list")).sendKeys(list.toString());
    BROWSER
        .driver()
        .findElement(By.id("lists-documents"))
        .sendKeys(file("Lease agreement.pdf").toString());
    BROWSER.click(By.cssSelector(".signing-lists form [type=submit]"));
    BROWSER.see(By.cssSelector("[aria-label='Row 200, dueDate']"));
    take("lists/errors");

    correct("Row 18, signer1", "signer17@example.com");
    correct("Row 200, dueDate", "31.12.2030");
    BROWSER.click(By.cssSelector(".signing-lists .check-again"));
    BROWSER.see(By.cssSelector(".signing-lists .send"));
    take("lists/preview");
    BROWSER.click(By.cssSelector(".signing-lists .send"));
    BROWSER.see(By.cssSelector(".signing-lists .pause"));
    BROWSER.await(
        ExpectedConditions.textToBe(By.cssSelector(".signing-lists .sent dd"), "" + LEASES));
    for (int i = 1; i <= 100; i++) {
      String request = sandbox.requests("Lease of apartment A " + i).get(0).get("_id").asText();
      sandbox.sign(request, "signer%s@example.com".formatted(i));
    }
    BROWSER.await(ExpectedConditions.textToBe(By.cssSelector(".signing-lists .signed dd"), "100"));
    take("lists/progress");

    tasklist.open();
    SignedDocumentsPage open = tasklist.signedDocuments("Signed documents");
    open.show("awaiting");
    open.find(lease.key() + "-150");
    open.awaitRow(lease.key() + "-150");
    open.tick("Select all on this page");
    open.press("Cancel the requests");
    open.awaitText("Requests to cancel: 1.");
    take("lists/batch");
  }

  private static void correct(String label, String text) {
    WebElement cell = BROWSER.see(By.cssSelector("[aria-label='" + label + "']"));
    cell.clear();
    cell.sendKeys(text);
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

  private void startLease() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", LEASE);
    putFile(variables, "document1", "Lease agreement.pdf", Pdfs.withText("Lease"));
    putFile(variables, "document2", "House rules.pdf", Pdfs.withText("Rules"));
    putJson(variables, "participants", PARTICIPANTS);
    putString(variables, "dueDate", dueDate());
    engine.start(lease.key(), variables);
  }

  /** Anna signs, and the process has detected it. */
  private void annaSigns() {
    sandbox.sign(lease.requestId(), ANNA);
    await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                Integer.valueOf(1)
                    .equals(engine.variablesOf(lease.instance()).get("signaturesCompleted")));
  }

  private static String dueDate() {
    return LocalDate.now(ZoneId.of("Europe/Helsinki")).plusWeeks(3).toString();
  }

  private static void take(String picture) {
    BROWSER.screenshot("docs/" + picture);
  }

  private Path file(String name) throws IOException {
    return Files.write(folder.resolve(name), Pdfs.withText(name));
  }
}
