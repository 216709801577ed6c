package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putBoolean;
import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Every form in Tasklist, success and failure, with the real engine. */
@EndToEnd
class FormsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARKUP = "Contract <script>document.title = 'broken'</script>";
  private static final String ANNA = RunningCase.ANNA;
  private static final String BERT = RunningCase.BERT;

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
    key = "form-" + System.nanoTime();
    signing = new RunningCase(engine, key);
    tasklist.open();
  }

  @Test
  void the_start_form_shows_problems_at_their_fields_and_sends_nothing() throws IOException {
    FormPage form = tasklist.startDialog();
    form.choose(file("empty.pdf", new byte[0]));
    form.type("displayName", "Anna");
    form.type("handle", "anna.example.com");
    form.press("[name=useNin]");
    form.type("nin", "131052-308X");
    form.press("summary");
    form.pickDay("dueDate", "2020-02-03");
    form.type("ownersHandles", "boss@example.com\nnobody");
    form.press("[data-action=add-metadata]");
    form.press("summary");
    int before = instances();

    tasklist.pressStart();

    form.awaitText("[role=alert]", "Not sent yet");
    assertThat(form.hasFocus("[name=title]")).isTrue();
    assertThat(form.errorOf("title")).isEqualTo("Enter a title.");
    assertThat(form.textOf("[data-document='empty.pdf']")).contains("This file is empty.");
    assertThat(form.errorOf("handle")).contains("name@example.com");
    assertThat(form.errorOf("displayName"))
        .isEqualTo("Enter first and last name, or leave the name empty.");
    assertThat(form.errorOf("nin")).contains("Check every character");
    assertThat(form.errorOf("dueDate")).contains("past");
    assertThat(form.errorOf("ownersHandles")).contains("Line 2");
    assertThat(form.errorOf("metadataId")).isEqualTo("Enter the id of the field.");
    assertThat(form.errorOf("metadataTemplate")).isEqualTo("Metadata needs a template.");
    assertThat(instances()).isEqualTo(before);
    BROWSER.screenshot("start-errors");
  }

  @Test
  void the_start_form_sends_exactly_the_entries() throws IOException {
    FormPage form = tasklist.startDialog();
    form.type("title", MARKUP);
    form.choose(file("b.pdf", Pdfs.withText("B")), file("ä \"a\".pdf", Pdfs.withText("A")));
    form.press("[data-action=up]", "ä \\\"a\\\".pdf");
    form.press("[name=inOrder]");
    form.press("[name=useNin]");
    form.type("displayName", "Anna Virtanen");
    form.type("handle", ANNA);
    form.type("nin", "131052-308t");
    form.addParticipant("", BERT);
    form.addParticipant("", "cc@example.com");
    form.select("role", "Gets a copy");
    form.press("summary");
    form.type("description", "Please\nsign");
    form.pickDay("dueDate", RunningCase.dueDate().toString());
    form.select("recipientLanguage", "Finnish");
    form.press("[name=cannotSignDisabled]");
    form.type("businessKey", key);
    BROWSER.screenshot("start-filled");
    tasklist.pressStart();
    tasklist.awaitStarted();

    // while a worker removes identity codes, the history has no participants
    Map<String, Object> sent =
        await()
            .until(
                () -> engine.variablesOf(signing.instance()),
                now -> now.get("participants") != null);
    assertThat(sent)
        .containsEntry("title", MARKUP)
        .containsEntry("document1", "ä \"a\".pdf")
        .containsEntry("document2", "b.pdf")
        .containsEntry("participantsListOrderRespected", true)
        .containsEntry("isProtected", true)
        .containsEntry("description", "Please\nsign")
        .containsEntry("dueDate", RunningCase.dueDate().toString())
        .containsEntry("recipientLanguage", "fi")
        .containsEntry("cannotSignDisabled", true)
        .doesNotContainKeys(
            "signatureStrength",
            "invitationType",
            "signingDiscussionDisabled",
            "overdueSigningDisabled",
            "ownersHandles",
            "actingHandle",
            "metadataTemplate",
            "metadata");
    assertThat(JSON.readTree((String) sent.get("participants")))
        .isEqualTo(
            JSON.readTree(
                """
                [{"handle": "anna@example.com", "role": "signer", "displayName": "Anna Virtanen",
                  "position": 1},
                 {"handle": "bert@example.com", "role": "signer", "position": 2},
                 {"handle": "cc@example.com", "role": "watcher"}]
                """));
  }

  @Tag("long")
  @Test
  void documents_are_dropped_and_put_in_order() {
    FormPage form = tasklist.startDialog();
    form.type("title", "Dropped");
    form.type("handle", ANNA);
    assertThat(form.drop(".signing-drop", "a.pdf", "b.pdf")).isTrue();
    assertThat(form.documents()).containsExactly("a.pdf", "b.pdf");
    assertThat(form.drop(".signing-drop label", "c.pdf")).isTrue();
    assertThat(form.drop("[name=title]", "stray.pdf")).as("the page stays").isTrue();
    assertThat(form.documents()).containsExactly("a.pdf", "b.pdf", "c.pdf");

    form.drag("[data-document='c.pdf']", "[data-document='a.pdf']");
    assertThat(form.documents()).containsExactly("c.pdf", "a.pdf", "b.pdf");
    form.drag("[data-document='c.pdf']", "[data-document='b.pdf']");
    assertThat(form.documents()).containsExactly("a.pdf", "b.pdf", "c.pdf");
    form.press("[data-action=down]", "a.pdf");
    assertThat(form.documents()).containsExactly("b.pdf", "a.pdf", "c.pdf");
    assertThat(form.hasFocus("[data-document='a.pdf'] [data-action=down]")).isTrue();
    form.press("[data-action=up]", "c.pdf");
    form.press("[data-action=remove]", "a.pdf");
    BROWSER.screenshot("start-dropped");
    form.type("businessKey", key);
    tasklist.pressStart();
    tasklist.awaitStarted();

    String instance = signing.instance();
    assertThat(engine.variablesOf(instance))
        .containsEntry("document1", "b.pdf")
        .containsEntry("document2", "c.pdf")
        .doesNotContainKey("document3");
    assertThat(engine.file(instance, "document2")).asString().isEqualTo("%PDF-1.7 Dropped c.pdf");
  }

  @Test
  void a_document_of_20_mb_arrives_complete() throws IOException {
    byte[] large = new byte[20_000_000];
    FormPage form = tasklist.startDialog();
    form.type("title", "Large");
    form.choose(file("large.bin", large));
    form.type("handle", ANNA);
    form.type("businessKey", key);
    tasklist.pressStart();
    tasklist.awaitStarted();

    assertThat(engine.file(signing.instance(), "document1")).isEqualTo(large);
  }

  @Test
  void entries_survive_an_expired_session() throws IOException {
    FormPage form = tasklist.startDialog();
    form.type("title", "Entered before the break");
    form.choose(file("kept.pdf", Pdfs.withText("Kept")));
    form.type("handle", ANNA);
    tasklist.loseSession();
    tasklist.tryToPressStart();
    tasklist.logIn();

    FormPage again = new FormPage(BROWSER, ".modal-content");
    again.awaitText("[role=status]", "Your earlier entries have been restored.");
    assertThat(again.valueOf("title")).isEqualTo("Entered before the break");
    assertThat(again.valueOf("handle")).isEqualTo(ANNA);
    assertThat(again.documents()).containsExactly("kept.pdf");
    again.type("businessKey", key);
    tasklist.pressStart();
    tasklist.awaitStarted();
    assertThat(engine.variablesOf(signing.instance())).containsEntry("document1", "kept.pdf");
  }

  @Test
  void a_refused_request_is_corrected_without_losing_a_document() throws IOException {
    ObjectNode wrong = RunningCase.request("Corrected in the form");
    putFile(wrong, "document2", "second.pdf", Pdfs.withText("Second"));
    putJson(wrong, "participants", RunningCase.PARTICIPANTS.replace(BERT, "bert.example"));
    putString(wrong, "description", "Too long ago");
    putString(wrong, "dueDate", "2001-01-01");
    putJson(wrong, "metadata", "[\"cost centre\"]");
    engine.start(key, wrong);
    FormPage form = tasklist.claim(signing.awaitTask("userTask_correctRequest"));
    assertThat(form.text())
        .as("unreadable values are entered again")
        .doesNotContain("Id of the field");
    assertThat(form.textOf(".signing-problem"))
        .contains("marked fields below")
        .doesNotContain("[1]");
    assertThat(form.textOf("[data-participant='2']")).contains("name@example.com");
    assertThat(form.errorOf("dueDate")).contains("past");
    assertThat(form.documents()).containsExactly("first.pdf", "second.pdf");

    form.press("[data-action=down]", "first.pdf");
    form.choose(file("third.pdf", Pdfs.withText("Third")));
    form.press("[value=retry]");
    form.awaitText("[role=alert]", "Not sent yet");
    form.press("[data-participant='2'] [data-action=remove]");
    form.addParticipant("Bert Berg", BERT);
    form.type("description", "");
    form.pickDay("dueDate", RunningCase.dueDate().toString());
    BROWSER.screenshot("correct");
    form.press("[value=retry]");
    tasklist.awaitTaskDone();

    signing.awaitTask("userTask_manageSigning");
    Map<String, Object> sent = engine.variablesOf(signing.instance());
    assertThat(sent)
        .containsEntry("document1", "second.pdf")
        .containsEntry("document2", "first.pdf")
        .containsEntry("document3", "third.pdf")
        .containsEntry("dueDate", RunningCase.dueDate().toString());
    assertThat(sent.get("description")).isNull();
    assertThat(sent.get("metadata")).isNull();
    assertThat(Pdfs.textOf(engine.file(signing.instance(), "document2"))).contains("First");
    JsonNode created = sandbox.requests("Corrected in the form").get(0);
    assertThat(created.toString())
        .contains("\"bert@example.com\"")
        .doesNotContain("bert.example\"");
  }

  @Tag("long")
  @Test
  void giving_up_requires_confirmation() {
    ObjectNode wrong = RunningCase.request("Given up");
    putString(wrong, "dueDate", "2001-01-01");
    String instance = engine.start(key, wrong);
    FormPage form = tasklist.claim(signing.awaitTask("userTask_correctRequest"));

    form.press("[value=abandon]");
    assertThat(form.textOf("[role=alertdialog]")).contains("No one will be asked to sign");
    form.press("[data-action=back]");
    assertThat(engine.userTasks(instance)).containsExactly("userTask_correctRequest");
    form.press("[value=abandon]");
    form.press("[data-action=yes]");

    signing.awaitEnd("endEvent_abandoned");
  }

  @Tag("long")
  @Test
  void the_current_signatures_are_shown() {
    engine.start(key, RunningCase.request(MARKUP));
    String task = signing.awaitTask("userTask_manageSigning");
    FormPage unclaimed = tasklist.task(task);
    assertThat(unclaimed.button("[value=checkStatus]").isEnabled()).isFalse();
    assertThat(unclaimed.textOf("[role=status]")).contains("Claim the task");

    FormPage form = tasklist.claim(task);
    assertThat(form.textOf("[data-fact=status]")).isEqualTo("Open: invitations sent");
    assertThat(form.textOf("h4")).isEqualTo(MARKUP);
    assertThat(form.textOf("[data-participant='%s']".formatted(ANNA)))
        .contains("Anna <b>Virtanen</b>", "Signs", "Waiting");
    sandbox.sign(signing.requestId(), ANNA);
    form.press("[value=checkStatus]");
    FormPage later = tasklist.next(signing.awaitNewTask("userTask_manageSigning", task));

    assertThat(later.textOf("[data-fact=status]")).isEqualTo("Being signed");
    assertThat(later.textOf("[data-fact=signatures]")).isEqualTo("1 of 2");
    String annas = "[data-participant='%s'] ".formatted(ANNA);
    assertThat(later.textOf(annas + ".signing-badge")).isEqualTo("Signed");
    assertThat(later.textOf(annas + "time[title*='20']")).containsPattern("now|ago");
    assertThat(later.textOf("[data-participant='%s']".formatted(BERT))).contains("Waiting");
    assertThat(later.textOf("[data-participant='cc@example.com']")).contains("Gets a copy");
    assertThat(later.textOf(".signing-documents")).contains("first.pdf");
    assertThat(BROWSER.driver().getTitle()).doesNotContain("broken");
    BROWSER.screenshot("manage");
    BROWSER.narrow();
    BROWSER.await(driver -> later.fitsTheWidth());
    BROWSER.screenshot("narrow-manage");
    BROWSER.noZoom();
  }

  @Tag("long")
  @Test
  void ordered_signers_are_shown_in_order() {
    ObjectNode request = RunningCase.request("One after the other");
    putJson(
        request,
        "participants",
        "[{\"handle\": \"%s\", \"role\": \"signer\", \"position\": 2},".formatted(ANNA)
            + "{\"handle\": \"cc@example.com\", \"role\": \"watcher\"},"
            + "{\"handle\": \"%s\", \"role\": \"signer\", \"position\": 1}]".formatted(BERT));
    putBoolean(request, "participantsListOrderRespected", true);
    engine.start(key, request);
    FormPage form = tasklist.claim(signing.awaitTask("userTask_manageSigning"));

    assertThat(form.textOf(".signing-people"))
        .containsSubsequence("1. " + BERT, "Next", "2. " + ANNA, "Waiting", "cc@example.com");
    BROWSER.screenshot("manage-in-turn");
    sandbox.sign(signing.requestId(), BERT);
    sandbox.sign(signing.requestId(), ANNA);
    signing.awaitEnd("endEvent_signed");
  }

  @Test
  void documents_are_replaced_while_signatures_are_awaited() throws IOException {
    ObjectNode variables = RunningCase.request("Replaced in the form");
    putFile(variables, "document2", "second.pdf", Pdfs.withText("Second"));
    String instance = engine.start(key, variables);
    String task = signing.awaitTask("userTask_manageSigning");
    FormPage form = tasklist.claim(task);

    form.press("[value=replaceDocuments]");
    form.press("[data-action=replace]");
    form.awaitText(".signing-error", "Add at least one document.");
    BROWSER.screenshot("manage-replace");
    form.choose(file("new.pdf", Pdfs.withText("New")));
    form.press("[data-action=replace]");
    tasklist.awaitTaskDone();
    signing.awaitNewTask("userTask_manageSigning", task);

    Map<String, Object> now = engine.variablesOf(instance);
    assertThat(now).containsEntry("document1", "new.pdf");
    assertThat(now.get("document2")).isNull();
    assertThat(sandbox.requests("Replaced in the form").get(0).toString())
        .contains("new.pdf")
        .doesNotContain("second.pdf");
  }

  @Test
  void a_request_is_cancelled_reopened_and_closed() {
    engine.start(key, RunningCase.request("Cancelled in the form"));
    FormPage manage = tasklist.claim(signing.awaitTask("userTask_manageSigning"));
    manage.press("[value=cancelSigning]");
    assertThat(manage.textOf("[role=alertdialog]")).contains("No one can sign");
    manage.press("[data-action=yes]");
    FormPage cancelled = tasklist.next(signing.awaitTask("userTask_decideCancelled"));
    BROWSER.screenshot("decide-cancelled");
    cancelled.press("[value=reopenSigning]");
    FormPage again = tasklist.next(signing.awaitTask("userTask_manageSigning"));
    again.press("[value=cancelSigning]");
    again.press("[data-action=yes]");
    FormPage last = tasklist.next(signing.awaitTask("userTask_decideCancelled"));
    last.press("[value=close]");
    last.press("[data-action=yes]");

    signing.awaitEnd("endEvent_cancelled");
  }

  @Tag("long")
  @Test
  void a_form_reports_a_task_completed_by_another_user() {
    String instance = engine.start(key, RunningCase.request("Somebody was faster"));
    FormPage form = tasklist.claim(signing.awaitTask("userTask_manageSigning"));
    engine.decide(instance, "userTask_manageSigning", "cancelSigning");

    form.tryToPress("[value=checkStatus]");

    form.awaitText("[role=alert]", "someone else completed it");
    form.press("[data-action=next]");
    tasklist.task(signing.awaitTask("userTask_decideCancelled"));
  }

  @Tag("long")
  @Test
  void the_user_can_keep_waiting_for_a_held_request() {
    String instance = engine.start(key, RunningCase.request("Held in SignSpace"));
    signing.awaitTask("userTask_manageSigning");
    sandbox.act(signing.requestId(), "hold");
    FormPage form = tasklist.claim(signing.awaitTask("userTask_resolveProblem"));
    assertThat(form.textOf("[data-fact=status]")).isEqualTo("On hold");
    assertThat(form.textOf(".signing-problem")).contains("What is wrong");
    BROWSER.screenshot("resolve-problem");
    form.press("[value=keepWaiting]");
    tasklist.awaitTaskDone();
    signing.awaitTask("userTask_manageSigning");
    assertThat(engine.variablesOf(instance)).containsEntry("signingStatus", "on_hold");
    sandbox.act(signing.requestId(), "open");
    ApiClient api = new ApiClient(port, Login.DEMO);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(api.get(instance + "/events").json().findValuesAsText("type"))
                    .containsSubsequence("onHold", "decided", "resumed"));
  }

  @Test
  void every_text_exists_in_every_language() throws IOException {
    String texts = Files.readString(Path.of("forms", "signing-texts.js"));
    String examples = Files.readString(Path.of("forms", "examples", "signing-examples.js"));

    Object missing =
        BROWSER
            .driver()
            .executeScript(
                """
                const signing = {};
                Array.from(arguments).forEach((code) => new Function('signing', code)(signing));
                const incomplete = (all) => {
                  const keys = Object.keys(all.en).sort().join();
                  return Object.entries(all)
                      .filter(([, texts]) => Object.keys(texts).sort().join() !== keys
                          || Object.values(texts).includes(''))
                      .map(([language]) => language);
                };
                return [...incomplete(signing.texts), ...incomplete(signing.exampleTexts)];
                """,
                texts,
                examples);

    assertThat(missing).isEqualTo(List.of());
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private int instances() {
    return engine
        .get("/process-instance/count?processDefinitionKey=signing-request")
        .get("count")
        .asInt();
  }
}
