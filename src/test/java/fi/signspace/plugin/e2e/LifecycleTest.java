package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putBoolean;
import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static fi.signspace.plugin.e2e.EngineRest.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The life cycle of a request over real HTTP: engine, workers and sandbox, as seen by an
 * integrator. Subclasses run it with other engines and databases.
 */
abstract class LifecycleTest {

  private static final String ANNA = "anna@example.com";
  private static final String BERT = "bert@example.com";

  /** 200 characters that are awkward for operating systems and headers. */
  private static final String ODD_NAME =
      "../a\\b/Liite äöå € \"x\" 'y' 🖋 ".concat("n".repeat(166)).concat(".pdf");

  private static final String PARTICIPANTS =
      """
      [{"handle": "anna@example.com", "role": "signer", "displayName": "Anna Virtanen"},
       {"handle": "bert@example.com", "role": "signer"},
       {"handle": "cc@example.com", "role": "watcher"}]\
      """;

  private EngineRest engine;
  private SandboxControl sandbox;
  private String key;

  abstract EngineRest engine();

  abstract SandboxControl sandbox();

  @BeforeEach
  void reset() {
    engine = engine();
    engine.deleteInstancesWithIncidents();
    sandbox = sandbox();
    sandbox.reset();
    key = "case-" + System.nanoTime();
  }

  @Test
  void a_request_with_two_documents_is_signed_by_two_people() {
    ObjectNode variables = request("Lease");
    putFile(variables, "document2", ODD_NAME, Pdfs.withText("Annex"));

    String instance = engine.start(key, variables);
    String request = created("Lease");
    awaitTask(instance, "userTask_manageSigning");
    sandbox.sign(request, ANNA);
    sandbox.sign(request, BERT);
    engine.checkStatus(key);

    awaitEnd(instance, "endEvent_signed");
    Map<String, Object> result = engine.variablesOf(instance);
    assertThat(result)
        .containsEntry("signingOutcome", "signed")
        .containsEntry("signingStatus", "complete")
        .containsEntry("signaturesRequested", 2)
        .containsEntry("signaturesCompleted", 2)
        .containsEntry("signingRequestId", request)
        .containsEntry("signedDocument1", "lease.pdf")
        .containsEntry("signedDocument2", ODD_NAME);
    assertThat(Pdfs.textOf(engine.file(instance, "signedDocument1")))
        .contains("Lease of a flat", ANNA);
    assertThat(Pdfs.textOf(engine.file(instance, "signedDocument2"))).contains("Annex", BERT);
    assertThat(sandbox.requests("Lease")).hasSize(1);
  }

  @Test
  void the_timer_alone_finds_the_signatures() {
    ObjectNode variables = request("By timer");
    putString(variables, "statusCheckInterval", "PT1S");

    String instance = engine.start(key, variables);
    String request = created("By timer");
    sandbox.sign(request, ANNA);
    sandbox.sign(request, BERT);

    awaitEnd(instance, "endEvent_signed");
  }

  @Test
  void a_sweep_notifies_the_process_whose_request_has_changed() {
    ObjectNode variables = request("Swept");
    putString(variables, "statusCheckInterval", "PT12H");
    String instance = engine.start(key, variables);
    String request = created("Swept");
    awaitTask(instance, "userTask_manageSigning");
    sandbox.sign(request, ANNA);
    sandbox.sign(request, BERT);

    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              engine.post("/process-definition/key/signing-status-sweep/start", variables());
              return engine.variablesOf(instance).containsKey("signingOutcome");
            });

    assertThat(engine.variablesOf(instance)).containsEntry("signingOutcome", "signed");
  }

  @Test
  void all_problems_are_reported_at_once_and_nothing_is_sent() {
    ObjectNode variables = request(" ");
    putJson(
        variables,
        "participants",
        """
        [{"handle": "nobody", "role": "signer"}, {"handle": "cc@example.com", "role": "boss"}]\
        """);
    putString(variables, "dueDate", "2001-01-01");

    String instance = engine.start(key, variables);
    awaitTask(instance, "userTask_correctRequest");

    assertThat((String) engine.variablesOf(instance).get("problem"))
        .contains("itle")
        .contains("nobody")
        .contains("boss")
        .contains("ue date");
    assertThat(sandbox.calls().toString()).doesNotContain("files.create");
    ObjectNode corrected = request("Corrected");
    engine.decide(instance, "userTask_correctRequest", "retry", withDueDate(corrected));
    created("Corrected");
  }

  @Test
  void giving_up_on_a_refused_request_abandons_it() {
    ObjectNode variables = request("Abandoned");
    variables.remove("document1");

    String instance = engine.start(key, variables);
    awaitTask(instance, "userTask_correctRequest");
    engine.decide(instance, "userTask_correctRequest", "abandon");

    awaitEnd(instance, "endEvent_abandoned");
    assertThat(engine.variablesOf(instance)).containsEntry("signingOutcome", "abandoned");
    assertThat(sandbox.requests("Abandoned")).isEmpty();
  }

  @Test
  void a_cancelled_request_can_be_reopened_and_signed() {
    String instance = engine.start(key, request("Cancelled here"));
    String request = created("Cancelled here");
    awaitTask(instance, "userTask_manageSigning");

    engine.message("cancelSigning", key, null);
    awaitTask(instance, "userTask_decideCancelled");
    engine.message("reopenSigning", key, null);
    awaitTask(instance, "userTask_manageSigning");
    sandbox.sign(request, ANNA);
    sandbox.sign(request, BERT);
    engine.decide(instance, "userTask_manageSigning", "checkStatus");

    awaitEnd(instance, "endEvent_signed");
  }

  @Test
  void a_request_that_was_cancelled_in_signspace_can_be_closed() {
    String instance = engine.start(key, request("Cancelled there"));
    String request = created("Cancelled there");
    awaitTask(instance, "userTask_manageSigning");

    sandbox.act(request, "cancel");
    engine.checkStatus(key);
    awaitTask(instance, "userTask_decideCancelled");
    engine.decide(instance, "userTask_decideCancelled", "close");

    awaitEnd(instance, "endEvent_cancelled");
    assertThat(engine.variablesOf(instance)).containsEntry("signingOutcome", "cancelled");
  }

  @Test
  void a_request_that_was_reopened_in_signspace_is_awaited_again() {
    ObjectNode variables = request("Re-opened there");
    putString(variables, "statusCheckInterval", "PT1S");
    String instance = engine.start(key, variables);
    String request = created("Re-opened there");

    sandbox.act(request, "cancel");
    awaitTask(instance, "userTask_decideCancelled");
    sandbox.act(request, "open");

    awaitTask(instance, "userTask_manageSigning");
  }

  @Test
  void a_held_request_is_a_problem_that_can_be_acknowledged() {
    ObjectNode variables = request("Held");
    putString(variables, "statusCheckInterval", "PT1S");
    String instance = engine.start(key, variables);
    String request = created("Held");

    sandbox.act(request, "hold");
    awaitTask(instance, "userTask_resolveProblem");
    engine.decide(instance, "userTask_resolveProblem", "keepWaiting");
    awaitTask(instance, "userTask_manageSigning");
    sandbox.act(request, "open");
    sandbox.sign(request, ANNA);
    sandbox.sign(request, BERT);

    awaitEnd(instance, "endEvent_signed");
  }

  @Test
  void complete_without_signed_documents_does_not_count_as_signed() {
    ObjectNode variables = request("No evidence");
    putString(variables, "statusCheckInterval", "PT1S");
    String instance = engine.start(key, variables);
    String request = created("No evidence");

    sandbox.completeWithoutEvidence(request);

    awaitTask(instance, "userTask_resolveProblem");
    assertThat(engine.variablesOf(instance)).containsEntry("signingStatus", "complete");
  }

  @Test
  void a_cancellation_that_comes_after_the_last_signature_loses_nothing() {
    String instance = engine.start(key, request("Too late"));
    String request = created("Too late");
    awaitTask(instance, "userTask_manageSigning");

    sandbox.sign(request, ANNA);
    sandbox.sign(request, BERT);
    engine.message("cancelSigning", key, null);

    awaitEnd(instance, "endEvent_signed");
  }

  @Test
  void replacement_documents_are_signed() {
    String instance = engine.start(key, request("Replaced"));
    String request = created("Replaced");
    awaitTask(instance, "userTask_manageSigning");
    ObjectNode replacement = EngineRest.variables();
    putFile(replacement, "document1", "new lease.pdf", Pdfs.withText("A better lease"));

    engine.message("replaceDocuments", key, replacement);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(sandbox.requests("Replaced").get(0).toString())
                    .contains("new lease.pdf"));
    awaitTask(instance, "userTask_manageSigning");
    sandbox.sign(request, ANNA);
    sandbox.sign(request, BERT);
    engine.checkStatus(key);

    awaitEnd(instance, "endEvent_signed");
    assertThat(engine.variablesOf(instance)).containsEntry("signedDocument1", "new lease.pdf");
    assertThat(Pdfs.textOf(engine.file(instance, "signedDocument1"))).contains("A better lease");
    assertThat(sandbox.requests("Replaced")).hasSize(1);
  }

  @Test
  void a_refused_replacement_is_corrected_without_a_second_request() {
    String instance = engine.start(key, request("Refused"));
    created("Refused");
    awaitTask(instance, "userTask_manageSigning");
    ObjectNode empty = EngineRest.variables();
    putFile(empty, "document1", "empty.pdf", new byte[0]);

    engine.message("replaceDocuments", key, empty);
    awaitTask(instance, "userTask_correctRequest");
    assertThat((String) engine.variablesOf(instance).get("problem")).contains("empty");
    ObjectNode good = EngineRest.variables();
    putFile(good, "document1", "good.pdf", Pdfs.withText("Good"));
    engine.decide(instance, "userTask_correctRequest", "retry", good);

    awaitTask(instance, "userTask_manageSigning");
    assertThat(sandbox.requests("Refused")).hasSize(1);
    assertThat(sandbox.requests("Refused").get(0).toString()).contains("good.pdf");
  }

  private static ObjectNode request(String title) {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", title);
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease of a flat"));
    putJson(variables, "participants", PARTICIPANTS);
    putBoolean(variables, "signingDiscussionDisabled", true);
    return variables;
  }

  private static ObjectNode withDueDate(ObjectNode variables) {
    putString(variables, "dueDate", RunningCase.dueDate().plusDays(1).toString());
    return variables;
  }

  private String created(String title) {
    await().atMost(Duration.ofSeconds(30)).until(() -> !sandbox.requests(title).isEmpty());
    JsonNode request = sandbox.requests(title).get(0);
    return request.get("_id").asText();
  }

  private void awaitTask(String instance, String userTask) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(engine.userTasks(instance)).isEqualTo(List.of(userTask)));
  }

  private void awaitEnd(String instance, String endEvent) {
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(engine.endOf(instance)).contains(endEvent));
    assertThat(engine.incidentsOf(instance)).isEmpty();
  }
}
