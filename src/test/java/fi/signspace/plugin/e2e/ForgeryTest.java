package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import fi.signspace.plugin.e2e.EngineEndpoint.Call;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Attempts to have an unsigned document reported as signed, or to act on requests of other users,
 * over HTTP at both URLs of the engine's REST API.
 */
@EndToEnd
class ForgeryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FORGED_DOCUMENT =
      """
      {"type": "File", "value": "%s", "valueInfo": {"filename": "lease.pdf", "mimeType": "application/pdf"}}\
      """
          .formatted(Base64.getEncoder().encodeToString("forged".getBytes(StandardCharsets.UTF_8)));
  private static final String RESULTS =
      """
      "signedDocument1": %s, "signingOutcome": {"type": "String", "value": "signed"},
      "signatures": {"type": "Json", "value": "[{\\"signedBy\\": \\"anna@example.com\\"}]"}\
      """
          .formatted(FORGED_DOCUMENT);

  @LocalServerPort private int port;

  private EngineRest engine;
  private ApiClient api;
  private SandboxControl sandbox;
  private String key;
  private List<JsonNode> untouched = List.of();

  @BeforeEach
  void start() {
    engine = new EngineRest(port);
    api = new ApiClient(port, Login.DEMO);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    key = "forgery-" + System.nanoTime();
  }

  private List<EngineEndpoint> endpoints(Login login) throws IOException {
    return List.of(EngineEndpoint.engineRest(port, login), EngineEndpoint.webApp(port, login));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"startInstructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"endEvent_signed\"}],",
        "\"startInstructions\": [{\"type\": \"startAfterActivity\", \"activityId\": \"serviceTask_downloadDocuments\"}],",
        "\"startInstructions\": [{\"type\": \"startTransition\", \"transitionId\": \"flow_documentsDownloaded\"}],",
        ""
      })
  void no_clerk_starts_a_request_as_signed(String instructions) throws IOException {
    String body =
        "{\"businessKey\": \"%s\", %s \"variables\": {%s}}".formatted(key, instructions, RESULTS);

    for (EngineEndpoint endpoint : endpoints(Login.CLERK)) {
      HttpResponse<String> response = endpoint.send(start(body));

      assertRefused(response);
      assertThat(response.body()).containsAnyOf("start instructions", "signedDocument1", "sign");
    }
    assertThat(api.getPath("/api/signing-requests?businessKey=" + key).json().get("total").asInt())
        .isZero();
  }

  @Test
  void no_clerk_starts_with_the_request_of_another_user() throws IOException {
    String victim = awaiting();

    for (EngineEndpoint endpoint : endpoints(Login.CLERK)) {
      HttpResponse<String> response =
          endpoint.send(
              start(
                  """
                  {"businessKey": "%s-forged", "variables": {
                    "title": {"type": "String", "value": "x"}, "document1": %s,
                    "participants": {"type": "Json", "value": "[]"},
                    "signingRequestId": {"type": "String", "value": "%s"}}}\
                  """
                      .formatted(key, FORGED_DOCUMENT, victim)));

      assertRefused(response);
      assertThat(response.body()).contains("signingRequestId", "signing-workers");
    }
    assertUntouched();
  }

  @ParameterizedTest
  @ValueSource(strings = {"serviceTask_cancelSigningRequest", "serviceTask_downloadDocuments"})
  void no_clerk_starts_before_a_step_with_ids_of_another_request(String step) throws IOException {
    String victim = awaiting();

    for (EngineEndpoint endpoint : endpoints(Login.CLERK)) {
      HttpResponse<String> response =
          endpoint.send(
              start(
                  """
                  {"businessKey": "%s-forged",
                   "startInstructions": [{"type": "startBeforeActivity", "activityId": "%s"}],
                   "variables": {"signingRequestId": {"type": "String", "value": "%s"},
                    "signedFileIds": {"type": "Json", "value": "[\\"%s\\"]"}}}\
                  """
                      .formatted(key, step, victim, victim)));

      assertRefused(response);
      assertThat(response.body()).contains("start instructions", "signing-admins");
    }
    assertUntouched();
  }

  @Test
  void no_clerk_writes_results_through_a_task_or_a_message() throws IOException {
    awaiting();
    String task = "/task/" + openTask();
    String results = "{\"variables\": {%s}}".formatted(RESULTS);
    String instance = instance();

    for (Login login : List.of(Login.CLERK, Login.INTEGRATOR)) {
      EngineEndpoint endpoint = EngineEndpoint.engineRest(port, login);
      List<Call> calls =
          List.of(
              Call.of("PUT", task + "/variables/signedDocument7", FORGED_DOCUMENT),
              Call.of("PUT", task + "/localVariables/signedDocument7", FORGED_DOCUMENT),
              Call.of("POST", task + "/variables", "{\"modifications\": {%s}}".formatted(RESULTS)),
              new Call(
                  "POST",
                  task + "/variables/signedDocument7/data",
                  "--x\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.pdf\"\r\n\r\nforged\r\n--x\r\nContent-Disposition: form-data; name=\"valueType\"\r\n\r\nFile\r\n--x--\r\n",
                  "multipart/form-data; boundary=x"),
              Call.of("POST", task + "/complete", results),
              Call.of("POST", task + "/submit-form", results),
              Call.of("POST", task + "/resolve", results),
              Call.of(
                  "POST",
                  task + "/bpmnError",
                  "{\"errorCode\": \"x\", \"variables\": {%s}}".formatted(RESULTS)),
              Call.of(
                  "POST",
                  task + "/bpmnEscalation",
                  "{\"escalationCode\": \"x\", \"variables\": {%s}}".formatted(RESULTS)),
              Call.of(
                  "PUT",
                  "/process-instance/" + instance + "/variables/signedDocument7",
                  FORGED_DOCUMENT),
              Call.of("DELETE", "/process-instance/" + instance + "/variables/signingPhase", ""),
              Call.of(
                  "POST",
                  "/process-instance/" + instance + "/variables",
                  "{\"modifications\": {%s}}".formatted(RESULTS)),
              Call.of(
                  "PUT",
                  "/execution/" + instance + "/localVariables/signingPhase",
                  "{\"value\": \"signed\"}"),
              Call.of(
                  "POST",
                  "/message",
                  "{\"messageName\": \"checkStatus\", \"processInstanceId\": \"%s\", \"processVariables\": {%s}}"
                      .formatted(instance, RESULTS)),
              Call.of(
                  "POST",
                  "/message",
                  "{\"messageName\": \"checkStatus\", \"businessKey\": \"%s\", \"processVariablesLocal\": {%s}}"
                      .formatted(key, RESULTS)),
              Call.of(
                  "POST",
                  "/message",
                  "{\"messageName\": \"checkStatus\", \"businessKey\": \"%s\", \"all\": true}"
                      .formatted(key)));
      for (Call call : calls) {
        assertRefused(endpoint.send(call));
      }
    }
    EngineEndpoint webApp = EngineEndpoint.webApp(port, Login.CLERK);
    assertRefused(webApp.send(Call.of("POST", task + "/complete", results)));
    assertRefused(webApp.send(Call.of("POST", task + "/submit-form", results)));
    assertRefused(
        webApp.send(Call.of("PUT", task + "/localVariables/signedDocument7", FORGED_DOCUMENT)));

    JsonNode request = api.get(instance).json();
    assertThat(request.get("status").asText()).isEqualTo("awaiting");
    assertThat(request.get("signedDocuments")).isEmpty();
  }

  @Test
  void no_clerk_restarts_an_ended_instance() throws IOException {
    String request = awaiting();
    sandbox.sign(request, "anna@example.com");
    api.act(instance(), "check");
    await().atMost(PATIENCE).until(() -> engine.endOf(instance()).isPresent());
    String ended = instance();
    String definition =
        engine.get("/history/process-instance/" + ended).get("processDefinitionId").asText();
    String body =
        """
        {"processInstanceIds": ["%s"], "initialVariables": false,
         "instructions": [{"type": "startBeforeActivity", "activityId": "endEvent_signed"}]}\
        """
            .formatted(ended);

    for (Login login : List.of(Login.CLERK, Login.INTEGRATOR)) {
      EngineEndpoint endpoint = EngineEndpoint.engineRest(port, login);
      HttpResponse<String> response =
          endpoint.send(Call.of("POST", "/process-definition/" + definition + "/restart", body));

      assertRefused(response);
      assertThat(response.body()).contains("restart", "signing-admins");
      assertRefused(
          endpoint.send(
              Call.of("POST", "/process-definition/" + definition + "/restart-async", body)));
    }
    assertThat(engine.get("/history/process-instance?processInstanceBusinessKey=" + key))
        .hasSize(1);
  }

  @Test
  void only_the_api_writes_the_marker_of_an_idempotency_key() throws IOException {
    for (EngineEndpoint endpoint : endpoints(Login.CLERK)) {
      HttpResponse<String> response =
          endpoint.send(
              start(
                  """
                  {"businessKey": "%s", "variables": {
                    "idempotencyKey_bae9f67f53ac2ab0a587ff15c4c29d54": {"type": "String", "value": "x"}}}\
                  """
                      .formatted(key)));

      assertRefused(response);
      assertThat(response.body()).contains("idempotencyKey_");
    }
  }

  @Test
  void an_acting_handle_that_is_not_configured_is_rejected() {
    Response refused =
        new ApiClient(port, Login.CLERK)
            .start(
                new Form()
                    .json(
                        """
                        {"title": "x", "actingHandle": "boss@example.com",
                         "participants": [{"handle": "anna@example.com", "role": "signer"}]}\
                        """)
                    .document("a.pdf", Pdfs.withText("A")));
    var variables = RunningCase.request(key);
    EngineRest.putString(variables, "actingHandle", "boss@example.com");
    String instance = new EngineRest(port, Login.CLERK).start(key, variables);

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.wrongFields()).containsExactly("actingHandle");
    await()
        .atMost(PATIENCE)
        .until(() -> engine.userTasks(instance).contains("userTask_correctRequest"));
    assertThat((String) engine.variablesOf(instance).get("problem"))
        .contains("boss@example.com", "robot@sandbox.example");
    assertThat(sandbox.requests(key)).isEmpty();
  }

  @Test
  void a_row_with_strange_values_breaks_no_list() {
    String instance = awaitingAnother();
    EngineEndpoint admin = EngineEndpoint.engineRest(port, Login.DEMO);
    for (Call call :
        List.of(
            Call.of(
                "PUT",
                "/process-instance/" + instance + "/variables/signatures",
                "{\"type\": \"Json\", \"value\": \"[{\\\"signedBy\\\": \\\"x\\\", \\\"status\\\": \\\"forged\\\"}]\"}"),
            Call.of(
                "PUT",
                "/process-instance/" + instance + "/variables/title",
                "{\"type\": \"Object\", \"value\": \"[]\", \"valueInfo\": {\"objectTypeName\": \"java.util.ArrayList\", \"serializationDataFormat\": \"application/json\"}}"),
            Call.of(
                "PUT",
                "/process-instance/" + instance + "/variables/signingStatus",
                "{\"type\": \"Json\", \"value\": \"{}\"}"))) {
      assertThat(admin.send(call).statusCode()).as(call.path()).isEqualTo(204);
    }

    Response list = api.getPath("/api/signing-requests?businessKey=" + key);
    Response one = api.get(instance);

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().get("total").asInt()).isEqualTo(1);
    assertThat(one.text()).doesNotContain("forged");
    assertThat(one.json().has("signatures")).as("as a worker has sealed them").isFalse();
    assertThat(one.json().get("signingStatus").asText()).isEqualTo("open");
    assertThat(one.json().get("title").asText()).as("as it was sent").isEqualTo(key);
  }

  private void assertRefused(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(403);
    assertThat(response.body()).contains("AuthorizationException");
  }

  /** Starts a request that waits for Anna; returns its id in SignSpace. */
  private String awaiting() {
    String instance = awaitingAnother();
    untouched = sandbox.requests(key);
    return api.get(instance).json().get("signingRequestId").asText();
  }

  private String awaitingAnother() {
    var variables = EngineRest.variables();
    EngineRest.putString(variables, "title", key);
    EngineRest.putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    EngineRest.putJson(
        variables, "participants", "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]");
    String instance = engine.start(key, variables);
    await()
        .atMost(PATIENCE)
        .until(() -> engine.userTasks(instance).contains("userTask_manageSigning"));
    return instance;
  }

  private String instance() {
    return engine
        .get("/history/process-instance?processInstanceBusinessKey=" + key)
        .get(0)
        .get("id")
        .asText();
  }

  private String openTask() {
    return engine.get("/task?processInstanceBusinessKey=" + key).get(0).get("id").asText();
  }

  private void assertUntouched() {
    assertThat(sandbox.requests(key)).isEqualTo(untouched);
    assertThat(api.get(instance()).json().get("status").asText()).isEqualTo("awaiting");
    assertThat(
            api.getPath("/api/signing-requests?businessKey=" + key + "-forged")
                .json()
                .get("total")
                .asInt())
        .isZero();
  }

  private static Call start(String body) {
    return Call.of("POST", "/process-definition/key/signing-request/start", body);
  }
}
