package fi.signspace.plugin.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The same action on many requests, over real HTTP. */
@EndToEnd
class BatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PATH = "/api/signing-requests/";

  @LocalServerPort private int port;

  private ApiClient api;
  private SandboxControl sandbox;
  private String key;

  @BeforeEach
  void reset() {
    api = new ApiClient(port, Login.CLERK);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    key = "batch-" + System.nanoTime();
  }

  private String started(int number) {
    Response started =
        api.start(
            new Form()
                .json(
                    """
                    {"businessKey": "%s-%s", "title": "Lease %s",
                     "participants": [{"handle": "anna@example.com", "role": "signer"}]}"""
                        .formatted(key, number, number))
                .document("lease.pdf", Pdfs.withText("Lease")));
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    String id = started.json().get("id").asText();
    awaitStatus(id, "awaiting");
    return id;
  }

  private void awaitStatus(String id, String status) {
    await().atMost(PATIENCE).until(() -> api.get(id).json().get("status").asText().equals(status));
  }

  private static String ids(Stream<String> ids) {
    return ids.collect(joining("\", \"", "{\"ids\": [\"", "\"]"));
  }

  private Response post(String action, String body) {
    return api.sendText(PATH + action, "application/json", body);
  }

  @Test
  void requests_are_previewed_reminded_cancelled_and_checked_with_the_problems_of_each() {
    String first = started(1);
    String second = started(2);
    String all = ids(Stream.of(first, second, "no-such-request"));

    Response preview = post("cancel", all + ", \"dryRun\": true}");
    String untouched = api.get(first).json().get("status").asText();
    Response reminded = post("remind", all + "}");
    await().atMost(PATIENCE).until(() -> isReminded(first) && isReminded(second));
    Response cancelled =
        post("cancel", "{\"status\": \"awaiting\", \"businessKey\": \"%s-1\"}".formatted(key));
    awaitStatus(first, "needsDecision");
    Response checked = post("check", all + "}");
    Response again = post("remind", all + ", \"dryRun\": true}");

    assertThat(preview.status()).as(preview.text()).isEqualTo(200);
    assertThat(preview.json().get("done").asInt()).isZero();
    assertThat(texts(preview.json().get("remaining"))).containsExactly(first, second);
    assertThat(preview.json().at("/problems/0/status").asInt()).isEqualTo(404);
    assertThat(untouched).isEqualTo("awaiting");
    assertThat(reminded.status()).as(reminded.text()).isEqualTo(202);
    assertThat(reminded.json().get("done").asInt()).isEqualTo(2);
    assertThat(reminded.json().get("remaining")).isEmpty();
    assertThat(cancelled.json().get("requests").asInt()).isEqualTo(1);
    assertThat(cancelled.json().get("done").asInt()).isEqualTo(1);
    assertThat(checked.json().get("done").asInt()).isEqualTo(2);
    assertThat(texts(again.json().get("remaining"))).containsExactly(second);
    assertThat(again.json().at("/problems/0/businessKey").asText()).isEqualTo(key + "-1");
    assertThat(again.json().at("/problems/0/detail").asText())
        .isEqualTo("remind is not possible while the request is needsDecision.");
  }

  private boolean isReminded(String id) {
    return api.get(id + "/events").json().findValuesAsText("type").contains("reminded");
  }

  private static List<String> texts(JsonNode array) {
    return IntStream.range(0, array.size()).mapToObj(i -> array.get(i).asText()).toList();
  }

  @Test
  void signed_documents_are_downloaded_in_one_zip_that_says_what_it_leaves_out()
      throws IOException {
    String first = started(1);
    String second = started(2);
    sandbox.sign(api.get(first).json().get("signingRequestId").asText(), "anna@example.com");
    post("check", ids(Stream.of(first)) + "}");
    awaitStatus(first, "signed");
    String both = ids(Stream.of(first, second));

    Response preview = post("documents", both + ", \"dryRun\": true}");
    Map<String, String> zip = zipped(post("documents", both + "}"));
    Map<String, String> linked =
        zipped(api.getPath(PATH + "documents?id=%s&id=%s".formatted(first, second)));

    assertThat(texts(preview.json().get("remaining"))).containsExactly(first);
    assertThat(zip.keySet())
        .containsExactly(
            "00001 " + key + "-1/1 lease.pdf", "00001 " + key + "-1/evidence.jws", "left-out.txt");
    assertThat(zip.get("left-out.txt"))
        .contains(second + ": The request is awaiting and has no signed documents.");
    assertThat(linked).isEqualTo(zip);
  }

  private static Map<String, String> zipped(Response zip) throws IOException {
    assertThat(zip.header("Content-Type")).isEqualTo("application/zip");
    Map<String, String> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.response().body()))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }

  @Test
  void a_call_acts_on_a_hundred_requests_and_returns_the_others() {
    String ids = ids(IntStream.range(0, 150).mapToObj(i -> "no-such-request-" + i)) + "}";

    JsonNode answer = post("check", ids).json();

    assertThat(answer.get("requests").asInt()).isEqualTo(150);
    assertThat(answer.get("problems")).hasSize(100);
    assertThat(answer.get("remaining")).hasSize(50);
    assertThat(answer.at("/remaining/0").asText()).isEqualTo("no-such-request-100");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '#',
      delimiter = ';',
      value = {
        "{}; ids",
        "{\"ids\": null}; ids",
        "{\"ids\": [1]}; ids",
        "{\"ids\": [\"a\"], \"status\": \"awaiting\"}; ids",
        "{\"stauts\": \"awaiting\", \"businessKey\": \"a\"}; stauts",
        "{\"status\": \"waiting\"}; status",
        "{\"status\": 1}; status",
        "{\"businessKey\": \"a\\u0000b\"}; businessKey",
        "{\"ids\": [\"a\"], \"dryRun\": \"yes\"}; dryRun",
      })
  void a_selection_that_is_not_certain_is_refused(String body, String field) {
    for (String action : List.of("cancel", "check", "remind", "documents")) {
      Response refused = post(action, body);

      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.wrongFields()).containsExactly(field);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"ids\": [\"a\"], \"ids\": [\"b\"]}",
        "{\"ids\": [\"a\"]} {}",
        "{\"ids\": [\"a\"]"
      })
  void a_body_that_is_not_one_json_object_is_refused(String body) {
    for (String action : List.of("cancel", "check", "remind", "documents")) {
      assertThat(post(action, body).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({"CLERK, 0", "INTEGRATOR, 0", "OPERATOR, 0", "READER, 403", "OUTSIDER, 404"})
  void a_caller_may_do_with_many_requests_what_they_may_do_with_each(String who, int status) {
    Login login =
        Map.of(
                "CLERK", Login.CLERK,
                "INTEGRATOR", Login.INTEGRATOR,
                "OPERATOR", Login.OPERATOR,
                "READER", Login.READER,
                "OUTSIDER", Login.OUTSIDER)
            .get(who);
    ApiClient caller = new ApiClient(port, login);
    String id = started(1);

    for (String action : List.of("remind", "check", "cancel")) {
      for (String dryRun : List.of("true", "false")) {
        JsonNode answer =
            caller
                .sendText(
                    PATH + action,
                    "application/json",
                    ids(Stream.of(id)) + ", \"dryRun\": %s}".formatted(dryRun))
                .json();

        assertThat(answer.at("/problems/0/status").asInt()).as("%s", answer).isEqualTo(status);
      }
    }
  }
}
