package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Localization and accessibility of the forms. */
@EndToEnd
@Tag("long")
class FormAccessibilityTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  private EngineRest engine;
  private SandboxControl sandbox;
  private TasklistPage tasklist;
  private RunningCase signing;
  private String key;

  @BeforeEach
  void open() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    tasklist = new TasklistPage(BROWSER, port);
    key = "everybody-" + System.nanoTime();
    signing = new RunningCase(engine, key);
  }

  @AfterEach
  void goHome() {
    BROWSER.noZoom();
    BROWSER.liveIn("en", "Europe/Helsinki");
  }

  @Test
  void every_form_is_accessible_and_fits_at_200_percent() {
    tasklist.open();
    FormPage start = tasklist.startDialog();
    start.press("[name=inOrder]");
    start.press("[name=useNin]");
    start.press("summary");
    start.press("[data-action=add-metadata]");
    tasklist.pressStart();
    start.awaitText("[role=alert]", "Not sent yet");
    requireAccessible(start, "start");
    tasklist.closeDialog();
    ObjectNode wrong = RunningCase.request("A title without a single mistake");
    putString(wrong, "dueDate", "2001-01-01");
    engine.start(key, wrong);
    requireAccessible(tasklist.claim(signing.awaitTask("userTask_correctRequest")), "correct");
    String other = key + "-2";
    engine.start(other, RunningCase.request("Donaudampfschifffahrtsgesellschaft".repeat(3)));
    RunningCase second = new RunningCase(engine, other);
    String task = second.awaitTask("userTask_manageSigning");
    requireAccessible("manage-unclaimed", tasklist.task(task));
    FormPage manage = tasklist.claim(task);
    manage.press(".signing-timeline summary");
    manage.awaitText(".signing-timeline [role=status]", "created the request");
    requireAccessible(manage, "manage-timeline");
    manage.press("[value=replaceDocuments]");
    requireAccessible(manage, "manage-replacing");
    sandbox.act(second.requestId(), "hold");
    FormPage problem = tasklist.claim(second.awaitTask("userTask_resolveProblem"));
    requireAccessible(problem, "problem");
  }

  @Test
  void confirmations_and_the_cancelled_case_are_accessible_and_fit_at_200_percent() {
    tasklist.open();
    engine.start(key, RunningCase.request("Donaudampfschifffahrtsgesellschaft".repeat(3)));
    FormPage manage = tasklist.claim(signing.awaitTask("userTask_manageSigning"));
    manage.press("[value=cancelSigning]");
    manage.awaitText("[role=alertdialog]", "No one can sign");
    requireAccessible(manage, "manage-question");
    manage.press("[role=alertdialog] [data-action=yes]");

    FormPage cancelled = tasklist.next(signing.awaitTask("userTask_decideCancelled"));
    requireAccessible(cancelled, "cancelled");
    cancelled.press("[value=close]");
    cancelled.awaitText("[role=alertdialog]", "The request stays cancelled");
    requireAccessible(cancelled, "cancelled-question");
    cancelled.press("[role=alertdialog] [data-action=yes]");
    signing.awaitEnd("endEvent_cancelled");
  }

  private static void requireAccessible(FormPage form, String name) {
    requireAccessible(name, form);
    BROWSER.zoom(200);
    BROWSER.await(driver -> form.fitsTheWidth());
    BROWSER.screenshot("zoomed-" + name);
    BROWSER.noZoom();
  }

  private static void requireAccessible(String name, FormPage form) {
    assertThat(form.text()).isNotEmpty();
    assertThat(BROWSER.seriousViolations("form.signing")).as(name).isEmpty();
  }

  @Test
  void the_forms_are_in_finnish_and_use_the_time_zone_of_the_user() {
    BROWSER.liveIn("fi-FI,fi", "Asia/Tokyo");
    tasklist.open();
    FormPage start = tasklist.startDialog();
    assertThat(start.text()).contains("Otsikko", "Asiakirjat", "Osallistujat", "Lisäasetukset");
    tasklist.pressStart();
    start.awaitText("[role=alert]", "Ei vielä lähetetty");
    BROWSER.screenshot("start-fi");
    tasklist.closeDialog();
    FormPage problem = heldRequest();

    assertThat(problem.textOf(".signing-problem"))
        .contains("Allekirjoituspyyntö on keskeytetty SignSpacessa");
    assertThat(problem.textOf("[data-fact=status]")).isEqualTo("Keskeytetty");
    // the next check may come in between: the form shows it a little later
    BROWSER.await(
        driver -> {
          String shown = problem.textOf("[data-fact=lastCheckAt]");
          return shown.contains(lastCheckAt("Asia/Tokyo", "d.M.yyyy"))
              && shown.contains(lastCheckAt("Asia/Tokyo", "H.mm"));
        });
    BROWSER.screenshot("resolve-problem-fi");
  }

  @Test
  void the_forms_are_in_swedish() {
    BROWSER.liveIn("sv-FI,sv,fi", "Europe/Helsinki");
    tasklist.open();
    FormPage problem = heldRequest();

    assertThat(problem.text())
        .contains("Begäran är pausad i SignSpace", "Senast kontrollerad", "Vänta vidare");
    BROWSER.screenshot("resolve-problem-sv");
  }

  private FormPage heldRequest() {
    engine.start(key, RunningCase.request("Held"));
    signing.awaitTask("userTask_manageSigning");
    sandbox.act(signing.requestId(), "hold");
    return tasklist.claim(signing.awaitTask("userTask_resolveProblem"));
  }

  private String lastCheckAt(String zone, String pattern) {
    Map<String, Object> variables = engine.variablesOf(signing.instance());
    return Instant.parse((String) variables.get("lastCheckAt"))
        .atZone(ZoneId.of(zone))
        .format(DateTimeFormatter.ofPattern(pattern));
  }

  @Test
  void documents_are_chosen_with_enter_or_space() {
    tasklist.open();
    FormPage form = tasklist.startDialog();
    BROWSER
        .driver()
        .executeScript(
            """
            const picker = document.querySelector('[data-picker]');
            picker.addEventListener('click', (event) => {
              event.preventDefault();
              picker.dataset.opened = Number(picker.dataset.opened || 0) + 1;
            });
            picker.focus();
            """);

    new Actions(BROWSER.driver()).sendKeys(Keys.ENTER, Keys.SPACE).perform();

    assertThat(form.hasFocus("[data-opened='2']")).isTrue();
  }

  @Test
  void a_request_is_cancelled_with_the_keyboard_alone() {
    tasklist.open();
    engine.start(key, RunningCase.request("By keyboard"));
    FormPage form = tasklist.claim(signing.awaitTask("userTask_manageSigning"));
    WebElement check = form.button("[value=checkStatus]");
    BROWSER.driver().executeScript("arguments[0].focus()", check);

    type(Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER);
    assertThat(form.hasFocus("[role=alertdialog]")).isTrue();
    type(Keys.ESCAPE);
    assertThat(form.hasFocus("[value=cancelSigning]")).isTrue();
    type(Keys.ENTER);
    assertThat(form.hasFocus("[role=alertdialog]")).isTrue();
    type(Keys.TAB, Keys.ENTER);

    signing.awaitTask("userTask_decideCancelled");
  }

  private static void type(Keys... keys) {
    for (Keys key : keys) {
      BROWSER.driver().switchTo().activeElement().sendKeys(key);
    }
  }

  @Test
  void a_clerk_finds_the_late_case_and_decides_it() {
    tasklist.openAs(Login.CLERK);
    ObjectNode late = RunningCase.request("Lease of flat 7");
    putString(late, "dueDate", Instant.now().plusSeconds(5).toString());
    engine.start(key, late);
    signing.awaitTask("userTask_resolveProblem");

    tasklist.chooseFilter("Overdue");

    BROWSER.await(
        driver ->
            driver.findElements(By.cssSelector("[cam-tasks] li.task")).stream()
                .anyMatch(
                    row ->
                        row.getText().contains("Resolve problem: Lease of flat 7 (" + key + ")")
                            && row.getText().contains("Due ")));
    BROWSER.screenshot("overdue");
    FormPage unclaimed = tasklist.chooseTask("Lease of flat 7 (" + key + ")");
    assertThat(unclaimed.textOf("[role=status]")).contains("Claim the task");
    FormPage form = tasklist.claimShown();
    assertThat(form.textOf(".signing-problem"))
        .contains("The due date has passed", "correct and send the signing request again");
    assertThat(form.text()).as("it is open").doesNotContain("Re-open");
    assertThat(form.textOf("[data-fact=status]")).isEqualTo("Overdue");
    BROWSER.screenshot("overdue-claimed");
    form.press("[value=keepWaiting]");
    signing.awaitTask("userTask_manageSigning");
    assertThat(tasklist.userName()).contains("clara").doesNotContain("null");
  }
}
