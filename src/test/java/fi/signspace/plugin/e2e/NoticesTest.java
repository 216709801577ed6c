package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import fi.signspace.plugin.testkit.FormProblems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Reminders and escalation, from the start of a request to the lists of people. */
@EndToEnd
class NoticesTest {

  private static final String MANAGE = "userTask_manageSigning";
  private static final String REMIND = "userTask_remindSigners";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  private EngineRest engine;
  private SandboxControl sandbox;
  private ApiClient api;
  private String key;
  private ObjectNode request;

  @BeforeEach
  void prepare() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    api = new ApiClient(port, Login.DEMO);
    key = "notice-" + System.nanoTime();
    request = RunningCase.request("Reminded " + key);
  }

  @Tag("long")
  @Test
  void clerks_are_asked_to_remind_the_signers_until_everyone_has_signed() {
    putJson(request, "reminders", "{\"firstAfter\": \"PT1S\", \"every\": \"PT8S\", \"atMost\": 2}");
    String instance = engine.start(key, request);

    await().atMost(PATIENCE).until(() -> engine.userTasks(instance).contains(REMIND));
    assertThat(engine.userTasks(instance)).containsExactlyInAnyOrder(MANAGE, REMIND);
    new EngineRest(port, Login.CLERK).decide(instance, REMIND, "reminded");
    await().atMost(PATIENCE).until(() -> engine.userTasks(instance).contains(REMIND));

    assertThat(engine.variablesOf(instance)).containsEntry("nextNoticeAt", "");
    assertThat(events(instance)).filteredOn("reminded"::equals).hasSize(2);
    RunningCase running = new RunningCase(engine, key);
    sandbox.sign(running.requestId(), RunningCase.ANNA);
    sandbox.sign(running.requestId(), RunningCase.BERT);
    running.awaitEnd("endEvent_signed");
    assertThat(texts(instance)).contains("clara reminded the signers");
  }

  @Test
  void a_clerk_confirms_in_the_form_that_the_signers_are_reminded() {
    putJson(request, "reminders", "{\"firstAfter\": \"PT1S\", \"every\": \"P1D\", \"atMost\": 2}");
    String instance = engine.start(key, request);
    RunningCase running = new RunningCase(engine, key);
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    tasklist.openAs(Login.CLERK);
    FormPage form = tasklist.claim(running.awaitTask(REMIND));
    form.awaitText("p", "Remind those who have not signed");
    form.awaitText("[data-fact=nextNoticeAt]", ":");
    assertThat(BROWSER.seriousViolations(".signing")).isEmpty();
    BROWSER.screenshot("remind-signers");

    form.press("[value=reminded]");

    await().atMost(PATIENCE).until(() -> !engine.userTasks(instance).contains(REMIND));
    assertThat(texts(instance)).contains("clara reminded the signers");
    JsonNode manage = engine.get("/task?processInstanceId=" + instance);
    assertThat(manage).hasSize(1);
    assertThat(manage.get(0).get("assignee").isNull()).isTrue();
  }

  @Test
  void the_next_reminder_is_shown() {
    Instant before = Instant.now();
    String instance = engine.start(key, request);
    await().atMost(PATIENCE).until(() -> engine.userTasks(instance).contains(MANAGE));

    String next = api.get(instance).json().get("nextNoticeAt").asText();

    assertThat(Instant.parse(next))
        .isBetween(before.plus(Duration.ofHours(71)), Instant.now().plus(Duration.ofHours(73)));
    assertThat(engine.userTasks(instance)).containsExactly(MANAGE);
  }

  @Test
  void a_case_is_escalated_to_someone_in_whose_list_it_then_is() {
    putString(request, "escalateAfter", "PT1S");
    putString(request, "escalateTo", "signing-admins");
    String instance = engine.start(key, request);

    await()
        .atMost(PATIENCE)
        .until(() -> "signing-admins".equals(engine.variablesOf(instance).get("escalatedTo")));

    JsonNode offered =
        engine.get("/task?processInstanceId=%s&candidateGroup=signing-admins".formatted(instance));
    assertThat(offered).hasSize(1);
    assertThat(offered.get(0).get("taskDefinitionKey").asText()).isEqualTo(MANAGE);
    assertThat(events(instance)).contains("escalated");
  }

  @ParameterizedTest
  @CsvSource({
    "nobody-knows, There is no such group or user",
    "nora, may not open signing requests",
    "signing-workers, may not open signing requests"
  })
  void an_escalation_to_someone_who_may_not_act_is_refused(String target, String reason) {
    putString(request, "escalateAfter", "P1D");
    putString(request, "escalateTo", target);

    assertThatThrownBy(() -> engine.start(key, request))
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("escalateTo")
        .hasMessageContaining(reason);
    Response response =
        api.start(
            new Form()
                .json(
                    """
                    {"title": "Escalated", "participants": [{"handle": "anna@example.com", "role": "signer"}],
                     "escalateAfter": "P1D", "escalateTo": "%s"}\
                    """
                        .formatted(target))
                .document("lease.pdf", Pdfs.withText("Lease")));
    assertThat(response.status()).as(response.text()).isEqualTo(422);
    JsonNode error = response.json().get("errors").get(0);
    assertThat(error.get("field").asText()).isEqualTo("escalateTo");
    FormProblems.assertIsTranslated(error.get("detail").asText());
    assertThat(response.text()).contains(reason);
  }

  /** Workers read JSON text as text, so the check must not overlook it. */
  @ParameterizedTest
  @ValueSource(strings = {"\"nora\"", "\"*\"", "\"signing-clerks\"", "[\"nora\"]", "1"})
  void only_text_says_to_whom_a_request_is_escalated(String json) {
    putString(request, "escalateAfter", "P1D");
    putJson(request, "escalateTo", json);

    assertThatThrownBy(() -> engine.start(key, request))
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("escalateTo: It must be text.");
  }

  @Test
  void someone_who_may_no_longer_act_is_offered_nothing_by_an_escalation() {
    String user = "eve" + System.nanoTime();
    ObjectNode eve = EngineRest.variables();
    eve.putObject("profile").put("id", user);
    eve.putObject("credentials").put("password", "of-eve-1");
    engine.post("/user/create", eve);
    engine.post("/authorization/create", grant(user, 0, "tasklist", "ACCESS"));
    String mayRead =
        engine
            .post("/authorization/create", grant(user, 6, "signing-request", "READ_INSTANCE"))
            .get("id")
            .asText();
    putString(request, "escalateAfter", "PT5S");
    putString(request, "escalateTo", user);
    String instance = engine.start(key, request);
    await().atMost(PATIENCE).until(() -> engine.userTasks(instance).contains(MANAGE));

    engine.put("/authorization/" + mayRead, grant(user, 6, "signing-request"));

    await().atMost(PATIENCE).until(() -> events(instance).contains("escalated"));
    assertThat(engine.get("/task?processInstanceId=%s&candidateUser=%s".formatted(instance, user)))
        .isEmpty();
    assertThat(engine.variablesOf(instance)).doesNotContainEntry("escalatedTo", user);
  }

  private static JsonNode grant(String user, int resource, String id, String... permissions) {
    ObjectNode grant = EngineRest.variables();
    grant.put("type", 1).put("userId", user).put("resourceType", resource).put("resourceId", id);
    List.of(permissions).forEach(grant.putArray("permissions")::add);
    return grant;
  }

  @Test
  void each_invalid_reminder_is_named() {
    Response response =
        api.start(
            new Form()
                .json(
                    """
                    {"title": "Reminded", "participants": [{"handle": "anna@example.com", "role": "signer"}],
                     "reminders": {"every": "often", "atMost": 101, "first": "P1D"}, "escalateTo": "signing-clerks"}\
                    """)
                .document("lease.pdf", Pdfs.withText("Lease")));

    assertThat(response.status()).as(response.text()).isEqualTo(422);
    assertThat(response.json().get("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder(
            "reminders.first", "reminders.every", "reminders.atMost", "escalateAfter");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clara", "signing-clerks", "demo"})
  void an_escalation_to_someone_who_may_act_is_accepted(String target) {
    putString(request, "escalateAfter", "P1D");
    putString(request, "escalateTo", target);

    String instance = engine.start(key, request);

    await().atMost(PATIENCE).until(() -> engine.userTasks(instance).contains(MANAGE));
  }

  @Test
  void a_task_of_someone_who_is_away_or_gone_is_offered_to_others() {
    String away = taskClaimedBy("rita");
    String gone = taskClaimedBy("someone-who-left");

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(engine.get("/task/" + gone).get("assignee").isNull()).isTrue());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(listed("My tasks", Login.CLERK)).contains(away));

    assertThat(engine.get("/task/" + away).get("assignee").asText()).isEqualTo("rita");
    assertThat(listed("My group", Login.CLERK)).contains(gone).doesNotContain(away);
  }

  private String taskClaimedBy(String user) {
    key = "claimed-" + System.nanoTime();
    engine.start(key, request);
    String task = new RunningCase(engine, key).awaitTask(MANAGE);
    engine.post("/task/" + task + "/assignee", EngineRest.variables().put("userId", user));
    return task;
  }

  private List<String> listed(String filter, Login login) {
    EngineRest user = new EngineRest(port, login);
    String list = user.get("/filter?name=" + filter.replace(" ", "%20")).get(0).get("id").asText();
    return user.get("/filter/" + list + "/list").findValuesAsText("id");
  }

  private List<String> events(String instance) {
    return values(instance, "type");
  }

  private List<String> texts(String instance) {
    return values(instance, "text");
  }

  private List<String> values(String instance, String field) {
    List<String> values = new ArrayList<>();
    api.get(instance + "/events").json().forEach(event -> values.add(event.get(field).asText()));
    return values;
  }
}
