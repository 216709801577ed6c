package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A request with a wrong signer is corrected and sent again. */
@EndToEnd
class SendAgainTest {

  private static final String TITLE = "Lease with a wrong signer";
  private static final String CORRECT = "userTask_correctRequest";
  private static final String MANAGE = "userTask_manageSigning";
  private static final String WRONG = "crl@example.com";
  private static final String RIGHT = "carl@example.com";

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  private EngineRest engine;
  private SandboxControl sandbox;
  private RunningCase lease;
  private String first;

  @BeforeEach
  void startRequest() {
    String key = "again-" + System.nanoTime();
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    ObjectNode request = RunningCase.request(TITLE + " " + key);
    EngineRest.putJson(
        request,
        "participants",
        """
        [{"handle": "anna@example.com", "role": "signer"}, {"handle": "crl@example.com", "role": "signer"}]\
        """);
    engine.start(key, request);
    lease = new RunningCase(engine, key);
    lease.awaitTask(MANAGE);
    first = lease.requestId();
  }

  @Test
  void a_case_worker_corrects_a_signer_and_the_new_request_is_signed() {
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    tasklist.openAs(Login.CLERK);
    tasklist.claim(lease.awaitTask(MANAGE)).press("[value=sendAgain]");
    FormPage form = tasklist.next(lease.awaitTask(CORRECT));
    form.awaitText("fieldset", "the present request is cancelled in SignSpace");
    assertThat(statusOf(first)).as("nothing has happened in SignSpace yet").isEqualTo("open");
    assertThat(form.textOf("[value=retry]")).isEqualTo("Send the correction");
    form.type("handle", RIGHT);
    form.press("[value=retry]");

    lease.awaitTask(MANAGE);

    String second = lease.requestId();
    assertThat(second).isNotEqualTo(first);
    assertThat(statusOf(first)).isEqualTo("cancelled");
    assertThat(statusOf(second)).isEqualTo("open");
    assertThat(engine.variablesOf(lease.instance()).get("formerSigningRequestIds").toString())
        .contains(first);
    assertThat(
            new ApiClient(port, Login.CLERK)
                .get(lease.instance() + "/events")
                .json()
                .findValuesAsText("text"))
        .containsSubsequence(
            "clara corrected the request",
            "The former request was cancelled in SignSpace",
            "The request was corrected and sent again. Participants added: %s. Participants removed: %s"
                .formatted(RIGHT, WRONG));
    sandbox.sign(second, RunningCase.ANNA);
    sandbox.sign(second, RIGHT);
    lease.awaitEnd("endEvent_signed");
    assertThat(requests()).hasSize(2);
  }

  @Test
  void leaving_the_correction_changes_nothing() {
    decide(MANAGE, "sendAgain");

    decide(CORRECT, "keepWaiting");

    lease.awaitTask(MANAGE);
    assertThat(lease.requestId()).isEqualTo(first);
    assertThat(statusOf(first)).isEqualTo("open");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_correction_that_is_invalid_comes_back_and_nothing_is_cancelled() {
    correctInvalidly(EngineRest.variables());

    assertThat(engine.variablesOf(lease.instance()).get("problem").toString())
        .contains("participants[0].handle");
    assertThat(statusOf(first)).isEqualTo("open");
    assertThat(requests()).hasSize(1);
  }

  @Tag("long")
  @Test
  void what_a_given_up_correction_has_left_is_neither_shown_as_sent_nor_sent_unseen() {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", "Other title");
    EngineRest.putFile(variables, "document1", "other.pdf", Pdfs.withText("Other"));
    correctInvalidly(variables);
    decide(CORRECT, "keepWaiting");
    String manage = lease.awaitTask(MANAGE);

    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    tasklist.openAs(Login.CLERK);
    FormPage form = tasklist.claim(manage);
    assertThat(form.textOf(".signing-summary"))
        .contains(TITLE, WRONG, "first.pdf")
        .doesNotContain("Other title", "other.pdf");
    form.press(".signing-summary [download]");
    form.awaitText("[data-messages]", "no longer has first.pdf as it was sent");

    ApiClient api = new ApiClient(port, Login.DEMO);
    Response unseen =
        api.sendAgain(lease.instance(), new Form().json("{\"description\": \"More\"}"));
    assertThat(unseen.status()).as(unseen.text()).isEqualTo(422);
    assertThat(unseen.json().get("errors").findValuesAsText("field"))
        .containsExactly("participants", "title", "documents");
    Response seen =
        api.sendAgain(
            lease.instance(),
            new Form()
                .json(
                    "{\"title\": \"%s\", \"participants\": [{\"handle\": \"%s\", \"role\": \"signer\"}]}"
                        .formatted(TITLE + " " + lease.key(), RIGHT))
                .document("second.pdf", Pdfs.withText("Second")));
    assertThat(seen.status()).as(seen.text()).isEqualTo(202);
    lease.awaitNewTask(MANAGE, manage);
    assertThat(requests()).hasSize(2);
  }

  @Test
  void a_request_that_everyone_has_signed_meanwhile_is_downloaded_instead() {
    decide(MANAGE, "sendAgain");
    lease.awaitTask(CORRECT);
    sandbox.sign(first, RunningCase.ANNA);
    sandbox.sign(first, WRONG);

    decide(CORRECT, "retry");

    lease.awaitEnd("endEvent_signed");
    assertThat(requests()).hasSize(1);
    assertThat(statusOf(first)).isEqualTo("complete");
  }

  @Test
  void a_cancelled_request_is_sent_again() {
    decide(MANAGE, "cancelSigning");
    decide("userTask_decideCancelled", "sendAgain");

    decide(CORRECT, "retry");

    lease.awaitTask(MANAGE);
    assertThat(statusOf(first)).isEqualTo("cancelled");
    assertThat(statusOf(lease.requestId())).isEqualTo("open");
    assertThat(requests()).hasSize(2);
  }

  @Test
  void an_integrator_corrects_a_signer_with_one_call() {
    ApiClient api = new ApiClient(port, Login.DEMO);
    String people =
        """
        {"participants": [{"handle": "anna@example.com", "role": "signer"}, {"handle": "carl@example.com", "role": "signer"}]}\
        """;

    Response wrong =
        api.sendAgain(
            lease.instance(),
            new Form().json("{\"participants\": [{\"handle\": \"carl\", \"role\": \"signer\"}]}"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.text()).contains("participants[0].handle");
    Response accepted = api.sendAgain(lease.instance(), new Form().json(people));
    assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
    lease.awaitTask(MANAGE);

    assertThat(lease.requestId()).isNotEqualTo(first);
    assertThat(requests()).hasSize(2);
    sandbox.sign(lease.requestId(), RunningCase.ANNA);
    sandbox.sign(lease.requestId(), RIGHT);
    lease.awaitEnd("endEvent_signed");
    assertThat(api.sendAgain(lease.instance(), new Form().json("{}")).status()).isEqualTo(409);
  }

  /** The correction comes back, since an address is wrong. */
  private void correctInvalidly(ObjectNode variables) {
    decide(MANAGE, "sendAgain");
    String task = lease.awaitTask(CORRECT);
    EngineRest.putJson(variables, "participants", "[{\"handle\": \"carl\", \"role\": \"signer\"}]");
    engine.decide(lease.instance(), CORRECT, "retry", variables);
    lease.awaitNewTask(CORRECT, task);
  }

  private List<JsonNode> requests() {
    return sandbox.requests(TITLE + " " + lease.key());
  }

  private String statusOf(String id) {
    return requests().stream()
        .filter(request -> request.get("_id").asText().equals(id))
        .findFirst()
        .orElseThrow()
        .get("status")
        .asText();
  }

  private void decide(String userTask, String decision) {
    lease.awaitTask(userTask);
    engine.decide(lease.instance(), userTask, decision);
  }
}
