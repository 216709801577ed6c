package fi.signspace.plugin.e2e;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import fi.signspace.plugin.testkit.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No identity code is in the database including history, in any file, or in the metrics, for every
 * input path and every failure. SignSpace is a mock server that can quote the code in responses.
 */
class IdentityCodesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CREATE = "/api/v1/tasks.signingRequest.create";
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Path KEY = Path.of("src", "test", "resources", "keys", "identity-codes.pem");

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @RegisterExtension
  static final WireMockExtension SIGN_SPACE = WireMockExtension.newInstance().build();

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private static Node application;
  private static Traces traces;

  private final EngineRest engine = new EngineRest(application.port());
  private final String key = "nin-" + System.nanoTime();

  @BeforeAll
  static void start() {
    String database = "jdbc:h2:file:%s;AUTO_SERVER=TRUE".formatted(folder.resolve("engine"));
    application =
        new Node(
                "identity-codes",
                Map.ofEntries(
                    Map.entry("SPRING_DATASOURCE_URL", database),
                    Map.entry("CAMUNDA_BPM_ADMINUSER_ID", "demo"),
                    Map.entry("CAMUNDA_BPM_ADMINUSER_PASSWORD", "demo"),
                    Map.entry("SIGNSPACE_API_URL", SIGN_SPACE.baseUrl() + "/api/v1"),
                    Map.entry("SIGNSPACE_TOKEN_URL", SIGN_SPACE.baseUrl() + "/auth/token"),
                    Map.entry("SIGNSPACE_CLIENT_ID", "client"),
                    Map.entry("SIGNSPACE_CLIENT_SECRET", "a secret of the test"),
                    Map.entry("SIGNSPACE_ACTING_HANDLE", "robot@example.com"),
                    Map.entry("SIGNSPACE_ENCRYPTION_KEYS", "file:" + KEY.toAbsolutePath()),
                    Map.entry("SIGNSPACE_CONNECT_TIMEOUT", "1s"),
                    Map.entry("SIGNSPACE_READ_TIMEOUT", "5s"),
                    Map.entry("SIGNSPACE_WORKER_LONG_POLLING", "1s"),
                    Map.entry("SIGNSPACE_WORKER_SETTLE_TIME", "1s"),
                    Map.entry("SIGNSPACE_WORKER_RETRY_LONGEST_WAIT", "3s"),
                    Map.entry("SIGNSPACE_STATUS_CHECK_FIRST_WAIT", "1h"),
                    Map.entry("LOGGING_LEVEL_FI_SIGNSPACE", "trace"),
                    Map.entry("MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "*")))
            .withAllFilesIn(folder);
    application.start();
    application.awaitReady();
    traces = new Traces(database, folder, application.port());
  }

  @AfterAll
  static void stop() {
    application.kill();
  }

  @BeforeEach
  void signSpaceTakesEverything() {
    SIGN_SPACE.stubFor(
        post("/auth/token").willReturn(okJson("{\"access_token\":\"t\",\"expires_in\":3600}")));
    SIGN_SPACE.stubFor(
        post("/api/v1/files.create").willReturn(okJson("{\"_id\":\"file-" + key + "\"}")));
    SIGN_SPACE.stubFor(WireMock.get(urlPathEqualTo("/api/v1/tasks.list")).willReturn(okJson("[]")));
    SIGN_SPACE.stubFor(post(CREATE).willReturn(created()));
  }

  @Test
  void a_code_typed_into_the_form_leaves_the_browser_encrypted() throws Exception {
    String nin = "131052-308T";
    TasklistPage tasklist = new TasklistPage(BROWSER, application.port());
    tasklist.open();
    FormPage form = tasklist.startDialog();
    form.type("title", key);
    form.choose(Files.write(folder.resolve("lease.pdf"), Pdfs.withText("Lease")));
    form.press("[name=useNin]");
    form.type("handle", "anna@example.com");
    form.type("nin", "131052-308t");
    form.press("summary");
    form.type("businessKey", key);
    tasklist.pressStart();
    tasklist.awaitStarted();

    awaitTask("userTask_manageSigning");
    expectSent(nin);
    expectForgotten(nin);
  }

  @Tag("long")
  @Test
  void a_code_in_a_list_is_forgotten_when_its_request_was_sent() throws Exception {
    String nin = "020502E902X";
    String encrypted = jwe(nin, publicKey());
    String list =
        "businessKey,title,signer1,signer1Nin\n%s,%s,anna@example.com,%s\n"
            .formatted(key, key, encrypted);
    ApiClient api = new ApiClient(application.port(), Login.DEMO);

    ApiClient.Response started =
        api.startList(
            new ApiClient.Form()
                .list("leases.csv", list.getBytes(UTF_8))
                .document("lease.pdf", Pdfs.withText("Lease")));

    assertThat(started.status()).as(started.text()).isEqualTo(202);
    awaitTask("userTask_manageSigning");
    expectSent(nin);
    expectForgotten(nin);
    assertThat(traces.inTablesOf(encrypted)).isEmpty();
    String result = "/api/bulk/%s/result".formatted(started.json().get("id").asText());
    assertThat(api.getPath(result).text()).contains(key).doesNotContain(encrypted);
  }

  @Test
  void a_caller_encrypts_with_the_public_key() throws Exception {
    String nin = "010594Y9032";

    String encrypted = jwe(nin, publicKey());
    start(encrypted);

    awaitTask("userTask_manageSigning");
    expectSent(nin);
    expectForgotten(nin);
    assertThat(traces.inTablesOf(encrypted)).isEmpty();
  }

  @Test
  void the_server_encrypts_the_code_of_a_caller() throws Exception {
    String nin = "020502E902X";
    EngineRest api = engine.at("/api");

    String encrypted =
        api.post("/encrypted-nins", JSON.createObjectNode().set("nins", array(nin)))
            .get("nins")
            .get(0)
            .asText();
    start(encrypted);

    awaitTask("userTask_manageSigning");
    expectSent(nin);
    expectForgotten(nin);
    String mistyped = "020502E902Y";
    assertThatThrownBy(
            () -> api.post("/encrypted-nins", JSON.createObjectNode().set("nins", array(mistyped))))
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("nins[0]")
        .hasMessageNotContaining(mistyped);
    assertThatThrownBy(() -> api.post("/encrypted-nins", JSON.getNodeFactory().textNode(nin)))
        .hasMessageContaining("HTTP 400")
        .hasMessageNotContaining(nin);
    assertThat(traces.of(mistyped)).isEmpty();
    assertThat(traces.of(nin)).isEmpty();
  }

  @Test
  void the_search_finds_a_known_secret() throws Exception {
    start(jwe("131052-308T", publicKey()));
    awaitTask("userTask_manageSigning");

    assertThat(traces.inTablesOf("anna@example.com"))
        .contains("ACT_GE_BYTEARRAY.BYTES_")
        .doesNotContain("ACT_HI_DETAIL.TEXT_");
    await().atMost(LIMIT).untilAsserted(() -> assertThat(traces.of(key)).contains("engine.mv.db"));
    assertThat(traces.of("createSigningRequest done")).containsExactly("application.log");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type': 'Json', 'value': '%s'}",
        "{'type': 'String', 'value': '%s'}",
        "{'type': 'Object', 'value': '%s', 'valueInfo':"
            + " {'objectTypeName': 'java.util.ArrayList', 'serializationDataFormat': 'application/json'}}",
      })
  void a_plain_code_is_rejected_before_it_is_stored(String variable) throws Exception {
    String nin = "280264-051U";
    String encrypted = jwe("131052-308T", publicKey());
    String participants =
        "[{\\\\'handle\\\\': \\\\'a@example.com\\\\', \\\\'role\\\\': \\\\'signer\\\\', \\\\'nin\\\\': \\\\'"
            + nin
            + "\\\\'}]";
    ObjectNode plain =
        (ObjectNode)
            JSON.readTree(
                variable.formatted(participants).replace("\\\\'", "\\\"").replace('\'', '"'));
    ObjectNode variables = EngineRest.variables();
    variables.set("participants", plain);
    // rejected because of its title; waits for a correction
    String instance = startWith(encrypted, "");
    String task = awaitTask("userTask_correctRequest");
    ObjectNode body = JSON.createObjectNode();
    body.set("variables", variables);
    ObjectNode modifications = JSON.createObjectNode();
    modifications.set("modifications", variables);
    ObjectNode message =
        JSON.createObjectNode().put("messageName", "none").put("processInstanceId", instance);
    message.set("processVariables", variables);

    expectRefused(nin, () -> engine.post("/process-definition/key/signing-request/start", body));
    expectRefused(
        nin, () -> engine.post("/process-definition/key/signing-request/submit-form", body));
    expectRefused(
        nin, () -> engine.put("/process-instance/" + instance + "/variables/participants", plain));
    expectRefused(
        nin, () -> engine.post("/process-instance/" + instance + "/variables", modifications));
    expectRefused(nin, () -> engine.put("/task/" + task + "/variables/participants", plain));
    expectRefused(nin, () -> engine.put("/task/" + task + "/localVariables/participants", plain));
    expectRefused(nin, () -> engine.post("/task/" + task + "/complete", body));
    expectRefused(nin, () -> engine.post("/task/" + task + "/submit-form", body));
    expectRefused(
        nin,
        () ->
            engine.post(
                "/process-instance/variables-async",
                body.deepCopy().set("processInstanceIds", array(instance))));
    assertThat(engine.userTasks(instance)).containsExactly("userTask_correctRequest");
  }

  @Test
  void a_body_that_the_engine_cannot_read_is_not_quoted_in_the_log() throws Exception {
    String nin = "070501A9083";
    ObjectNode body = JSON.createObjectNode();
    body.putObject("variables").put("participants", "[{\"nin\": \"" + nin + "\"}]");

    assertThatThrownBy(() -> engine.post("/process-definition/key/signing-request/start", body))
        .hasMessageContaining("HTTP 400");

    assertThat(traces.of(nin)).isEmpty();
  }

  @Tag("long")
  @Test
  void signspace_may_quote_the_code_and_the_correction_keeps_it() throws Exception {
    String nin = "290296-7808";
    SIGN_SPACE.stubFor(
        post(CREATE)
            .withRequestBody(matchingJsonPath("$.title", WireMock.equalTo(key)))
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withHeader("Content-Type", "application/json")
                    .withTransformers("response-template")
                    .withBody(
                        """
                        {"message": "No such person: {{jsonPath request.body '$.participants[0].nin'}}",
                         "request": {{request.body}} }
                        """)));
    start(jwe(nin, publicKey()));
    String task = awaitTask("userTask_correctRequest");
    SIGN_SPACE.verify(postRequestedFor(urlPathEqualTo(CREATE)));
    assertThat(problem()).contains("No such person").doesNotContain(nin);
    assertThat(traces.of(nin)).isEmpty();

    signSpaceTakesEverything();
    FormPage form = claim(task);
    assertThat(form.text()).contains("The encrypted code is kept");
    assertThat(form.valueOf("nin")).isEmpty();
    form.press("[value=retry]");

    awaitTask("userTask_manageSigning");
    expectSent(nin);
    expectForgotten(nin);
  }

  @Test
  void a_wrong_code_and_one_that_cannot_be_decrypted_are_corrected_in_the_form() throws Exception {
    String mistyped = "010190-123A";
    String right = "030301A9110";
    String instance = start(jwe(mistyped, publicKey()));
    String task = awaitTask("userTask_correctRequest");
    assertThat(problem()).contains("participants[0].nin", "not valid").doesNotContain(mistyped);

    String foreign = jwe(mistyped, new RSAKeyGenerator(2048).generate());
    ObjectNode again = EngineRest.variables();
    putJson(again, "participants", participants(foreign));
    engine.decide(instance, "userTask_correctRequest", "retry", again);
    String next = awaitNewTask("userTask_correctRequest", task);
    assertThat(problem())
        .contains("participants[0].nin", "key that this installation does not use");

    FormPage form = claim(next);
    form.press("[data-action=remove-nin]");
    form.type("nin", right);
    form.press("[value=retry]");

    awaitTask("userTask_manageSigning");
    expectSent(right);
    expectForgotten(right);
    assertThat(traces.of(mistyped)).isEmpty();
  }

  @Tag("long")
  @Test
  void a_code_waits_encrypted_while_signspace_is_down_or_busy() throws Exception {
    String nin = "010190-999W";
    failOnce("/api/v1/files.create", "files", serviceUnavailable());
    failOnce(CREATE, "create", aResponse().withStatus(429));

    start(jwe(nin, publicKey()));

    awaitTask("userTask_manageSigning");
    expectSent(nin);
    expectForgotten(nin);
  }

  private static void failOnce(String path, String scenario, ResponseDefinitionBuilder failure) {
    SIGN_SPACE.stubFor(
        post(path)
            .atPriority(1)
            .inScenario(scenario)
            .whenScenarioStateIs(Scenario.STARTED)
            .willSetStateTo("up")
            .willReturn(failure));
  }

  private static ResponseDefinitionBuilder created() {
    return okJson("{\"_id\": \"{{randomValue type='UUID'}}\", \"status\": \"open\"}")
        .withTransformers("response-template");
  }

  private String start(String nin) {
    return startWith(nin, key);
  }

  private String startWith(String nin, String title) {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", title);
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    putJson(variables, "participants", participants(nin));
    return engine.start(key, variables);
  }

  private static String participants(String nin) {
    return "[{\"handle\": \"anna@example.com\", \"role\": \"signer\", \"nin\": \"%s\"}]"
        .formatted(nin);
  }

  private FormPage claim(String task) {
    TasklistPage tasklist = new TasklistPage(BROWSER, application.port());
    tasklist.open();
    return tasklist.claim(task);
  }

  private void expectRefused(String nin, Runnable call) throws Exception {
    assertThatThrownBy(call::run)
        .hasMessageContaining("HTTP 400")
        .hasMessageContaining("participants")
        .hasMessageContaining("must be encrypted")
        .hasMessageNotContaining(nin);
    assertThat(traces.of(nin)).isEmpty();
  }

  private void expectSent(String nin) {
    SIGN_SPACE.verify(
        postRequestedFor(urlPathEqualTo(CREATE))
            .withRequestBody(matchingJsonPath("$.title", WireMock.equalTo(key)))
            .withRequestBody(matchingJsonPath("$.is_protected", WireMock.equalTo("true")))
            .withRequestBody(matchingJsonPath("$.participants[0].nin", WireMock.equalTo(nin))));
  }

  /** SignSpace has received the code; here it is deleted, even in encrypted form. */
  private void expectForgotten(String nin) throws Exception {
    assertThat(traces.of(nin)).isEmpty();
    String instance = engine.get("/process-instance?businessKey=" + key).get(0).get("id").asText();
    JsonNode variables =
        engine.get("/process-instance/" + instance + "/variables?deserializeValues=false");
    assertThat(variables.get("participants").get("value").asText())
        .contains("anna@example.com")
        .doesNotContain("nin");
    assertThat(variables.get("isProtected").get("value").asBoolean()).isTrue();
    assertThat(
            engine
                .get("/history/detail?deserializeValues=false&processInstanceId=" + instance)
                .toString())
        .contains("participants")
        .doesNotContain("eyJ");
  }

  private String problem() {
    return engine
        .get("/variable-instance?variableName=problem&processInstanceIdIn=" + instance())
        .get(0)
        .get("value")
        .asText();
  }

  private String instance() {
    return engine.get("/process-instance?businessKey=" + key).get(0).get("id").asText();
  }

  private String awaitTask(String userTask) {
    return awaitNewTask(userTask, "none");
  }

  private String awaitNewTask(String userTask, String former) {
    String query = "/task?processInstanceBusinessKey=" + key + "&taskDefinitionKey=" + userTask;
    return await()
        .atMost(LIMIT)
        .until(
            () -> {
              JsonNode found = engine.get(query);
              return found.isEmpty() ? former : found.get(0).get("id").asText();
            },
            id -> !id.equals(former));
  }

  private static JsonNode array(String text) {
    return JSON.createArrayNode().add(text);
  }

  private static RSAKey publicKey() throws IOException, ParseException {
    URI keys = URI.create("http://localhost:%d/api/keys".formatted(application.port()));
    return JWKSet.load(keys.toURL()).getKeys().get(0).toRSAKey();
  }

  /** Encrypts like an external caller with another library. */
  private static String jwe(String nin, RSAKey key) throws JOSEException {
    JWEHeader header =
        new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
            .keyID(key.getKeyID())
            .build();
    JWEObject jwe = new JWEObject(header, new Payload(nin));
    jwe.encrypt(new RSAEncrypter(key));
    return jwe.serialize();
  }
}
