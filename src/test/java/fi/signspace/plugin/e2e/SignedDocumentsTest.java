package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page of signed documents for case workers. */
@EndToEnd
class SignedDocumentsTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  private String key;
  private TasklistPage tasklist;

  @BeforeEach
  void signRequest() {
    key = "signed-" + System.nanoTime();
    tasklist = new TasklistPage(BROWSER, port);
    SandboxControl sandbox = new SandboxControl(port);
    EngineRest engine = new EngineRest(port);
    engine.start(key, RunningCase.request("A loan <i>for Clara</i>"));
    RunningCase loan = new RunningCase(engine, key);
    loan.awaitTask("userTask_manageSigning");
    sandbox.sign(loan.requestId(), RunningCase.ANNA);
    sandbox.sign(loan.requestId(), RunningCase.BERT);
    loan.awaitEnd("endEvent_signed");
  }

  @AfterEach
  void goHome() {
    BROWSER.noZoom();
    BROWSER.liveIn("en", "Europe/Helsinki");
  }

  @Test
  void a_clerk_finds_them_by_the_reference_and_downloads_them() throws IOException {
    tasklist.openAs(Login.CLERK);
    SignedDocumentsPage signed = tasklist.signedDocuments("Signed documents");
    signed.find(key);

    assertThat(signed.awaitRow(key)).contains("A loan <i>for Clara</i>", "first.pdf");
    BROWSER.screenshot("signed-documents");
    Web web = new Web(port);
    assertThat(web.send(Login.CLERK.applyTo(web.to(signed.pathOf("first.pdf")))).body())
        .startsWith("%PDF-");

    assertThat(web.send(Login.CLERK.applyTo(web.to(signed.pathOf("Evidence")))).body())
        .startsWith("eyJ");

    signed.find("nobody-has-this-reference");
    signed.awaitText("No signed request has this in its title");
    signed.find("a LOAN <i>for");
    signed.awaitText(key);
  }

  @Test
  @Tag("long")
  void the_page_is_available_in_finnish_and_swedish() {
    BROWSER.liveIn("fi-FI,fi", "Europe/Helsinki");
    tasklist.openAs(Login.CLERK);
    tasklist.signedDocuments("Allekirjoitetut asiakirjat").awaitText("Viite");

    BROWSER.liveIn("sv-FI,sv,fi", "Europe/Helsinki");
    tasklist.openAs(Login.CLERK);
    tasklist.signedDocuments("Undertecknade dokument").awaitText("Referens");
  }

  @Test
  void ticked_requests_are_downloaded_or_cancelled_after_a_preview_without_a_mouse()
      throws IOException {
    String waiting = key + "-waiting";
    EngineRest engine = new EngineRest(port);
    engine.start(waiting, RunningCase.request("Still open"));
    RunningCase open = new RunningCase(engine, waiting);
    open.awaitTask("userTask_manageSigning");
    Web web = new Web(port);
    tasklist.openAs(Login.CLERK);
    SignedDocumentsPage page = tasklist.signedDocuments("Signed documents");

    page.find(key);
    page.awaitRow(key);
    page.tick("Select: A loan <i>for Clara</i>");
    page.awaitText("Selected: 1");
    String zip = page.addressOf("Download as ZIP");
    page.show("awaiting");
    page.find(waiting);
    page.awaitRow(waiting);
    page.tick("Select all on this page");
    page.press("Cancel the requests");
    page.awaitText("Requests to cancel: 1.");
    assertThat(BROWSER.seriousViolations(".signed-documents")).isEmpty();
    BROWSER.screenshot("batch-preview");
    page.press("Yes, continue");

    page.awaitText("Requested: 1.");
    page.awaitText("There are no such requests that you may see.");
    open.awaitTask("userTask_decideCancelled");
    BROWSER.click(By.linkText("Back to the tasks"));
    BROWSER.await(ExpectedConditions.urlContains("dueDate"));
    assertThat(web.send(Login.CLERK.applyTo(web.to(zip))).body()).startsWith("PK");
  }

  @Tag("long")
  @Test
  void the_page_is_accessible_and_fits_at_200_percent() {
    tasklist.openAs(Login.CLERK);
    SignedDocumentsPage signed = tasklist.signedDocuments("Signed documents");
    signed.find(key);
    signed.awaitRow(key);

    signed.openTimeline();
    signed.awaitText("The process ended: all have signed");
    assertThat(BROWSER.seriousViolations(".signed-documents")).isEmpty();
    BROWSER.zoom(200);
    BROWSER.await(driver -> signed.fitsTheWidth());
    BROWSER.screenshot("zoomed-signed-documents");
    BROWSER.narrow();
    BROWSER.await(driver -> signed.fitsTheWidth());
    assertThat(BROWSER.brokenWords(".signed-documents td")).isEmpty();
    BROWSER.screenshot("narrow-signed-documents");
  }
}
