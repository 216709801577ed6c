package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.Chromium;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.Wait;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The page in a real browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxBrowserTest extends SandboxTest {

  private ChromeDriver browser;

  @BeforeAll
  void openBrowser() {
    browser = Chromium.start("en");
  }

  @AfterAll
  void closeBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  @Test
  void an_empty_sandbox_shows_instructions() {
    open("/sandbox");

    assertThat(one("#empty").getText()).contains("Tasklist");
    assertThat(one("#notice").getText()).contains("Nothing here is legally signed", "memory");
  }

  @Test
  void a_signatory_signs_on_the_page() throws IOException {
    String id = create(Map.of("participants", List.of(signer(ANNA))));
    open("/sandbox");

    press(id, "sign", ANNA);

    one("[data-request='%s'][data-status=complete]".formatted(id));
    one("[data-handle='%s'][data-state=signed]".formatted(ANNA));
    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("complete");
  }

  @Test
  void a_person_holds_reopens_and_cancels_a_request() throws IOException {
    String id = create();
    open("/sandbox/requests/" + id);

    press(id, "hold", null);
    press(id, "open", null);
    press(id, "decline", ANNA);
    one("[data-handle='%s'][data-state=declined]".formatted(ANNA));
    press(id, "cancel", null);
    one("[data-request='%s'][data-status=cancelled]".formatted(id));

    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("cancelled");
  }

  @Test
  void a_request_gets_other_documents_and_a_status_that_is_not_in_the_guide() throws IOException {
    String id = create();
    String file = sandbox.task(id).at("/files/0").textValue();
    open("/sandbox/requests/" + id);

    press(id, "exchange", null);
    press(id, "park", null);
    one("[data-request='%s'][data-status=parked]".formatted(id));

    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("parked");
    assertThat(sandbox.task(id).get("files")).hasSize(1);
    assertThat(sandbox.task(id).at("/files/0").textValue()).isNotEqualTo(file);
    press(id, "open", null);
    one("[data-request='%s'][data-status=open]".formatted(id));
  }

  @Test
  void a_request_becomes_overdue_and_is_deleted() throws IOException {
    String id = create();
    open("/sandbox");

    press(id, "expire", null);
    one("[data-request='%s'][data-status=OVERDUE]".formatted(id));
    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("OVERDUE");
    press(id, "delete", null);
    waiting().until(driver -> driver.findElements(By.id("request-" + id)).isEmpty());

    assertThat(sandbox.apiGet("/tasks.get/" + id).status()).isEqualTo(404);
  }

  @Test
  void wrong_credentials_take_effect_at_once() throws IOException {
    open("/sandbox");
    one("#misbehave summary").click();
    int before = sandbox.apiGet("/tasks.list").status();

    one("#preset-unauthorized").click();
    one("[data-fault='0']");
    one(".toast:not(:empty)");

    assertThat(before).isEqualTo(200);
    assertThat(sandbox.apiGet("/tasks.list").status()).isEqualTo(401);
  }

  @Test
  void values_of_a_request_are_shown_as_text() throws IOException {
    String evil =
        "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">";
    var anna = Map.of("handle", ANNA, "role", "signer", "display_name", evil);
    String file = sandbox.upload(evil + ".txt", "Hello".getBytes(StandardCharsets.UTF_8));
    create(
        Map.of(
            "title",
            evil,
            "description",
            evil,
            "participants",
            List.of(anna),
            "files",
            List.of(file)));

    open("/sandbox");

    assertThat(one(".request h3").getText()).isEqualTo(evil);
    assertThat(one(".request .description").getText()).isEqualTo(evil);
    assertThat(one(".request .who b").getText()).isEqualTo(evil);
    assertThat(one(".request .documents a").getText()).isEqualTo(evil + ".txt");
    assertThat(browser.findElements(By.cssSelector(".request script, .request img"))).isEmpty();
    assertThat(browser.getTitle()).isEqualTo("SignSpace sandbox");
  }

  @Test
  void the_page_refreshes_without_losing_the_focus() throws IOException {
    String id = create();
    open("/sandbox");
    script("arguments[0].focus()", action(id, "sign", BERT));

    sandbox.sign(id, ANNA).ok();
    one("[data-handle='%s'][data-state=signed]".formatted(ANNA));

    WebElement focused = browser.switchTo().activeElement();
    assertThat(focused.getDomAttribute("data-handle")).isEqualTo(BERT);
    assertThat(focused.getDomAttribute("data-action")).isEqualTo("sign");
  }

  @Test
  void a_fault_is_set_on_the_page_and_cleared() throws IOException {
    open("/sandbox");
    one("#misbehave summary").click();
    new Select(one("#fault-kind")).selectByValue("status");
    new Select(one("#fault-operation")).selectByValue("tasks.list");
    one("#fault-times").sendKeys("1");

    one("#fault-add").click();
    one("[data-fault='0']");
    int first = sandbox.apiGet("/tasks.list").status();
    int second = sandbox.apiGet("/tasks.list").status();
    one("#faults-clear").click();
    one("#faults .quiet");

    assertThat(List.of(first, second)).containsExactly(503, 200);
    assertThat(sandbox.get("/sandbox/control/faults").json()).isEmpty();
  }

  @Test
  void every_predefined_fault_is_accepted() throws IOException {
    open("/sandbox");
    one("#misbehave summary").click();
    List<WebElement> presets = browser.findElements(By.cssSelector("[data-preset]"));

    presets.forEach(WebElement::click);
    one("[data-fault='%d']".formatted(presets.size() - 1));

    assertThat(presets).isNotEmpty();
    assertThat(sandbox.get("/sandbox/control/faults").json()).hasSize(presets.size());
  }

  private void open(String path) {
    browser.get(sandbox.uri(path).toString());
  }

  /** The page replaces its buttons after each action, possibly between finding and clicking one. */
  private void press(String id, String action, @Nullable String handle) {
    waiting()
        .until(
            driver -> {
              action(id, action, handle).click();
              return true;
            });
  }

  private WebElement action(String id, String action, @Nullable String handle) {
    String person = handle == null ? "" : "[data-handle='" + handle + "']";
    return one("button[data-request='%s'][data-action=%s]%s:enabled".formatted(id, action, person));
  }

  /** Waits until the element is visible. */
  private WebElement one(String selector) {
    return waiting()
        .until(
            driver ->
                driver.findElements(By.cssSelector(selector)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .orElse(null));
  }

  private Wait<WebDriver> waiting() {
    return new WebDriverWait(browser, Duration.ofSeconds(15))
        .ignoring(StaleElementReferenceException.class);
  }

  private void script(String script, WebElement element) {
    browser.executeScript(script, element);
  }
}
