package fi.signspace.plugin.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as seen by a client, and whether the call was carried out. */
class FaultsTest extends SandboxTest {

  private static final String CREATE = "tasks.signingRequest.create";

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 408, 425, 429, 500, 502, 503, 504})
  void an_error_is_returned_and_nothing_done(int status) throws IOException {
    Map<String, Object> request = validRequest();
    sandbox.misbehave(
        Map.of("operation", CREATE, "kind", "status", "status", status, "retryAfter", "10"));

    var response = sandbox.apiPost(CREATE, request);

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.header("Retry-After")).isEqualTo("10");
    assertThat(response.json().get("error").textValue()).isNotBlank();
    assertThat(sandbox.apiGet("/tasks.list").json()).isEmpty();
  }

  @Test
  void an_error_can_be_an_html_page() throws IOException {
    sandbox.misbehave(Map.of("operation", "*", "kind", "status", "status", 502, "body", "html"));

    var response = sandbox.apiGet("/tasks.list");

    assertThat(response.header("Content-Type")).startsWith("text/html");
    assertThat(response.text()).contains("<h1>502 Bad Gateway</h1>");
  }

  @Test
  void a_late_response_is_complete() throws IOException {
    sandbox.misbehave(Map.of("operation", "tasks.list", "kind", "latency", "latency", "PT0.4S"));

    long started = System.nanoTime();
    var response = sandbox.apiGet("/tasks.list");
    Duration took = Duration.ofNanos(System.nanoTime() - started);

    assertThat(response.status()).isEqualTo(200);
    assertThat(took).isGreaterThan(Duration.ofMillis(390));
  }

  @Test
  void a_connection_reset_before_the_call_means_nothing_was_done() throws IOException {
    Map<String, Object> request = validRequest();
    sandbox.misbehave(Map.of("operation", CREATE, "kind", "cutBefore", "times", 1));

    assertThatThrownBy(() -> sandbox.apiPost(CREATE, request))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);

    assertThat(sandbox.apiGet("/tasks.list").json()).isEmpty();
    assertThat(sandbox.calls(CREATE).get("cut").intValue()).isEqualTo(1);
  }

  @Test
  void a_connection_reset_after_the_call_means_it_was_done() throws IOException {
    Map<String, Object> request = validRequest();
    sandbox.misbehave(Map.of("operation", CREATE, "kind", "cutAfter", "times", 1));

    assertThatThrownBy(() -> sandbox.apiPost(CREATE, request))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);

    assertThat(sandbox.apiGet("/tasks.list").json()).hasSize(1);
    assertThat(sandbox.calls(CREATE).get("cut").intValue()).isEqualTo(1);
  }

  @Test
  void a_raw_connection_receives_half_a_response() throws IOException {
    sandbox.misbehave(Map.of("operation", "token", "kind", "cutAfter"));

    String received = rawTokenCall();
    String body = received.substring(received.indexOf("\r\n\r\n") + 4);
    int declared =
        Integer.parseInt(received.replaceAll("(?s).*Content-Length: (\\d+)\r\n.*", "$1"));

    assertThat(received).startsWith("HTTP/1.1 200");
    assertThat(body).startsWith("{");
    assertThat(body.length()).isEqualTo(declared / 2);
  }

  @Test
  void a_raw_connection_reset_before_the_call_receives_nothing() throws IOException {
    sandbox.misbehave(Map.of("operation", "token", "kind", "cutBefore"));

    String received = rawTokenCall();

    assertThat(received).isEmpty();
  }

  @Test
  void a_missing_response_is_a_timeout() throws IOException {
    sandbox.misbehave(Map.of("operation", "tasks.list", "kind", "nothing", "times", 1));
    var call = sandbox.authorized("/tasks.list").timeout(Duration.ofMillis(300));

    assertThatThrownBy(() -> sandbox.send(call)).isInstanceOf(HttpTimeoutException.class);

    assertThat(sandbox.apiGet("/tasks.list").status()).isEqualTo(200);
  }

  @Test
  void clearing_releases_held_calls() throws Exception {
    sandbox.misbehave(Map.of("operation", "tasks.cancel", "kind", "nothing"));
    var call = sandbox.authorized("/tasks.cancel").POST(BodyPublishers.ofString("{}")).build();
    var waiting = HttpClient.newHttpClient().sendAsync(call, BodyHandlers.discarding());
    await().until(() -> sandbox.get("/sandbox/control/faults").json().at("/0/met").intValue() == 1);

    sandbox.send(sandbox.request("/sandbox/control/faults").DELETE()).ok();

    assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void only_the_named_operation_is_affected() throws IOException {
    sandbox.misbehave(Map.of("operation", "tasks.get", "kind", "status", "status", 503));

    int list = sandbox.apiGet("/tasks.list").status();
    int get = sandbox.apiGet("/tasks.get?id=" + NO_SUCH_ID).status();

    assertThat(List.of(list, get)).containsExactly(200, 503);
  }

  @Test
  void token_requests_can_fail() throws IOException {
    sandbox.misbehave(Map.of("operation", "token", "kind", "status", "status", 401));

    var response = sandbox.requestToken("sandbox:sandbox", "grant_type=client_credentials");

    assertThat(response.status()).isEqualTo(401);
  }

  @Test
  void the_first_live_rule_applies() throws IOException {
    sandbox.misbehave(
        Map.of("operation", "tasks.list", "kind", "status", "status", 500, "times", 2),
        Map.of("operation", "*", "kind", "status", "status", 503, "times", 1));

    List<Integer> statuses =
        List.of(
            sandbox.apiGet("/tasks.list").status(),
            sandbox.apiGet("/tasks.list").status(),
            sandbox.apiGet("/tasks.list").status(),
            sandbox.apiGet("/tasks.list").status());

    assertThat(statuses).containsExactly(500, 500, 503, 200);
  }

  @Test
  void a_rule_expires() throws IOException {
    sandbox.misbehave(Map.of("operation", "*", "kind", "status", "status", 503, "for", "PT60S"));

    int during = sandbox.apiGet("/tasks.list").status();
    clock.advance(Duration.ofSeconds(60));
    int after = sandbox.apiGet("/tasks.list").status();

    assertThat(List.of(during, after)).containsExactly(503, 200);
  }

  @Test
  void the_rules_are_shown_added_and_cleared() throws IOException {
    String rule = "{\"operation\":\"token\",\"kind\":\"latency\",\"latency\":\"PT5S\",\"times\":3}";

    sandbox.sendJson("POST", "/sandbox/control/faults", rule).ok();
    JsonNode shown = sandbox.sendJson("POST", "/sandbox/control/faults", rule).ok().json();
    sandbox.send(sandbox.request("/sandbox/control/faults").DELETE()).ok();
    JsonNode cleared = sandbox.get("/sandbox/control/faults").json();

    assertThat(shown).hasSize(2);
    assertThat(shown.get(1).get("operation").textValue()).isEqualTo("token");
    assertThat(shown.get(1).get("latency").textValue()).isEqualTo("PT5S");
    assertThat(shown.get(1).get("times").intValue()).isEqualTo(3);
    assertThat(shown.get(1).get("met").intValue()).isZero();
    assertThat(cleared).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'kind': 'nothing'} | operation: is mandatory",
        "{'operation': 'tasks.burn', 'kind': 'nothing'} | operation: must be one of",
        "{'operation': '*'} | kind: is mandatory",
        "{'operation': '*', 'kind': 'explode'} | kind: must be one of",
        "{'operation': '*', 'kind': 'status'} | status: goes with",
        "{'operation': '*', 'kind': 'status', 'status': 200} | status: must be from",
        "{'operation': '*', 'kind': 'nothing', 'status': 500} | status: goes with",
        "{'operation': '*', 'kind': 'nothing', 'retryAfter': '1'} | retryAfter: goes with",
        "{'operation': '*', 'kind': 'latency'} | latency: goes with",
        "{'operation': '*', 'kind': 'latency', 'latency': '5s'} | latency: must be an ISO 8601 duration",
        "{'operation': '*', 'kind': 'nothing', 'times': 0} | times: must be 1 or more",
        "{'operation': '*', 'kind': 'nothing', 'for': 'PT0S'} | for: must be an ISO 8601 duration",
        "{'operation': '*', 'kind': 'nothing', 'until': 'x'} | until: unknown parameter"
      })
  void each_invalid_rule_is_rejected_by_name_and_the_old_rules_remain(String rule, String message)
      throws IOException {
    sandbox.misbehave(Map.of("operation", "token", "kind", "nothing"));

    var response =
        sandbox.sendJson("PUT", "/sandbox/control/faults", "[" + rule.replace('\'', '"') + "]");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("message").textValue()).startsWith(message);
    assertThat(sandbox.get("/sandbox/control/faults").json()).hasSize(1);
  }

  @Test
  void calls_are_counted_by_operation_and_outcome() throws IOException {
    sandbox.send(sandbox.request("/sandbox/control/calls").DELETE()).ok();
    sandbox.apiGet("/tasks.list");
    sandbox.apiGet("/tasks.list?limit=0");
    sandbox.apiGet("/nonsense");

    JsonNode history = sandbox.get("/sandbox/control/calls").ok().json();
    JsonNode last = sandbox.get("/sandbox/control/calls?last=1").ok().json();

    assertThat(history.at("/operations/tasks.list/received").intValue()).isEqualTo(2);
    assertThat(history.at("/operations/tasks.list/answered/200").intValue()).isEqualTo(1);
    assertThat(history.at("/operations/tasks.list/answered/400").intValue()).isEqualTo(1);
    assertThat(history.at("/operations/tasks.list/cut").intValue()).isZero();
    assertThat(history.get("calls").findValuesAsText("operation"))
        .containsExactly("tasks.list", "tasks.list", "unknown");
    assertThat(history.at("/calls/1/outcome").textValue()).isEqualTo("400");
    assertThat(history.at("/calls/1/at").textValue()).isEqualTo(clock.instant().toString());
    assertThat(last.get("calls")).hasSize(1);
  }

  @Test
  void the_list_of_calls_is_bounded_and_the_counters_are_not() {
    var calls = new CallLog(clock);

    for (int i = 0; i < 10_001; i++) {
      calls.ended(calls.received("token"), "token", "200");
    }
    CallLog.History history = calls.show(Integer.MAX_VALUE);

    assertThat(history.calls()).hasSize(10_000);
    assertThat(history.operations().get("token").received()).isEqualTo(10_001);
  }

  @Test
  void clearing_the_state_removes_everything() throws IOException {
    create();
    sandbox.misbehave(Map.of("operation", "token", "kind", "nothing"));

    sandbox.clear();

    assertThat(sandbox.apiGet("/tasks.list").status()).isEqualTo(401);
    assertThat(sandbox.get("/sandbox/control/faults").json()).isEmpty();
    assertThat(sandbox.get("/sandbox/control/requests").json()).isEmpty();
    assertThat(sandbox.calls(CREATE).isMissingNode()).isTrue();
  }

  /** All bytes of the response until the connection ends. */
  private String rawTokenCall() throws IOException {
    String form = "grant_type=client_credentials";
    String call =
        """
        POST /sandbox/auth/token HTTP/1.1\r
        Host: localhost\r
        Authorization: Basic c2FuZGJveDpzYW5kYm94\r
        Content-Type: application/x-www-form-urlencoded\r
        Content-Length: %d\r
        \r
        %s"""
            .formatted(form.length(), form);
    try (var socket = new Socket("localhost", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(call.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
