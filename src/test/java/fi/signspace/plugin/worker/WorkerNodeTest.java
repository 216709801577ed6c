package fi.signspace.plugin.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.google.protobuf.ByteString;
import fi.signspace.plugin.SigningApplication;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.worker.state.TestStates;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.health.HealthEndpoint;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Traces, metrics and health of a worker node with a stubbed engine and SignSpace. */
@SpringBootTest(
    classes = SigningApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "signspace.client-id=client",
      "signspace.client-secret=s3cr3t-of-the-client",
      "signspace.acting-handle=robot@example.com",
      "signspace.users.prometheus.password=scrape-it",
      "camunda.bpm.client.basic-auth.password=worker-password",
      "management.tracing.sampling.probability=1.0",
      "management.tracing.opentelemetry.export.schedule-delay=200ms"
    })
@ActiveProfiles("worker")
@AutoConfigureObservability
@DirtiesContext
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
@Tag("long")
class WorkerNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String FETCH = "/engine-rest/external-task/fetchAndLock";

  private static final String MODEL =
      "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:c='http://camunda.org/schema/1.0/bpmn'>"
          + "<process id='p'><serviceTask id='check' c:type='external' c:topic='signspace.checkStatus'/></process>"
          + "</definitions>";

  @RegisterExtension
  private static final WireMockExtension WORLD =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort())
          .resetOnEachTest(false)
          .build();

  private static final TraceCollector COLLECTOR = new TraceCollector();

  @LocalServerPort private int port;
  @Autowired private HealthEndpoint health;
  @Autowired private StateSeal seal;

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry properties) {
    properties.add("camunda.bpm.client.base-url", () -> WORLD.baseUrl() + "/engine-rest");
    properties.add("signspace.api-url", () -> WORLD.baseUrl() + "/api/v1");
    properties.add("signspace.token-url", () -> WORLD.baseUrl() + "/auth/token");
    properties.add("management.otlp.tracing.endpoint", COLLECTOR::url);
    WORLD.stubFor(
        post("/auth/token")
            .willReturn(okJson("{\"access_token\": \"t0ken\", \"expires_in\": 3600}")));
    WORLD.stubFor(get("/engine-rest/process-definition/statistics").willReturn(okJson("[]")));
    WORLD.stubFor(
        get("/engine-rest/process-definition/definition-1/xml")
            .willReturn(okJson("{\"bpmn20Xml\": \"" + MODEL + "\"}")));
    WORLD.stubFor(post(FETCH).willReturn(okJson("[]").withFixedDelay(200)));
    WORLD.stubFor(
        post(urlMatching("/engine-rest/external-task/.*/(complete|failure)"))
            .willReturn(aResponse().withStatus(204)));
  }

  @AfterAll
  static void stop() {
    COLLECTOR.close();
  }

  @Test
  @Order(1)
  void a_check_its_call_and_the_token_it_needed_are_one_trace_without_personal_data() {
    WORLD.stubFor(
        get(urlPathEqualTo("/api/v1/tasks.get"))
            .willReturn(okJson("[{\"_id\": \"r1\", \"status\": \"open\", \"title\": \"Lease\"}]")));

    checkIsDue("task-1");

    Span batch = COLLECTOR.await("signspace.status.batches", PATIENCE);
    Span call = COLLECTOR.await("signspace tasks.get", PATIENCE);
    Span token = COLLECTOR.await("signspace token", PATIENCE);
    Span task = COLLECTOR.await("signspace.check-status", PATIENCE);
    assertThat(call.getParentSpanId()).isEqualTo(batch.getSpanId());
    assertThat(token.getParentSpanId()).isEqualTo(call.getSpanId());
    assertThat(task.getParentSpanId()).isEqualTo(batch.getSpanId());
    assertThat(TraceCollector.attributes(call))
        .containsEntry("operation", "tasks.get")
        .containsEntry("outcome", "done");
    assertThat(TraceCollector.attributes(task))
        .containsEntry("topic", "signspace.checkStatus")
        .containsEntry("outcome", "done")
        .containsEntry("taskId", "task-1")
        .containsEntry("processInstanceId", "instance-1");
    assertThat(COLLECTOR.everything())
        .contains("signspace-process")
        .doesNotContain("case-1", "t0ken", "Lease");
    assertThat(WORLD.findAll(getRequestedFor(urlPathEqualTo("/api/v1/tasks.get"))))
        .noneMatch(request -> request.containsHeader("traceparent"));
    assertThat(WORLD.findAll(postRequestedFor(urlMatching("/engine-rest/external-task/task-1/.*"))))
        .isNotEmpty()
        .allMatch(report -> report.getHeader("traceparent").equals(parent(task)));
    assertThat(WORLD.findAll(getRequestedFor(urlMatching("/engine-rest/.*/definition-1/xml"))))
        .isNotEmpty()
        .allMatch(request -> request.getHeader("traceparent").equals(parent(task)));
    assertThat(WORLD.findAll(postRequestedFor(urlPathEqualTo(FETCH))))
        .noneMatch(request -> request.containsHeader("traceparent"));
  }

  /** The propagated header (W3C Trace Context). */
  private static String parent(Span span) {
    return "00-%s-%s-01".formatted(hex(span.getTraceId()), hex(span.getSpanId()));
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Test
  @Order(2)
  void a_worker_node_exports_its_own_metrics_and_none_of_the_database() throws Exception {
    String scrape = scrape("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(scrape)
        .contains("signspace_calls_seconds_bucket{", "signspace_tasks_seconds_bucket{")
        .contains("signspace_circuit_state{state=\"closed\"} 1.0")
        .contains("signspace_duplicates_avoided_total 0.0")
        .doesNotContain("signspace_requests", "signspace_external", "signspace_incidents");
    // it continues the trace of the caller, as an engine node does
    Span response = COLLECTOR.await("http get /actuator/prometheus", PATIENCE);
    assertThat(hex(response.getTraceId())).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(hex(response.getParentSpanId())).isEqualTo("b7ad6b7169203331");
  }

  @Test
  @Order(3)
  void an_engine_that_rejects_the_login_is_logged_in_one_line_and_not_for_every_fetch(
      CapturedOutput log) {
    int called = WORLD.findAll(postRequestedFor(urlPathEqualTo(FETCH))).size();
    StubMapping refusal = WORLD.stubFor(post(FETCH).willReturn(aResponse().withStatus(401)));

    await()
        .atMost(PATIENCE)
        .until(() -> WORLD.findAll(postRequestedFor(urlPathEqualTo(FETCH))).size() > called + 12);
    assertThat(status("readiness")).isEqualTo("OUT_OF_SERVICE");
    WORLD.removeStub(refusal);
    await().atMost(PATIENCE).until(() -> status("readiness").equals("UP"));

    int loops = 4;
    assertThat(log.getOut().lines().filter(line -> line.contains("Cannot fetch external tasks")))
        .filteredOn(line -> line.contains("HTTP 401"))
        .hasSizeBetween(1, loops);
    assertThat(log.getOut())
        .contains("Fetching external tasks works again")
        .doesNotContain("TASK/CLIENT-03001");
  }

  @Test
  @Order(4)
  void during_a_cooldown_of_signspace_the_node_reports_it_and_stays_ready() {
    assertThat(status("signSpace")).isEqualTo("UP");
    WORLD.stubFor(
        get(urlPathEqualTo("/api/v1/tasks.get"))
            .willReturn(aResponse().withStatus(429).withHeader("Retry-After", "3600")));

    checkIsDue("task-2");

    await().atMost(PATIENCE).until(() -> status("signSpace").equals("PAUSED"));
    assertThat(status("readiness")).isEqualTo("UP");
    assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
  }

  private String status(String path) {
    return health.healthForPath(path).getStatus().getCode();
  }

  private void checkIsDue(String id) {
    WORLD.stubFor(
        post(FETCH)
            .withRequestBody(containing("signspace.checkStatus"))
            .inScenario(id)
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(
                okJson(
                    """
                    [{"id": "%s", "topicName": "signspace.checkStatus", "activityId": "check",
                      "processInstanceId": "instance-1", "processDefinitionId": "definition-1",
                      "lockExpirationTime": "2027-01-01T12:01:00.000+0000", "businessKey": "case-1", "variables":
                        {"signingState": {"type": "String", "value": "%s", "valueInfo": {}}}}]\
                    """
                        .formatted(id, seal.seal(state()))))
            .willSetStateTo("fetched"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !WORLD
                    .findAll(
                        postRequestedFor(
                            urlMatching("/engine-rest/external-task/%s/.*".formatted(id))))
                    .isEmpty());
  }

  private static SigningState state() {
    Binding binding = new Binding("instance-1", WORLD.baseUrl() + "/api/v1", "", null, "key");
    return SigningState.initial(binding)
        .withRequest(
            TestStates.requested("r1", TestStates.documents(1), null).requireRequest(),
            TestStates.lastCheck("open", 0, 0, 0));
  }

  private String scrape(String traceparent) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:%d/actuator/prometheus".formatted(port)))
            .header("Authorization", "Basic cHJvbWV0aGV1czpzY3JhcGUtaXQ=")
            .header("traceparent", traceparent)
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }
}
