package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a case worker sees when something fails or changes while a form is open. */
@EndToEnd
class FormFailureTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;
  @TempDir private Path folder;

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
    key = "trouble-" + System.nanoTime();
    signing = new RunningCase(engine, key);
    tasklist.open();
  }

  @AfterEach
  void goOnline() {
    BROWSER.goOffline(false);
  }

  @Test
  void nothing_is_lost_while_the_network_is_down() throws IOException {
    FormPage form = tasklist.startDialog();
    form.type("title", "Sent in the end");
    form.choose(file("kept.pdf"));
    form.type("handle", RunningCase.ANNA);

    BROWSER.goOffline(true);
    tasklist.pressStart();
    form.awaitText("[role=alert]", "the server did not respond");
    BROWSER.screenshot("start-offline");
    BROWSER.goOffline(false);
    form.awaitText("[role=alert]", "Your entries are still here");
    form.type("businessKey", key);
    tasklist.pressStart();
    tasklist.awaitStarted();

    assertThat(engine.variablesOf(signing.instance()))
        .containsEntry("title", "Sent in the end")
        .containsEntry("document1", "kept.pdf");
  }

  @Test
  @Tag("long")
  void each_failure_is_shown_with_its_reason() throws IOException {
    FormPage form = tasklist.startDialog();
    form.type("title", "Third time lucky");
    form.choose(file("kept.pdf"));
    form.type("handle", RunningCase.ANNA);
    BROWSER.goOffline(true);
    tasklist.pressStart();
    form.awaitText("[role=alert]", "the server did not respond");
    BROWSER.goOffline(false);

    form.force("businessKey", "x".repeat(300)); // longer than the engine's column
    tasklist.pressStart();
    form.awaitText("[role=alert]", "The business key must be text of 1 to 255 characters");
    assertThat(form.textOf("[role=alert]")).doesNotContain("did not respond");
    BROWSER.screenshot("start-refused");
    tasklist.loseSession();
    tasklist.tryToPressStart();
    tasklist.logIn();
    FormPage again = new FormPage(BROWSER, ".modal-content");
    again.awaitText("[role=status]", "Your earlier entries have been restored.");
    again.type("businessKey", key);
    tasklist.pressStart();
    tasklist.awaitStarted();

    assertThat(engine.variablesOf(signing.instance()))
        .containsEntry("title", "Third time lucky")
        .containsEntry("document1", "kept.pdf");
  }

  @Test
  void new_documents_survive_an_expired_session() throws IOException {
    engine.start(key, RunningCase.request("Replaced late"));
    String task = signing.awaitTask("userTask_manageSigning");
    FormPage form = tasklist.claim(task);
    form.press("[value=replaceDocuments]");
    form.choose(file("late.pdf"));

    tasklist.loseSession();
    form.tryToPress("[data-action=replace]");
    tasklist.logIn();
    FormPage again = tasklist.task(task);
    again.awaitText("[role=status]", "Your earlier entries have been restored.");
    assertThat(again.documents()).containsExactly("late.pdf");
    again.press("[data-action=replace]");
    signing.awaitNewTask("userTask_manageSigning", task);

    assertThat(engine.variablesOf(signing.instance())).containsEntry("document1", "late.pdf");
  }

  @Test
  @Tag("long")
  void a_closed_dialog_reopens_with_its_content() throws IOException {
    FormPage form = tasklist.startDialog();
    form.type("title", "Not finished yet");
    form.choose(file("kept.pdf"));
    form.pickDay("dueDate", RunningCase.dueDate().toString());
    form.type("businessKey", key);
    new Actions(BROWSER.driver()).sendKeys(Keys.ESCAPE).perform();
    tasklist.awaitStarted();

    FormPage again = tasklist.startDialog();
    again.awaitText("[role=status]", "Your earlier entries have been restored.");
    assertThat(again.valueOf("title")).isEqualTo("Not finished yet");
    assertThat(again.documents()).containsExactly("kept.pdf");
    assertThat(again.valueOf("dueDate")).isEqualTo(RunningCase.dueDate().toString());
    assertThat(again.valueOf("businessKey")).isEqualTo(key);
    BROWSER.screenshot("start-restored");
    again.pickDay("dueDate", RunningCase.dueDate().plusDays(1).toString());
    again.press("[data-action=start-afresh]");
    assertThat(again.hasFocus("[name=title]")).isTrue();
    assertThat(List.of("title", "dueDate", "businessKey"))
        .allMatch(f -> again.valueOf(f).isEmpty());
    assertThat(again.documents()).isEmpty();
    tasklist.closeDialog();

    assertThat(tasklist.startDialog().text()).doesNotContain("have been restored");
  }

  @Test
  @Tag("long")
  void logging_out_discards_entries() {
    FormPage form = tasklist.startDialog();
    form.type("title", "Nobody else's business");
    tasklist.closeDialog();

    tasklist.logOut();
    tasklist.logIn();

    assertThat(tasklist.startDialog().valueOf("title")).isEmpty();
  }

  @Test
  @Tag("long")
  void a_correction_survives_a_look_at_another_task() {
    ObjectNode wrong = RunningCase.request("Refused");
    putString(wrong, "dueDate", "2001-01-01");
    engine.start(key, wrong);
    String task = signing.awaitTask("userTask_correctRequest");
    RunningCase other = new RunningCase(engine, key + "-2");
    engine.start(key + "-2", RunningCase.request("Looked at meanwhile"));
    FormPage form = tasklist.claim(task);
    form.type("title", "Half corrected");

    tasklist.task(other.awaitTask("userTask_manageSigning")).awaitText("h4", "Looked at meanwhile");
    FormPage again = tasklist.task(task);

    again.awaitText("[role=status]", "Your earlier entries have been restored.");
    assertThat(again.valueOf("title")).isEqualTo("Half corrected");
    again.press("[data-action=start-afresh]");
    assertThat(again.valueOf("title")).isEqualTo("Refused");
  }

  @Test
  @Tag("long")
  void a_colleague_sees_who_has_claimed_the_task() {
    engine.start(key, RunningCase.request("Claimed by demo"));
    String task = signing.awaitTask("userTask_manageSigning");
    tasklist.claim(task);

    tasklist.openAs(Login.CLERK);
    FormPage form = tasklist.task(task);
    form.awaitText("[role=status]", "demo has claimed this task");
    BROWSER.screenshot("claimed-by-a-colleague");
    tasklist.takeOver();

    assertThat(form.button("[value=checkStatus]").isEnabled()).isTrue();
  }

  @Test
  @Tag("long")
  void an_open_form_refreshes_automatically() {
    engine.start(key, RunningCase.request("Left open"));
    FormPage form = tasklist.claim(signing.awaitTask("userTask_manageSigning"));

    sandbox.sign(signing.requestId(), RunningCase.ANNA);
    form.awaitText("[data-fact=signatures]", "1 of 2");
    sandbox.act(signing.requestId(), "hold");
    form.awaitText("[role=alert]", "the request has changed");
    assertThat(form.button("[value=checkStatus]").isEnabled()).isFalse();
    form.awaitText("[data-action=next]", "Show the current state");
    BROWSER.screenshot("manage-changed");
    form.press("[data-action=next]");
    String problem = signing.awaitTask("userTask_resolveProblem");

    FormPage next = tasklist.claim(problem);
    next.awaitText("[data-fact=status]", "On hold");
  }

  @Test
  @Tag("long")
  void an_open_form_shows_that_it_may_be_stale() {
    engine.start(key, RunningCase.request("Out of reach"));
    FormPage form = tasklist.claim(signing.awaitTask("userTask_manageSigning"));

    BROWSER.goOffline(true);
    form.awaitText("[role=status]", "may be out of date: the server did not respond");
    BROWSER.goOffline(false);
    sandbox.sign(signing.requestId(), RunningCase.ANNA);

    form.awaitText("[data-fact=signatures]", "1 of 2");
    assertThat(form.text()).doesNotContain("out of date");
  }

  private Path file(String name) throws IOException {
    return Files.write(folder.resolve(name), Pdfs.withText(name));
  }
}
