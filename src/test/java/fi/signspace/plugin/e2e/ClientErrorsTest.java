package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.e2e.EngineEndpoint.Call;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ProcessEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Forbidden and invalid calls get 4xx responses, never 5xx. */
@EndToEnd
class ClientErrorsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The operations of workers on an external task. */
  private static final Set<String> OF_WORKERS =
      Set.of("lock of a step", "unlock of a step", "retries", "priority");

  @LocalServerPort private int port;
  @Autowired private ProcessEngine processEngine;
  @Autowired private PlatformTransactionManager transactions;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  private final HttpClient http = HttpClient.newHttpClient();

  private EngineRest engine;
  private String key;

  @BeforeEach
  void start() {
    engine = new EngineRest(port);
    new SandboxControl(port).reset();
    key = "refusal-" + System.nanoTime();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"value\": 5, \"type\": \"Integer\"}",
        "{\"value\": 5}",
        "{\"value\": true, \"type\": \"Boolean\"}",
        "{\"value\": null}",
        "{\"value\": null, \"type\": \"String\"}",
        "{\"value\": \"{}\", \"type\": \"Json\"}",
        "{\"value\": \"[]\", \"type\": \"Object\", \"valueInfo\": {\"objectTypeName\": \"java.util.ArrayList\", \"serializationDataFormat\": \"application/json\"}}"
      })
  void a_decision_that_is_not_text_is_a_client_error(String decision) throws IOException {
    String task = "/task/" + awaiting();
    String body = "{\"variables\": {\"decision\": %s}}".formatted(decision);

    for (EngineEndpoint endpoint :
        List.of(
            EngineEndpoint.engineRest(port, Login.CLERK),
            EngineEndpoint.webApp(port, Login.CLERK),
            EngineEndpoint.engineRest(port, Login.OPERATOR))) {
      for (String path : List.of("/complete", "/submit-form")) {
        HttpResponse<String> response = endpoint.send(Call.of("POST", task + path, body));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("decision").contains("String");
      }
    }
    assertThat(engine.userTasks(instance())).contains("userTask_manageSigning");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/complete", "/submit-form"})
  void a_decision_on_a_task_that_is_gone_is_a_client_error(String path) throws IOException {
    String task = awaiting();
    EngineEndpoint clerk = EngineEndpoint.engineRest(port, Login.CLERK);
    Call check =
        Call.of(
            "POST",
            "/task/" + task + path,
            "{\"variables\": {\"decision\": {\"value\": \"checkStatus\"}}}");
    assertThat(clerk.send(check).statusCode()).isLessThan(300);

    HttpResponse<String> second = clerk.send(check);

    assertThat(second.statusCode()).as(second.body()).isIn(403, 404);
  }

  @Test
  void a_claim_of_a_task_that_someone_else_has_claimed_is_a_conflict() throws IOException {
    String claim = "/task/" + awaiting() + "/claim";
    EngineEndpoint demo = EngineEndpoint.engineRest(port, Login.DEMO);
    EngineEndpoint clerk = EngineEndpoint.engineRest(port, Login.CLERK);
    assertThat(demo.send(Call.of("POST", claim, "{\"userId\": \"demo\"}")).statusCode())
        .isEqualTo(204);

    HttpResponse<String> second =
        clerk.send(Call.of("POST", claim, "{\"userId\": \"%s\"}".formatted(Login.CLERK.user())));

    assertThat(second.statusCode()).as(second.body()).isEqualTo(409);
    assertThat(second.body()).contains("already claimed");
  }

  @Test
  void every_method_of_the_api_rejects_a_query_parameter_that_it_does_not_have() throws Exception {
    int methods = 0;
    for (RequestMappingInfo mapping : mappings.getHandlerMethods().keySet()) {
      String path = mapping.getPatternValues().iterator().next();
      if (!path.startsWith("/api/signing-requests") && !path.startsWith("/api/bulk")) {
        continue;
      }
      String method = mapping.getMethodsCondition().getMethods().iterator().next().name();
      HttpRequest.Builder call =
          Login.DEMO
              .applyTo(HttpRequest.newBuilder(url(path.replaceAll("[{].*?[}]", "1") + "?dryrun=1")))
              .method(method, BodyPublishers.noBody());
      mapping.getConsumesCondition().getConsumableMediaTypes().stream()
          .findFirst()
          .ifPresent(type -> call.header("Content-Type", type + "; boundary=x"));

      HttpResponse<String> response = http.send(call.build(), BodyHandlers.ofString());

      assertThat(response.statusCode()).as(method + path + response.body()).isEqualTo(422);
      assertThat(response.body()).as(method + path).contains("dryrun");
      methods++;
    }
    assertThat(methods).isGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1x", "-", "1, 2", "99999999999999999999", "0x10"})
  void a_malformed_content_length_is_a_client_error(String length) throws IOException {
    for (String path : List.of("/engine-rest/task", "/api/signing-requests", "/camunda/app/")) {
      try (Socket client = new Socket("localhost", port)) {
        client
            .getOutputStream()
            .write(
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %s\r\n\r\n"
                    .formatted(path, length)
                    .getBytes(StandardCharsets.US_ASCII));
        String status =
            new String(client.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        assertThat(status).as(path).isEqualTo("HTTP/1.1 400");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"variables\": {\"title\": 5}}|variables.title has another type, line 1, column",
        "{\"variables\": []}|variables has another type, line 1, column",
        "{\"variables\": {|cannot be read in variables, line 1, column",
        "{\"variables\": {\"131052-308T\": 5}}|has another type, line 1, column",
        "[]|cannot be read, line 1, column",
      })
  void json_that_cannot_be_read_is_a_client_error_that_names_the_place(String body, String place)
      throws IOException {
    for (EngineEndpoint endpoint :
        List.of(
            EngineEndpoint.engineRest(port, Login.INTEGRATOR),
            EngineEndpoint.webApp(port, Login.CLERK))) {
      HttpResponse<String> response =
          endpoint.send(Call.of("POST", "/process-definition/key/signing-request/start", body));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(response.body()).contains(place).doesNotContain("131052-308T");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/task",
        "/task/count",
        "/process-instance",
        "/process-instance/delete",
        "/history/process-instance",
        "/history/task/count",
        "/external-task/count",
        "/message",
        "/modification/execute",
        "/process-definition/key/signing-request/start"
      })
  void a_body_that_is_null_is_a_client_error(String path) throws IOException {
    for (EngineEndpoint endpoint :
        List.of(
            EngineEndpoint.engineRest(port, Login.OPERATOR),
            EngineEndpoint.webApp(port, Login.OPERATOR))) {
      HttpResponse<String> response = endpoint.send(Call.of("POST", path, "null"));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(response.body()).contains("The body is null; send a JSON object");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST|/process-definition/key/signing-request/start|{\"variables\": {\"title\": null}}|400",
        "POST|/process-definition/key/signing-request/start|{\"startInstructions\": [null]}|400",
        "POST|/process-definition/key/signing-request/start|{\"variables\": {\"x\": {\"value\": {}, \"type\": \"Object\"}}}|400",
        "POST|/process-definition/key/signing-request/start|{\"variables\": {\"x\": {\"value\": \"<a\", \"type\": \"Xml\"}}}|400",
        "POST|/message|{\"messageName\": \"x\", \"correlationKeys\": {\"a\": null}}|400",
        "POST|/task|{\"sorting\": [null]}|400",
        "POST|/task|{\"orQueries\": [null]}|400",
        "POST|/task|{\"taskVariables\": [null]}|400",
        "POST|/task|{\"candidateGroups\": []}|400",
        "POST|/task|{\"taskVariables\": [{\"name\": \"a\", \"operator\": \"eq\", \"value\": {}}]}|400",
        "POST|/history/process-instance|{\"variables\": [{}]}|400",
        "POST|/history/process-instance|{\"activeActivityIdIn\": [null]}|400",
        "POST|/process-instance|{\"processInstanceIds\": []}|400",
        "POST|/group/create|{}|400",
        "POST|/external-task/fetchAndLock|{\"maxTasks\": 1, \"topics\": [null], \"workerId\": \"w\"}|400",
        "POST|/task/create|{\"name\": \"%s\"}|400",
        "GET|/task/unknown/variables||404",
      })
  void a_body_that_the_engine_does_not_expect_is_a_client_error(
      String method, String path, @Nullable String body, int status) throws IOException {
    String json = body == null ? "" : body.replace("%s", "x".repeat(5000));

    HttpResponse<String> response =
        EngineEndpoint.engineRest(port, Login.DEMO).send(Call.of(method, path, json));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body()).contains("message").doesNotContain("because");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/message|{\"messageName\": \"x\", \"processVariables\": {\"a\": {\"type\": \"%s\", \"value\": \"a\"}}}",
        "/message|{\"messageName\": \"x\", \"tenantId\": \"%s\"}",
        "/message|{\"messageName\": \"x\", \"correlationKeys\": {\"a\": {\"type\": \"Long\", \"value\": \"%s\"}}}",
        "/process-definition/key/signing-request/start|{\"variables\": {\"a\": {\"type\": \"%s\", \"value\": 1}}}",
        "/process-definition/key/signing-request/start|{\"variables\": {\"dueDate\": {\"type\": \"Date\", \"value\": \"%s\"}}}",
        "/process-definition/key/signing-request/start|{\"variables\": {\"a\": {\"value\": \"%s\", \"type\": \"integer\"}}}",
      })
  void a_long_text_where_none_is_expected_is_refused_and_not_repeated(String path, String body)
      throws IOException {
    String json = body.replace("%s", "x".repeat(200_000));

    for (EngineEndpoint endpoint :
        List.of(
            EngineEndpoint.engineRest(port, Login.DEMO), EngineEndpoint.webApp(port, Login.DEMO))) {
      HttpResponse<String> response = endpoint.send(Call.of("POST", path, json));

      assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
      assertThat(response.body())
          .contains("has 200000 characters; shorten it to ")
          .hasSizeLessThan(500);
    }
  }

  @Test
  void too_many_variables_are_refused() throws IOException {
    String variables =
        IntStream.rangeClosed(1, 10_001)
            .mapToObj("\"v%s\": {\"value\": 1}"::formatted)
            .collect(Collectors.joining(", "));

    HttpResponse<String> response =
        EngineEndpoint.engineRest(port, Login.DEMO)
            .send(
                Call.of(
                    "POST",
                    "/process-definition/key/signing-request/start",
                    "{\"variables\": {%s}}".formatted(variables)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("variables.v10001 is one variable too many");
  }

  private URI url(String path) {
    return URI.create("http://localhost:%s%s".formatted(port, path));
  }

  @Test
  void rejected_calls_are_client_errors() throws IOException {
    String task = awaiting();
    String instance = instance();
    String execution =
        engine
            .get(
                "/execution?processInstanceId="
                    + instance
                    + "&messageEventSubscriptionName=checkStatus")
            .path(0)
            .path("id")
            .asText();
    String external = externalTask(instance);
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put(
        "signal to an execution",
        Call.of(
            "POST",
            "/signal",
            "{\"name\": \"nothing\", \"executionId\": \"%s\"}".formatted(execution)));
    calls.put(
        "condition", Call.of("POST", "/condition", "{\"variables\": {\"x\": {\"value\": 1}}}"));
    calls.put(
        "condition of our process",
        Call.of(
            "POST",
            "/condition",
            "{\"variables\": {\"x\": {\"value\": 1}}, \"processDefinitionId\": \"%s\"}"
                .formatted(definition())));
    calls.put(
        "error of a task",
        Call.of("POST", "/task/" + task + "/bpmnError", "{\"errorCode\": \"x\"}"));
    calls.put(
        "escalation of a task",
        Call.of("POST", "/task/" + task + "/bpmnEscalation", "{\"escalationCode\": \"x\"}"));
    for (String step :
        List.of("bpmnError", "failure", "complete", "lock", "extendLock", "unlock")) {
      calls.put(
          step + " of a step",
          Call.of(
              "POST",
              "/external-task/" + external + "/" + step,
              "{\"workerId\": \"w\", \"errorCode\": \"x\", \"lockDuration\": 1, \"newDuration\": 1, \"retries\": 0}"));
    }
    calls.put(
        "retries", Call.of("PUT", "/external-task/" + external + "/retries", "{\"retries\": 0}"));
    calls.put(
        "priority",
        Call.of("PUT", "/external-task/" + external + "/priority", "{\"priority\": 0}"));
    calls.put(
        "message without a receiver",
        Call.of(
            "POST",
            "/message",
            "{\"messageName\": \"reopenSigning\", \"processInstanceId\": \"%s\"}"
                .formatted(instance)));
    calls.put(
        "message to an execution",
        Call.of("POST", "/execution/" + execution + "/messageSubscriptions/nothing/trigger", "{}"));
    calls.put(
        "trigger of an instance", Call.of("POST", "/execution/" + instance + "/signal", "{}"));
    calls.put("trigger", Call.of("POST", "/execution/" + execution + "/signal", "{}"));
    calls.put(
        "incident",
        Call.of(
            "POST", "/execution/" + execution + "/create-incident", "{\"incidentType\": \"x\"}"));
    calls.put("webhook", Call.of("POST", "/process-definition/key/signing-webhook/start", "{}"));
    calls.put("sweep", Call.of("POST", "/process-definition/key/signing-status-sweep/start", "{}"));

    List<String> wrong = new ArrayList<>();
    endpoints()
        .forEach(
            (who, endpoint) ->
                calls.forEach(
                    (words, call) -> {
                      HttpResponse<String> response = endpoint.send(call);
                      boolean isTheirs =
                          who.equals(Login.WORKER.user()) && OF_WORKERS.contains(words);
                      if (!isTheirs && !List.of(400, 403, 404).contains(response.statusCode())) {
                        wrong.add(
                            "%s by %s: HTTP %d %s"
                                .formatted(words, who, response.statusCode(), response.body()));
                      }
                    }));

    assertThat(wrong).isEmpty();
  }

  private Map<String, EngineEndpoint> endpoints() throws IOException {
    Map<String, EngineEndpoint> endpoints = new LinkedHashMap<>();
    for (Login login :
        List.of(Login.CLERK, Login.INTEGRATOR, Login.WORKER, Login.READER, Login.OUTSIDER)) {
      endpoints.put(login.user(), EngineEndpoint.engineRest(port, login));
    }
    for (Login login : List.of(Login.CLERK, Login.READER)) {
      endpoints.put(login.user() + " in a web app", EngineEndpoint.webApp(port, login));
    }
    return endpoints;
  }

  @Test
  void an_integrator_starts_by_key_with_the_documented_permissions() {
    String instance = new EngineRest(port, Login.INTEGRATOR).start(key, RunningCase.request(key));

    assertThat(engine.get("/history/process-instance/" + instance).path("businessKey").asText())
        .isEqualTo(key);
  }

  /** The task of a request that waits for Anna. */
  private String awaiting() {
    String instance = engine.start(key, RunningCase.request(key));
    await()
        .atMost(PATIENCE)
        .until(() -> engine.userTasks(instance).contains("userTask_manageSigning"));
    return engine.get("/task?processInstanceBusinessKey=" + key).path(0).path("id").asText();
  }

  private String instance() {
    return engine
        .get("/history/process-instance?processInstanceBusinessKey=" + key)
        .path(0)
        .path("id")
        .asText();
  }

  private String definition() {
    return engine.get("/process-definition/key/signing-request").path("id").asText();
  }

  /** An external task that no worker fetches, because it has no retries left. */
  private String externalTask(String instance) {
    return new TransactionTemplate(transactions)
        .execute(
            status -> {
              String activity = "serviceTask_cancelSigningRequest";
              processEngine
                  .getRuntimeService()
                  .createProcessInstanceModification(instance)
                  .startBeforeActivity(activity)
                  .execute();
              ExternalTaskService steps = processEngine.getExternalTaskService();
              String id =
                  steps
                      .createExternalTaskQuery()
                      .processInstanceId(instance)
                      .activityId(activity)
                      .singleResult()
                      .getId();
              steps.setRetries(id, 0);
              return id;
            });
  }
}
