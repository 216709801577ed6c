package fi.signspace.plugin.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The page of lists for case workers. */
@EndToEnd
class SigningListsTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  private static final String PAGE = ".signing-lists ";
  private static final int ROWS = 100;

  /** All are sent meanwhile, on a machine that is busy with other tests. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @LocalServerPort private int port;
  @TempDir private Path folder;

  private String key;
  private SandboxControl sandbox;
  private TasklistPage tasklist;

  @BeforeEach
  void reset() {
    key = "list-" + System.nanoTime();
    sandbox = new SandboxControl(port);
    sandbox.reset();
    tasklist = new TasklistPage(BROWSER, port);
  }

  @AfterEach
  void goHome() {
    BROWSER.noZoom();
    BROWSER.liveIn("en", "Europe/Helsinki");
  }

  private static WebElement see(String css) {
    return BROWSER.see(By.cssSelector(PAGE + css));
  }

  private static void click(String css) {
    BROWSER.click(By.cssSelector(PAGE + css));
  }

  private static void awaitText(String css, String text) {
    BROWSER.await(
        ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(PAGE + css), text));
  }

  private void open(String heading) {
    BROWSER.click(By.partialLinkText(heading));
    see("form");
  }

  private void choose(String csv) throws IOException {
    Path list = Files.writeString(folder.resolve("leases.csv"), csv, UTF_8);
    Path document = Files.write(folder.resolve("lease.pdf"), Pdfs.withText("Lease"));
    BROWSER.driver().findElement(By.id("lists-list")).sendKeys(list.toString());
    BROWSER.driver().findElement(By.id("lists-documents")).sendKeys(document.toString());
  }

  private String leases(int rows) {
    StringBuilder csv = new StringBuilder("businessKey;title;signer1;flat;dueDate\r\n");
    IntStream.rangeClosed(1, rows)
        .forEach(
            i ->
                csv.append(
                    "%s-%s;Lease of {flat};%s;A %s;%s\r\n"
                        .formatted(
                            key,
                            i,
                            i == 17 ? "anna.example.com" : "anna@example.com",
                            i,
                            i == 80 ? "31.2.2030" : "31.12.2030")));
    return csv.toString();
  }

  @Test
  @Tag("long")
  void a_hundred_leases_are_corrected_stopped_resumed_and_downloaded() throws IOException {
    tasklist.openAs(Login.CLERK);
    open("Send a list");
    choose(leases(ROWS));

    click("form [type=submit]");
    awaitText(".says", "Errors: 2.");
    BROWSER.screenshot("list-errors");
    correct("Row 18, signer1", "anna@example.com");
    correct("Row 81, dueDate", "28.2.2031");
    click(".check-again");
    awaitText(".says", "Requests to send: 100. People to sign: 1. Documents: 1.");
    BROWSER.screenshot("list-preview");
    click(".send");
    click(".pause:not([hidden])");
    awaitText(".lead", "Paused");
    int whilePaused = started();
    click(".resume:not([hidden])");

    awaitText(".lead", "Being sent and signed");
    assertThat(whilePaused).isLessThan(ROWS);
    await().atMost(PATIENCE).until(() -> count("sent").equals("100"));
    assertThat(started()).isEqualTo(ROWS);
    signTwo();
    await().atMost(PATIENCE).until(() -> count("signed").equals("2"));
    BROWSER.screenshot("list-progress");
    assertThat(filesInZip()).isEqualTo(4);
  }

  private static void correct(String label, String text) {
    WebElement cell = see("[aria-label='" + label + "']");
    cell.clear();
    cell.sendKeys(text);
  }

  private static String count(String name) {
    return BROWSER.driver().findElements(By.cssSelector(PAGE + "." + name + " dd")).stream()
        .map(WebElement::getText)
        .findFirst()
        .orElse("");
  }

  private int started() {
    ApiClient api = new ApiClient(port, Login.CLERK);
    String id = api.getPath("/api/bulk").json().at("/lists/0/id").asText();
    return api.getPath("/api/bulk/" + id).json().get("sent").asInt();
  }

  private void signTwo() {
    ApiClient api = new ApiClient(port, Login.CLERK);
    for (int i = 1; i <= 2; i++) {
      JsonNode request =
          api.getPath("/api/signing-requests?businessKey=%s-%s".formatted(key, i))
              .json()
              .get("signingRequests")
              .get(0);
      sandbox.sign(request.get("signingRequestId").asText(), "anna@example.com");
      api.act(request.get("id").asText(), "check");
    }
  }

  private int filesInZip() throws IOException {
    String address = Objects.requireNonNull(see("a[href$='/documents']").getDomProperty("href"));
    byte[] zip =
        new ApiClient(port, Login.CLERK).getPath(URI.create(address).getPath()).response().body();
    int files = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files++;
      }
    }
    return files;
  }

  @Tag("long")
  @Test
  void identity_codes_leave_the_browser_encrypted() throws IOException {
    tasklist.openAs(Login.CLERK);
    open("Send a list");
    choose(
        "businessKey,title,signer1,signer1Nin\r\n%s-1,Lease,anna@example.com,131052-308T\r\n"
            .formatted(key));

    click("form [type=submit]");
    await().atMost(PATIENCE).until(() -> see(".says").getText().contains("Requests to send: 1."));
    click(".send");
    await().atMost(PATIENCE).until(() -> count("sent").equals("1"));

    String id =
        new ApiClient(port, Login.CLERK).getPath("/api/bulk").json().at("/lists/0/id").asText();
    assertThat(new ApiClient(port, Login.CLERK).getPath("/api/bulk/" + id + "/result").text())
        .contains("\"encrypted\"")
        .doesNotContain("131052");
    assertThat(sandbox.requests().toString())
        .contains("\"nin\":\"given\"", "\"is_protected\":true");
  }

  @Tag("long")
  @Test
  void rows_that_another_list_has_sent_are_sent_again_only_on_demand() throws IOException {
    tasklist.openAs(Login.CLERK);
    open("Send a list");
    choose("businessKey;title;signer1\r\n%s-1;Lease;anna@example.com\r\n".formatted(key));
    click("form [type=submit]");
    click(".send");
    await().atMost(PATIENCE).until(() -> count("sent").equals("1"));
    tasklist.openAs(Login.CLERK);
    open("Send a list");
    choose("businessKey;title;signer1\r\n%s-1;Contract;anna@example.com\r\n".formatted(key));
    click("form [type=submit]");
    awaitText(".says", "A list has sent a request with this key.");
    BROWSER.narrow();
    assertThat(BROWSER.brokenWords(".signing-lists td")).isEmpty();
    BROWSER.screenshot("narrow-list-errors");
    BROWSER.noZoom();

    click("#lists-repeat");
    click(".check-again");

    awaitText(".says", "Requests to send: 1.");
    awaitText(".says", "A request with this key is open.");
    assertThat(BROWSER.seriousViolations(".signing-lists")).isEmpty();
  }

  @Test
  void a_row_is_sent_to_oneself_before_the_list() throws IOException {
    tasklist.openAs(Login.DEMO);
    open("Send a list");
    choose("businessKey;title;signer1\r\n%s-1;Lease;anna@example.com\r\n".formatted(key));
    click("form [type=submit]");
    awaitText(".says", "Requests to send: 1.");

    click(".trial button");

    awaitText(".trial", "“Trial: Lease” is on its way");
    await().atMost(PATIENCE).until(() -> !sandbox.requests("Trial: Lease").isEmpty());
    assertThat(BROWSER.seriousViolations(".signing-lists")).isEmpty();
    assertThat(see(".send").isEnabled()).isTrue();
  }

  @Test
  void the_page_is_accessible_and_speaks_finnish_and_swedish() throws IOException {
    BROWSER.liveIn("fi-FI,fi", "Europe/Helsinki");
    tasklist.openAs(Login.CLERK);
    open("Lähetä luettelo");
    choose("businessKey;title;signer1\r\n;Lease;anna\r\n");
    click("form [type=submit]");
    awaitText(".says", "Rivillä ei ole avainta; lisää se.");
    awaitText(".says", "Osallistuja 1: “anna” ei ole sähköpostiosoite");

    BROWSER.liveIn("sv-FI,sv,fi", "Europe/Helsinki");
    tasklist.openAs(Login.CLERK);
    open("Skicka en lista");
    click("form [type=submit]");
    awaitText(".says", "Välj en lista");

    assertThat(BROWSER.seriousViolations(".signing-lists")).isEmpty();
  }
}
