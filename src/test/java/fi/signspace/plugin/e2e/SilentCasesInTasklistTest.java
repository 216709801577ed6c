package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.CleanUp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The table in docs/case-workers.md as case workers see it: something happens in SignSpace, or
 * nothing does, and the case appears in its list, in time, and its form says what is wrong.
 */
@EndToEnd
class SilentCasesInTasklistTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DUE_SOON = Duration.ofDays(2);
  private static final String REMIND_AFTER_A_SECOND =
      "{\"firstAfter\": \"PT1S\", \"every\": \"P1D\", \"atMost\": 1}";

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;
  @Autowired private RuntimeService runtime;

  private final String key = "silent-" + System.nanoTime();

  /**
   * A row of the table.
   *
   * @param given sets the options of the request
   * @param happens is done as soon as the request waits for signatures
   * @param list where the case then is
   * @param reader the case worker who finds it there
   * @param place in the form
   * @param sentence at this place
   */
  private record Case(
      String name,
      Consumer<ObjectNode> given,
      Consumer<SilentCasesInTasklistTest> happens,
      String list,
      Login reader,
      String place,
      String sentence) {

    static Case of(String name, Consumer<SilentCasesInTasklistTest> happens, String sentence) {
      return new Case(
          name,
          request -> {},
          happens,
          "Needs a decision",
          Login.CLERK,
          ".signing-problem",
          sentence);
    }

    /** Checked often, since several checks have to agree, or since a short time has to pass. */
    Case checkedOften() {
      return given(request -> putString(request, "statusCheckInterval", "PT1S"));
    }

    Case given(Consumer<ObjectNode> further) {
      return new Case(name, given.andThen(further), happens, list, reader, place, sentence);
    }

    Case in(String otherList, Login otherReader, String otherPlace) {
      return new Case(name, given, happens, otherList, otherReader, otherPlace, sentence);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> some() {
    return Stream.of(
        Case.of("on hold", test -> test.act("hold"), "is on hold in SignSpace"),
        Case.of("no signature after n days", test -> {}, "Remind those who have not signed")
            .given(request -> putJson(request, "reminders", REMIND_AFTER_A_SECOND))
            .in("Reminders", Login.CLERK, "p"));
  }

  static Stream<Case> others() {
    return Stream.of(
        Case.of(
            "declined",
            test -> test.sandbox().declineAndReport(test.requestId(), RunningCase.ANNA),
            "A participant has declined to sign"),
        Case.of(
                "unknown status",
                test -> test.act("park"),
                "reports a status that is not known here, parked")
            .checkedOften(),
        Case.of("overdue", test -> {}, "The due date has passed and signatures are missing")
            .given(request -> putString(request, "dueDate", in(Duration.ofSeconds(20))))
            .in("Overdue", Login.CLERK, ".signing-problem"),
        Case.of(
                "overdue in SignSpace",
                test -> test.act("expire"),
                "The due date has passed and signatures are missing")
            .in("Overdue", Login.CLERK, ".signing-problem"),
        Case.of("due soon", test -> test.awaitEvent("dueSoon"), "The request is due soon")
            .given(request -> putString(request, "dueDate", in(DUE_SOON.plusSeconds(20))))
            .in("Waiting for signatures", Login.CLERK, ".signing-timeline [role=status]"),
        Case.of(
                "only some have signed",
                test -> test.sandbox().sign(test.requestId(), RunningCase.ANNA),
                "Remind those who have not signed")
            .given(request -> putJson(request, "reminders", REMIND_AFTER_A_SECOND))
            .in("Reminders", Login.CLERK, "p"),
        Case.of(
                "cancelled in SignSpace",
                test -> test.act("cancel"),
                "This signing request is cancelled")
            .in("Needs a decision", Login.CLERK, "p"),
        Case.of(
                "changed in SignSpace",
                test -> test.act("exchange"),
                "were replaced in SignSpace itself")
            .checkedOften(),
        Case.of(
                "deleted or no longer readable",
                test -> test.act("delete"),
                "does not show this signing request any more")
            .checkedOften(),
        Case.of("a task that no one has claimed", test -> {}, "demo")
            .given(request -> putString(request, "escalateAfter", "PT1S"))
            .given(request -> putString(request, "escalateTo", "demo"))
            .in("My tasks", Login.DEMO, "[data-fact=escalatedTo]"),
        Case.of("an assignee who is gone", test -> test.claimAs("someone-who-left"), "first.pdf")
            .in("My group", Login.CLERK, ""),
        Case.of(
                "an assignee who may no longer act",
                test -> test.claimAs(Login.OUTSIDER.user()),
                "first.pdf")
            .in("My group", Login.CLERK, ""));
  }

  private static String in(Duration time) {
    return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @AfterEach
  void endCase() {
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processInstanceBusinessKey(key));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("some")
  void a_case_appears_in_its_list_in_time_and_says_what_is_wrong(Case silent) {
    check(silent);
  }

  @Tag("long")
  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void each_other_case_appears_in_its_list_in_time_and_says_what_is_wrong(Case silent) {
    check(silent);
  }

  private void check(Case silent) {
    String title = "Silent " + key;
    ObjectNode request = RunningCase.request(title);
    silent.given().accept(request);
    new EngineRest(port).start(key, request);
    signing().awaitTask("userTask_manageSigning");

    silent.happens().accept(this);

    EngineRest reader = new EngineRest(port, silent.reader());
    String list =
        reader.get("/filter?name=" + silent.list().replace(" ", "%20")).get(0).get("id").asText();
    String instance = signing().instance();
    await()
        .atMost(MINUTE)
        .untilAsserted(
            () ->
                assertThat(
                        reader
                            .get("/filter/" + list + "/list")
                            .findValuesAsText("processInstanceId"))
                    .contains(instance));
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    tasklist.openAs(silent.reader());
    tasklist.search(list, key);
    assertThat(tasklist.awaitListed(title)).isEqualTo(List.of(title));
    FormPage form = tasklist.chooseTask(title);
    if (silent.place().startsWith(".signing-timeline")) {
      form.press(".signing-timeline summary");
    }
    form.awaitText(silent.place(), silent.sentence());
    BROWSER.screenshot("silent-" + silent.name().replace(' ', '-'));
  }

  private RunningCase signing() {
    return new RunningCase(new EngineRest(port), key);
  }

  private void act(String action) {
    sandbox().act(requestId(), action);
  }

  private SandboxControl sandbox() {
    return new SandboxControl(port);
  }

  private String requestId() {
    return signing().requestId();
  }

  private void awaitEvent(String type) {
    ApiClient api = new ApiClient(port, Login.DEMO);
    String events = signing().instance() + "/events";
    await()
        .atMost(MINUTE)
        .until(() -> api.get(events).json().findValuesAsText("type").contains(type));
  }

  private void claimAs(String user) {
    String task = signing().awaitTask("userTask_manageSigning");
    new EngineRest(port)
        .post("/task/" + task + "/assignee", EngineRest.variables().put("userId", user));
  }
}
