package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The life cycle of a request, from open to complete. */
class TaskLifeTest extends SandboxTest {

  @Test
  void a_request_is_in_progress_after_the_first_and_complete_after_the_last_signature()
      throws IOException {
    String id = create();

    sandbox.sign(id, ANNA).ok();
    JsonNode first = sandbox.task(id);
    clock.advance(Duration.ofMinutes(5));
    sandbox.sign(id, BERT).ok();
    JsonNode last = sandbox.task(id);

    assertThat(first.get("status").textValue()).isEqualTo("in_progress");
    assertThat(first.get("signatures_completed_count").intValue()).isEqualTo(1);
    assertThat(first.get("signed_files")).isEmpty();
    assertThat(last.get("status").textValue()).isEqualTo("complete");
    assertThat(last.get("signed_data").findValuesAsText("signed_by")).containsExactly(ANNA, BERT);
    assertThat(last.get("signed_data").get(1).get("signed_at").textValue())
        .isEqualTo(clock.instant().toString());
    assertThat(last.get("last_updated_at").textValue()).isEqualTo(clock.instant().toString());
    assertThat(last.get("signed_files")).hasSize(1).doesNotContainAnyElementsOf(last.get("files"));
  }

  @Test
  void the_signed_files_have_the_names_and_the_order_of_the_files() throws IOException {
    String second = sandbox.upload("b.txt", new byte[] {2});
    String first = sandbox.upload("a.txt", new byte[] {1});
    String id =
        create(Map.of("files", List.of(second, first), "participants", List.of(signer(ANNA))));

    sandbox.sign(id, ANNA).ok();
    JsonNode signed = sandbox.task(id).get("signed_files");

    assertThat(download(signed.get(0)).bytes()).containsExactly(2);
    assertThat(download(signed.get(0)).header("Content-Disposition")).contains("b.txt");
    assertThat(download(signed.get(1)).bytes()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource({
    "anna@example.com, 409",
    "ANNA@example.com, 409",
    "cc@example.com, 409",
    "nobody@example.com, 404"
  })
  void only_signers_who_have_not_signed_can_sign(String handle, int status) throws IOException {
    var watcher = Map.of("handle", "cc@example.com", "role", "watcher");
    String id = create(Map.of("participants", List.of(signer(ANNA), signer(BERT), watcher)));
    sandbox.sign(id, ANNA).ok();

    var response = sandbox.sign(id, handle);

    assertThat(response.status()).isEqualTo(status);
    assertThat(sandbox.task(id).get("signatures_completed_count").intValue()).isEqualTo(1);
  }

  @Test
  void signers_sign_by_position_and_equal_positions_in_any_order() throws IOException {
    String carl = "carl@example.com";
    var participants = List.of(signer(carl, 2), signer(ANNA, 1), signer(BERT, 1));
    String id =
        create(Map.of("participants_list_order_respected", true, "participants", participants));

    int tooEarly = sandbox.sign(id, carl).status();
    sandbox.sign(id, BERT).ok();
    int stillTooEarly = sandbox.sign(id, carl).status();
    sandbox.sign(id, ANNA).ok();
    int inTurn = sandbox.sign(id, carl).status();

    assertThat(List.of(tooEarly, stillTooEarly, inTurn)).containsExactly(409, 409, 200);
    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("complete");
  }

  @Test
  void concurrent_signatures_all_count() throws Exception {
    List<String> handles =
        IntStream.range(0, 20).mapToObj(i -> "person" + i + "@example.com").toList();
    String id = create(Map.of("participants", handles.stream().map(SandboxTest::signer).toList()));
    List<Callable<Integer>> signatures = new ArrayList<>();
    handles.forEach(handle -> signatures.add(() -> sandbox.sign(id, handle).status()));

    ExecutorService threads = Executors.newFixedThreadPool(handles.size());
    threads.invokeAll(signatures);
    threads.shutdown();

    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("complete");
    assertThat(sandbox.task(id).get("signed_data").findValuesAsText("signed_by"))
        .containsExactlyInAnyOrderElementsOf(handles);
  }

  @Test
  void without_positions_the_order_of_the_list_is_respected() throws IOException {
    String id = create(Map.of("participants_list_order_respected", true));

    int tooEarly = sandbox.sign(id, BERT).status();
    sandbox.sign(id, ANNA).ok();
    int inTurn = sandbox.sign(id, BERT).status();

    assertThat(List.of(tooEarly, inTurn)).containsExactly(409, 200);
  }

  @Test
  void a_declined_request_never_completes() throws IOException {
    String id = create();

    sandbox.control(id, "decline", Map.of("handle", ANNA)).ok();
    int second = sandbox.sign(id, ANNA).status();
    sandbox.sign(id, BERT).ok();

    assertThat(second).isEqualTo(409);
    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("in_progress");
    assertThat(personState(id, 0)).isEqualTo("declined");
  }

  @Test
  void declining_can_be_disabled() throws IOException {
    String id = create(Map.of("cannot_sign_disabled", true));

    var response = sandbox.control(id, "decline", Map.of("handle", ANNA));

    assertThat(response.status()).isEqualTo(409);
    assertThat(personState(id, 0)).isEqualTo("asked");
  }

  @ParameterizedTest
  @CsvSource({"false, 200, complete", "true, 409, OVERDUE"})
  void the_creator_decides_whether_an_overdue_request_can_be_signed(
      boolean disabled, int status, String then) throws IOException {
    String dueDate = clock.instant().plus(Duration.ofHours(1)).toString();
    var one = List.of(signer(ANNA));
    String id =
        create(
            Map.of("due_date", dueDate, "overdue_signing_disabled", disabled, "participants", one));
    clock.advance(Duration.ofHours(1));
    sandbox.signIn();

    String before = sandbox.task(id).get("status").textValue();
    int answered = sandbox.sign(id, ANNA).status();

    assertThat(before).isEqualTo("OVERDUE");
    assertThat(answered).isEqualTo(status);
    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo(then);
  }

  /** The operations of API and people by state: 200 or 409. */
  @ParameterizedTest
  @CsvSource({
    // state    cancel open update sign hold complete
    "open,      200,  409,  200,   200, 200, 200",
    "on_hold,   200,  200,  200,   409, 409, 200",
    "cancelled, 200,  200,  409,   409, 409, 409",
    "complete,  409,  409,  409,   409, 409, 409",
    "declined,  200,  200,  409,   409, 409, 409"
  })
  void each_state_allows_the_operations_of_the_guide(
      String state, int cancel, int open, int update, int sign, int hold, int complete)
      throws IOException {
    List<Integer> statuses =
        List.of(
            sandbox.change("tasks.cancel", in(state)).status(),
            sandbox.change("tasks.open", in(state)).status(),
            update(in(state), List.of(uploadText())).status(),
            sandbox.sign(in(state), ANNA).status(),
            sandbox.control(in(state), "hold", "").status(),
            sandbox.control(in(state), "complete", Map.of()).status());

    assertThat(statuses).containsExactly(cancel, open, update, sign, hold, complete);
  }

  @Test
  void a_decline_may_be_reported_and_is_reverted_by_reopening() throws IOException {
    String id = create();
    int early = sandbox.control(id, "report", "").status();
    sandbox.control(id, "decline", Map.of("handle", ANNA)).ok();
    sandbox.control(id, "report", "").ok();

    String reported = sandbox.task(id).get("status").textValue();
    sandbox.change("tasks.open", id).ok();

    assertThat(early).isEqualTo(409);
    assertThat(reported).isEqualTo("declined");
    assertThat(sandbox.task(id).get("status").textValue()).isEqualTo("open");
    sandbox.sign(id, ANNA).ok();
  }

  @Test
  void a_reopened_request_keeps_its_signatures() throws IOException {
    String id = create();
    sandbox.sign(id, ANNA).ok();

    JsonNode cancelled = sandbox.change("tasks.cancel", id).ok().json();
    JsonNode reopened = sandbox.change("tasks.open", id).ok().json();

    assertThat(cancelled.get("status").textValue()).isEqualTo("cancelled");
    assertThat(reopened.get("status").textValue()).isEqualTo("in_progress");
    assertThat(sandbox.sign(id, BERT).status()).isEqualTo(200);
  }

  @Test
  void new_files_replace_the_old_ones_and_revert_declines() throws IOException {
    String id = create(Map.of("participants", List.of(signer(ANNA))));
    sandbox.control(id, "decline", Map.of("handle", ANNA)).ok();
    String better = sandbox.upload("better.txt", new byte[] {9});

    JsonNode updated = update(id, List.of(better)).ok().json();
    sandbox.sign(id, ANNA).ok();

    assertThat(updated.get("files")).hasSize(1);
    assertThat(updated.get("files").get(0).textValue()).isEqualTo(better);
    assertThat(download(sandbox.task(id).get("signed_files").get(0)).bytes()).containsExactly(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tasks.cancel | {'acting_handle': 'r@b.fi'} | 400 | task: is mandatory",
        "tasks.cancel | {'task': '0123456789abcdef01234567'} | 400 | acting_handle: is mandatory",
        "tasks.cancel | {'acting_handle': 'r@b.fi', 'task': 'x'} | 400 | task: must be an id",
        "tasks.cancel | {'acting_handle': 'r@b.fi', 'task': '0123456789abcdef01234567'} | 404 | There is no signing request",
        "tasks.open | {'acting_handle': 'r@b.fi', 'task': '0123456789abcdef01234567'} | 404 | There is no signing request",
        "tasks.open | {'acting_handle': 'r@b.fi', 'task': '0123456789abcdef01234567', 'x': 1} | 400 | x: unknown parameter",
        "tasks.signingRequest.update | {'acting_handle': 'r@b.fi', 'task': '0123456789abcdef01234567', 'files': ['0123456789abcdef01234567']} | 404 | There is no signing request"
      })
  void each_invalid_change_is_rejected_by_name(
      String operation, String body, int status, String message) throws IOException {
    var response = sandbox.apiPost(operation, BodyPublishers.ofString(body.replace('\'', '"')));

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.json().get("message").textValue()).startsWith(message);
  }

  @Test
  void an_update_names_known_files() throws IOException {
    String id = create();

    int none = update(id, List.of()).status();
    int unknown = update(id, List.of(NO_SUCH_ID)).status();

    assertThat(List.of(none, unknown)).containsExactly(400, 400);
  }

  @Test
  void evidence_can_follow_a_completion_without_it() throws IOException {
    String id = create();

    sandbox.control(id, "complete", Map.of("evidence", false)).ok();
    JsonNode without = sandbox.task(id);
    sandbox.control(id, "complete", Map.of("evidence", true)).ok();
    JsonNode with = sandbox.task(id);

    assertThat(without.get("status").textValue()).isEqualTo("complete");
    assertThat(without.get("signed_files")).isEmpty();
    assertThat(with.get("signed_files")).hasSize(1);
  }

  @Test
  void one_call_returns_several_requests_without_unknown_ones() throws IOException {
    String one = create();
    String other = create();

    JsonNode tasks =
        sandbox.apiGet("/tasks.get?id=" + one + "&id=" + NO_SUCH_ID + "&id=" + other).ok().json();

    assertThat(tasks.isArray()).isTrue();
    assertThat(tasks.findValuesAsText("_id")).containsExactlyInAnyOrder(one, other);
  }

  @Test
  void a_list_is_a_plain_array_and_respects_status_and_limit() throws IOException {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 21; i++) {
      ids.add(create());
    }
    sandbox.change("tasks.cancel", ids.get(3)).ok();

    JsonNode all = sandbox.apiGet("/tasks.list?type=signing_request").ok().json();
    JsonNode limited = sandbox.apiGet("/tasks.list?limit=100").ok().json();
    JsonNode cancelled = sandbox.apiGet("/tasks.list?status=cancelled").ok().json();

    assertThat(all.isArray()).isTrue();
    assertThat(all).hasSize(20);
    assertThat(limited.findValuesAsText("_id")).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(cancelled.findValuesAsText("_id")).containsExactly(ids.get(3));
  }

  @ParameterizedTest
  @CsvSource({
    "tasks.list?status=done, status",
    "tasks.list?type=task, type",
    "tasks.list?limit=0, limit",
    "tasks.list?limit=many, limit",
    "tasks.list?limit=1&limit=2, limit",
    "tasks.list?page=2, page",
    "tasks.get, id",
    "tasks.get?id=x, id",
    "tasks.get?task=0123456789abcdef01234567, task"
  })
  void each_invalid_query_parameter_is_named(String query, String name) throws IOException {
    var response = sandbox.apiGet("/" + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("message").textValue()).startsWith(name + ": ");
  }

  @Test
  void documents_are_shown_by_importance() throws IOException {
    String low = sandbox.upload(Map.of("name", "low", "base64", "QQ==", "importance_order", 1));
    String none = sandbox.upload(Map.of("name", "none", "base64", "QQ=="));
    String high = sandbox.upload(Map.of("name", "high", "base64", "QQ==", "importance_order", 9));

    create(Map.of("files", List.of(low, none, high)));
    JsonNode shown = sandbox.get("/sandbox/control/requests").json().at("/0/documents");

    assertThat(shown.findValuesAsText("name")).containsExactly("high", "low", "none");
  }

  @Test
  void people_see_the_newest_requests_first() throws IOException {
    String older = create();
    String newer = create(Map.of("description", "Hello"));

    var response = sandbox.get("/sandbox/control/requests?limit=1");
    JsonNode one = sandbox.get("/sandbox/control/requests/" + older).ok().json();

    assertThat(response.json().findValuesAsText("_id")).containsExactly(newer);
    assertThat(response.header("X-Total-Count")).isEqualTo("2");
    assertThat(response.json().at("/0/acting_handle").textValue()).isEqualTo(ROBOT);
    assertThat(response.json().at("/0/parameters/description").textValue()).isEqualTo("Hello");
    assertThat(one.get("_id").textValue()).isEqualTo(older);
  }

  private String in(String state) throws IOException {
    String id = create();
    switch (state) {
      case "open" -> {}
      case "on_hold" -> sandbox.control(id, "hold", "").ok();
      case "cancelled" -> sandbox.control(id, "cancel", "").ok();
      case "complete" -> sandbox.control(id, "complete", Map.of()).ok();
      case "declined" -> {
        sandbox.control(id, "decline", Map.of("handle", ANNA)).ok();
        sandbox.control(id, "report", "").ok();
      }
      default -> throw new IllegalArgumentException(state);
    }
    return id;
  }

  private SandboxClient.Response update(String id, List<String> files) throws IOException {
    return sandbox.apiPost(
        "tasks.signingRequest.update", Map.of("acting_handle", ROBOT, "task", id, "files", files));
  }

  private SandboxClient.Response download(JsonNode fileId) throws IOException {
    return sandbox.apiGet("/files.download?id=" + fileId.textValue()).ok();
  }

  private String personState(String id, int index) throws IOException {
    return sandbox
        .get("/sandbox/control/requests/" + id)
        .json()
        .at("/participants/" + index + "/state")
        .textValue();
  }
}
