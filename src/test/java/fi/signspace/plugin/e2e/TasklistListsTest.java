package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The lists of Tasklist, as case workers see them. */
@EndToEnd
class TasklistListsTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @RegisterExtension static final Browser FINNISH = new Browser("fi");

  @LocalServerPort private int port;

  @Test
  void what_is_due_first_is_shown_first() {
    String later = start("later", 5);
    String sooner = start("sooner", 2);
    String last = start("not this week", 20);
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    tasklist.openAs(Login.CLERK);

    tasklist.chooseFilter("Due this week");

    assertThat(tasklist.awaitListed(later)).containsSubsequence(sooner, later).doesNotContain(last);
    BROWSER.screenshot("due-this-week");
    tasklist.logOut();
    tasklist.logIn();
    tasklist.chooseFilter("My group");
    assertThat(tasklist.awaitListed(later)).containsSubsequence(sooner, later);
  }

  @Tag("long")
  @Test
  void the_list_says_in_full_what_is_wrong() {
    openListWithHeldRequest(BROWSER);

    WebElement sentence =
        BROWSER.see(
            By.xpath("//*[@cam-tasks]//*[contains(text(), 'until it is re-opened there')]"));
    assertThat(
            BROWSER
                .driver()
                .executeScript(
                    """
                    const { bottom } = arguments[0].getBoundingClientRect();
                    return arguments[0].scrollWidth <= arguments[0].clientWidth
                        && bottom <= arguments[0].closest('.task-card-details').getBoundingClientRect().bottom;
                    """,
                    sentence))
        .isEqualTo(true);
    BROWSER.screenshot("needs-a-decision");
  }

  @Test
  void the_list_says_what_is_wrong_in_the_language_of_the_user() {
    openListWithHeldRequest(FINNISH);

    FINNISH.see(By.xpath("//*[@cam-tasks]//*[contains(text(), 'kunnes joku avaa sen siellä')]"));
  }

  @Tag("long")
  @Test
  void a_decline_is_explained_in_the_language_of_the_user() {
    EngineRest engine = new EngineRest(port);
    ApiClient api = new ApiClient(port, Login.DEMO);
    RunningCase signing = new RunningCase(engine, "declined-" + System.nanoTime());
    String title = "Declined " + signing.key();
    String instance = engine.start(signing.key(), RunningCase.request(title));
    signing.awaitTask("userTask_manageSigning");
    new SandboxControl(port).declineAndReport(signing.requestId(), RunningCase.ANNA);
    api.act(instance, "check");
    String task = signing.awaitTask("userTask_resolveProblem");
    TasklistPage tasklist = new TasklistPage(FINNISH, port);
    tasklist.openAs(Login.CLERK);

    tasklist.task(task);
    FormPage form = tasklist.claimShown();

    form.awaitText(".signing-problem", "Osallistuja on kieltäytynyt allekirjoittamasta");
    FINNISH.screenshot("declined-fi");
    assertThat(api.get(instance + "/events").json().findValuesAsText("type")).contains("declined");
    form.press("[value=reopenSigning]");
    signing.awaitTask("userTask_manageSigning");
    assertThat(engine.variablesOf(instance)).containsEntry("problem", "");
  }

  private void openListWithHeldRequest(Browser browser) {
    RunningCase held =
        new RunningCase(new EngineRest(port), start("held", 20).replaceFirst("held ", ""));
    new SandboxControl(port).act(held.requestId(), "hold");
    held.awaitTask("userTask_resolveProblem");
    TasklistPage tasklist = new TasklistPage(browser, port);
    tasklist.openAs(Login.CLERK);

    tasklist.chooseFilter("Needs a decision");
  }

  /** Returns the title of a request that waits for signatures. */
  private String start(String what, int days) {
    String key = "lists-" + System.nanoTime();
    EngineRest engine = new EngineRest(port);
    ObjectNode request = RunningCase.request(what + " " + key);
    putString(request, "dueDate", LocalDate.now(ZoneOffset.UTC).plusDays(days).toString());
    engine.start(key, request);
    new RunningCase(engine, key).awaitTask("userTask_manageSigning");
    return what + " " + key;
  }
}
