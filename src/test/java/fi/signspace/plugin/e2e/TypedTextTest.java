package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import fi.signspace.plugin.signing.text.TextExamples;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** User input at every entry point of a running application. */
@EndToEnd
class TypedTextTest {

  private static final byte[] LEASE = Pdfs.withText("Lease");
  private static final String SIGNERS =
      "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]";

  @LocalServerPort private int port;

  private EngineRest engine;
  private ApiClient api;
  private String key;

  @BeforeEach
  void connect() {
    engine = new EngineRest(port);
    api = new ApiClient(port, Login.DEMO);
    key = "text-" + System.nanoTime();
  }

  static Stream<Arguments> refusedValues() {
    return Stream.of(
        Arguments.of("title", "a\u0000b", "contains the character U+0000"),
        Arguments.of("title", "a\ud83db", "half a character, U+D83D"),
        Arguments.of("title", "x".repeat(4001), "4001 characters"),
        Arguments.of("title", "Lease of 131052 308T", "identity code"),
        Arguments.of("description", "x".repeat(4001), "4001 characters"),
        Arguments.of("description", "131052\u2013308T", "identity code"),
        Arguments.of("actingHandle", "x".repeat(4001), "4001 characters"),
        Arguments.of("statusCheckInterval", "x".repeat(4001), "4001 characters"));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("refusedValues")
  void text_that_cannot_be_stored_is_rejected_by_name(String field, String value, String problem) {
    ObjectNode variables = start();
    putString(variables, field, value);

    Response response = api.start(form(Map.of(field, value)));

    assertThat(response.status()).as(response.text()).isEqualTo(422);
    assertThat(response.wrongFields()).containsExactly(field);
    assertThat(response.text()).doesNotContain("308T");
    expectRefused(() -> engine.start(key, variables), field, problem);
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {"k\u0000", "k\ud83d", "131052_308T", "le\u200base", " \u2060"})
  void an_invalid_business_key_is_rejected(String businessKey) {
    Response response = api.start(form(Map.of("businessKey", businessKey)));

    assertThat(response.wrongFields()).containsExactly("businessKey");
    assertThat(response.text()).doesNotContain("308T");
    expectRefused(() -> engine.start(businessKey, start()), "businessKey", "The business key");
    expectRefused(() -> engine.start("k".repeat(256), start()), "businessKey", "1 to 255");
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(strings = {"a\u0000.pdf", "a\r\nb.pdf", "131052:308T.pdf", "le\u202ease.pdf"})
  void an_invalid_file_name_is_rejected(String name) {
    ObjectNode variables = start();
    putFile(variables, "document1", name, LEASE);
    ObjectNode tooLong = start();
    putFile(tooLong, "document1", "x".repeat(256), LEASE);

    expectRefused(() -> engine.start(key, variables), "document1", "has a name that contains");
    expectRefused(() -> engine.start(key, tooLong), "document1", "shorten it to 255");
  }

  static Stream<Arguments> refusedParts() {
    String pdf = "application/pdf";
    return Stream.of(
        Arguments.of("x".repeat(4001), pdf, "shorten each to 255"),
        Arguments.of("x".repeat(20_000), pdf, "shorten each to 255"),
        Arguments.of("a\u0000.pdf", pdf, "U+0000; rename the file"),
        Arguments.of("a.pdf", "application/" + "x".repeat(5000), "shorten each to 255"));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("refusedParts")
  void a_part_that_the_server_cannot_read_is_named(String name, String mediaType, String problem) {
    Response response =
        api.start(new Form().json(request(Map.of())).document(name, mediaType, LEASE));

    assertThat(response.status()).as(response.text()).isEqualTo(422);
    assertThat(response.wrongFields()).containsExactly("documents");
    assertThat(response.text()).contains(problem);
  }

  @Test
  void deeply_nested_participants_can_be_corrected() {
    ObjectNode variables = start();
    putJson(variables, "participants", "[".repeat(900) + "]".repeat(900));

    String instance = engine.start(key, variables);

    String task = awaitTask(instance, "userTask_correctRequest");
    assertThat(engine.get("/task/" + task + "/form-variables").at("/problem/value").asText())
        .contains("articipant");
  }

  @Test
  void metadata_that_is_nested_too_deeply_is_rejected() {
    String deep = "[".repeat(700) + "]".repeat(700);
    Response response =
        api.start(
            new Form()
                .json(
                    request(Map.of("metadataTemplate", "t"))
                        .replaceFirst("}$", ", \"metadata\": {\"sum\": %s}}".formatted(deep)))
                .document("lease.pdf", LEASE));

    assertThat(response.wrongFields()).containsExactly("metadata.sum");
    assertThat(response.text()).contains("nested in more than 100 levels");
  }

  @Test
  void metadata_that_is_no_number_is_rejected() {
    Response response =
        api.start(
            new Form()
                .json(
                    request(Map.of("metadataTemplate", "t"))
                        .replaceFirst("}$", ", \"metadata\": {\"sum\": 1e400}}"))
                .document("lease.pdf", LEASE));

    assertThat(response.wrongFields()).containsExactly("metadata.sum");
  }

  @Test
  void participants_that_exceed_a_string_variable_are_rejected_with_advice() {
    ObjectNode variables = start();
    putString(variables, "participants", SIGNERS.repeat(100));

    expectRefused(() -> engine.start(key, variables), "participants", "type Json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"handle\":\"a@b.fi\",\"role\":\"signer\"},]",
        "[{'handle':'a@b.fi','role':'signer'}]",
        "[{\"handle\":\"a@b.fi\",\"ro",
        "\ufeff[{\"handle\":\"a@b.fi\",\"role\":\"signer\"}]",
        "[{\"handle\":\"a@b.fi\",\"handle\":\"c@d.fi\",\"role\":\"signer\"}]",
        "[{\"handle\":\"a@b.fi\",\"role\":\"signer\"}] []"
      })
  void broken_participants_can_be_seen_and_corrected(String participants) {
    ObjectNode variables = start();
    putJson(variables, "participants", participants);

    String instance = engine.start(key, variables);

    String task = awaitTask(instance, "userTask_correctRequest");
    assertThat(engine.get("/task/" + task + "/form-variables").at("/problem/value").asText())
        .containsPattern("participants is not valid JSON: .+ at line 1, column \\d+");
    assertThat(engine.get("/task/" + task + "/variables").at("/title/value").asText())
        .isEqualTo("Lease");
    ObjectNode corrected = EngineRest.variables();
    putJson(corrected, "participants", SIGNERS);
    engine.decide(instance, "userTask_correctRequest", "retry", corrected);
    awaitTask(instance, "userTask_manageSigning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data:application/pdf;base64,QUJD", "-_-_", "not base64"})
  void a_document_that_is_not_base64_is_rejected(String content) {
    ObjectNode variables = start();
    variables.withObject("/document1").put("value", content);

    expectRefused(() -> engine.start(key, variables), "lease.pdf", "is not Base64");
  }

  @Test
  void a_value_that_the_engine_cannot_convert_is_not_quoted() {
    ObjectNode variables = start();
    variables.putObject("title").put("type", "Date").put("value", "131052-308T");

    expectRefused(() -> engine.start(key, variables), "Cannot convert", "***");
  }

  @Test
  void a_hundred_documents_are_the_limit_at_every_entrance() {
    Form form = new Form().json(request(Map.of()));
    IntStream.rangeClosed(1, 101).forEach(i -> form.document(i + ".pdf", LEASE));
    Form more = new Form().json(request(Map.of()));
    IntStream.rangeClosed(1, 130).forEach(i -> more.document(i + ".pdf", LEASE));
    ObjectNode variables = start();
    IntStream.rangeClosed(1, 101)
        .forEach(i -> putFile(variables, "document" + i, i + ".pdf", LEASE));

    String instance = engine.start(key, variables);

    for (Response response : List.of(api.start(form), api.start(more))) {
      assertThat(response.status()).as(response.text()).isEqualTo(413);
      assertThat(response.text()).contains("at most 100 documents");
    }
    String task = awaitTask(instance, "userTask_correctRequest");
    assertThat(
            engine
                .get("/task/" + task + "/variables/problem?deserializeValue=false")
                .get("value")
                .asText())
        .contains("at most 100 documents");
  }

  @Test
  void a_search_text_is_literal() {
    List<String> keys = Stream.of("_x", "ax", "%x", "\\x").map(end -> key + end).toList();
    keys.forEach(each -> engine.start(each, start()));

    for (String each : keys) {
      JsonNode found = api.getPath("/api/signing-requests?businessKey=" + encoded(each)).json();
      assertThat(found.get("total").asInt()).as(each).isEqualTo(1);
    }
    assertThat(api.getPath("/api/signing-requests?businessKey=a%00").wrongFields())
        .containsExactly("businessKey");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private void expectRefused(Runnable call, String field, String problem) {
    assertThatThrownBy(call::run)
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining(field)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("308T");
  }

  private static ObjectNode start() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", "Lease");
    putJson(variables, "participants", SIGNERS);
    putFile(variables, "document1", "lease.pdf", LEASE);
    return variables;
  }

  private static Form form(Map<String, String> changes) {
    return new Form().json(request(changes)).document("lease.pdf", LEASE);
  }

  private static String request(Map<String, String> changes) {
    Map<String, Object> request = new HashMap<>();
    request.put("title", "Lease");
    request.put("participants", List.of(Map.of("handle", "anna@example.com", "role", "signer")));
    request.putAll(changes);
    return TextExamples.json(request);
  }

  private String awaitTask(String instance, String userTask) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () ->
                engine.get(
                    "/task?processInstanceId=%s&taskDefinitionKey=%s"
                        .formatted(instance, userTask)),
            tasks -> !tasks.isEmpty())
        .get(0)
        .get("id")
        .asText();
  }
}
