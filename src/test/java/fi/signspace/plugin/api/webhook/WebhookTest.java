package fi.signspace.plugin.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fi.signspace.plugin.api.delivery.Delivery;
import fi.signspace.plugin.api.delivery.DeliveryEnginePlugin;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.webhook.ReportedStatus.Reported;
import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.testkit.CleanUp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real engine, and a receiver that is not always available. */
class WebhookTest {

  private static final String OBSERVED = "observed";
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ProcessEngine engine;

  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
  private final Map<String, String> reported = new ConcurrentHashMap<>();
  private HttpServer receiver;
  private Delivery delivery;

  /** A message as received. */
  private record Heard(String id, String timestamp, String signature, String body) {

    JsonNode data() {
      try {
        return JSON.readTree(body).get("data");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeAll
  static void startEngine() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("webhook")
        .setJdbcUrl("jdbc:h2:mem:webhook;DB_CLOSE_DELAY=-1")
        .setJobExecutorActivate(false)
        .setAuthorizationEnabled(true);
    configuration.setProcessEnginePlugins(
        List.of(
            new DeliveryEnginePlugin(
                OBSERVED,
                List.of(new WebhookChannel(EnumSet.of(EventType.ENDED))),
                Clock.systemUTC())));
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "observed.bpmn",
            Bpmn.createExecutableProcess(OBSERVED)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .userTask()
                .endEvent()
                .done())
        .deploy();
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  @BeforeEach
  void startReceiver() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    receiver.createContext("/signed", this::hear);
    receiver.start();
    delivery = delivery(3);
  }

  @AfterEach
  void stopReceiver() {
    delivery.stop();
    receiver.stop(0);
    // the end of an observed process starts a message
    List.of(OBSERVED, "other", "signing-webhook").forEach(WebhookTest::delete);
  }

  @Test
  void the_receiver_is_notified_which_request_has_ended_and_how() {
    String id = end("signed", "case-1");

    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    Heard message = heard.get(0);
    assertThat(message.data().get("id").asText()).isEqualTo(id);
    assertThat(message.data().get("businessKey").asText()).isEqualTo("case-1");
    assertThat(message.data().get("status").asText()).isEqualTo("signed");
    assertThat(message.signature())
        .isEqualTo(
            new Signature(SECRET)
                .of(message.id(), Long.parseLong(message.timestamp()), message.body()));
    awaitNothingWaits();
  }

  @Test
  void an_unproven_claim_is_sent_as_the_api_reports_it() {
    String id = end("signed", "case-6");
    reported.put(id, "unproven");

    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    assertThat(heard.get(0).data().get("status").asText()).isEqualTo("unproven");
    awaitNothingWaits();
  }

  @Test
  void a_failing_receiver_gets_the_identical_message_again() {
    statuses.addAll(List.of(503, 301));
    end("cancelled", "case-2");

    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 3);
    assertThat(heard.stream().map(Heard::id).distinct()).hasSize(1);
    assertThat(heard.stream().map(Heard::body).distinct()).hasSize(1);
    awaitNothingWaits();
  }

  @Test
  void a_message_pending_at_a_restart_is_sent_afterwards() {
    receiver.stop(0);
    delivery = delivery(80);
    end("signed", "case-3");
    delivery.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> lastFailure().contains("does not respond"));
    delivery.stop();

    await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(
            () -> {
              receiver = HttpServer.create(receiver.getAddress(), 0);
              return true;
            });
    receiver.createContext("/signed", this::hear);
    receiver.start();
    delivery = delivery(80);
    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    awaitNothingWaits();
  }

  @Test
  void the_last_failed_attempt_is_an_incident_that_an_admin_can_retry() {
    statuses.addAll(List.of(500, 500, 404));
    end("signed", "case-4");
    delivery.start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.getRuntimeService().createIncidentQuery().count() == 1);
    assertThat(engine.getRuntimeService().createIncidentQuery().singleResult().getIncidentMessage())
        .contains("HTTP 404");

    String task = engine.getExternalTaskService().createExternalTaskQuery().singleResult().getId();
    engine.getExternalTaskService().setRetries(task, 1);

    await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 4);
    awaitNothingWaits();
  }

  @Test
  void a_request_deleted_by_an_admin_is_reported_as_removed() {
    String id = engine.getRuntimeService().startProcessInstanceByKey(OBSERVED).getId();

    engine.getRuntimeService().deleteProcessInstance(id, "not needed");
    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    assertThat(heard.get(0).data().get("status").asText()).isEqualTo("removed");
    assertThat(heard.get(0).data().has("businessKey")).isFalse();
  }

  @Test
  void the_message_follows_the_record_of_the_request_and_not_the_claims_of_its_starter() {
    String id = end("signed", "case-7");
    delete("signing-webhook");
    sendMessage(id, "another case");

    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    assertThat(heard.get(0).data().get("businessKey").asText()).isEqualTo("case-7");
    assertThat(heard.get(0).body()).doesNotContain("2001-01-01");
    awaitNothingWaits();
  }

  @Test
  void a_running_request_is_not_reported() {
    String id = start("signed", "case-8");
    sendMessage(id, "case-8");

    delivery.start();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.getRuntimeService().createIncidentQuery().count() == 1);
    assertThat(engine.getRuntimeService().createIncidentQuery().singleResult().getIncidentMessage())
        .contains(id)
        .contains("has not ended");
    assertThat(heard).isEmpty();
  }

  @Test
  void a_request_missing_from_the_history_is_reported_as_removed() {
    String id = end("signed", "case-9");
    engine.getHistoryService().deleteHistoricProcessInstance(id);

    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    assertThat(heard.get(0).data().get("status").asText()).isEqualTo("removed");
    assertThat(heard.get(0).data().get("businessKey").asText()).isEqualTo("case-9");
    awaitNothingWaits();
  }

  @Test
  void the_topic_in_another_process_is_not_served() {
    engine
        .getRepositoryService()
        .createDeployment()
        .addModelInstance(
            "other.bpmn",
            Bpmn.createExecutableProcess("other")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaExternalTask("signspace.tellWebhook")
                .endEvent()
                .done())
        .deploy();
    engine.getRuntimeService().startProcessInstanceByKey("other");
    String id = end("signed", "case-10");

    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.getRuntimeService().createProcessInstanceQuery().count() == 1);
    assertThat(heard).hasSize(1);
    assertThat(heard.get(0).data().get("id").asText()).isEqualTo(id);
  }

  private static void delete(String process) {
    RuntimeService runtime = engine.getRuntimeService();
    CleanUp.delete(runtime, runtime.createProcessInstanceQuery().processDefinitionKey(process));
  }

  private static void sendMessage(String request, String businessKey) {
    engine
        .getRuntimeService()
        .startProcessInstanceByKey(
            "signing-webhook",
            businessKey,
            Map.of("endedRequest", request, "endedAt", "2001-01-01T00:00:00Z"));
  }

  @Test
  void ending_a_request_needs_no_permission_to_send_the_message() {
    AuthorizationService authorizations = engine.getAuthorizationService();
    Authorization right = authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    right.setUserId("worker");
    right.setResource(Resources.PROCESS_DEFINITION);
    right.setResourceId(OBSERVED);
    right.addPermission(ProcessDefinitionPermissions.UPDATE_TASK);
    authorizations.saveAuthorization(right);
    String task = taskOf(start("signed", "case-5"));

    engine.getIdentityService().setAuthenticatedUserId("worker");
    try {
      engine.getTaskService().complete(task);
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
    delivery.start();

    await().atMost(Duration.ofSeconds(30)).until(() -> !heard.isEmpty());
    assertThat(heard.get(0).data().get("businessKey").asText()).isEqualTo("case-5");
    awaitNothingWaits();
  }

  private String end(String outcome, String businessKey) {
    String id = start(outcome, businessKey);
    engine.getTaskService().complete(taskOf(id));
    return id;
  }

  private String start(String outcome, String businessKey) {
    String id =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(OBSERVED, businessKey, Map.of("signingOutcome", outcome))
            .getId();
    reported.put(id, outcome);
    return id;
  }

  private String taskOf(String id) {
    return engine.getTaskService().createTaskQuery().processInstanceId(id).singleResult().getId();
  }

  private Delivery delivery(int attempts) {
    HttpAddress url =
        new HttpAddress(
            URI.create("http://localhost:" + receiver.getAddress().getPort() + "/signed"));
    Duration soon = Duration.ofMillis(50);
    WebhookProperties properties =
        new WebhookProperties(
            url,
            SECRET,
            EnumSet.of(EventType.ENDED),
            Duration.ofSeconds(5),
            attempts,
            soon,
            1,
            soon,
            0,
            soon);
    WebhookSender sender =
        new WebhookSender(
            properties.receiver(), new Signature(SECRET), properties.timeout(), Clock.systemUTC());
    return new Delivery(
        "webhook",
        engine.getExternalTaskService(),
        new WebhookCourier(sender, this::report),
        properties.retries(),
        Clock.systemUTC(),
        new Random(1));
  }

  /** Uses the engine's record, unless the request is missing from the history. */
  private Optional<Reported> report(String id) {
    HistoricProcessInstance record =
        engine
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .processInstanceId(id)
            .singleResult();
    return Optional.ofNullable(record)
        .map(
            request ->
                new Reported(
                    reported.getOrDefault(id, "removed"),
                    request.getBusinessKey(),
                    request.getEndTime() == null ? null : request.getEndTime().toInstant()));
  }

  private void hear(HttpExchange exchange) throws IOException {
    heard.add(
        new Heard(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("webhook-timestamp"),
            exchange.getRequestHeaders().getFirst("webhook-signature"),
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Integer status = statuses.poll();
    exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    exchange.close();
  }

  private static String lastFailure() {
    return engine.getExternalTaskService().createExternalTaskQuery().list().stream()
        .map(task -> String.valueOf(task.getErrorMessage()))
        .findFirst()
        .orElse("");
  }

  private static void awaitNothingWaits() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> engine.getRuntimeService().createProcessInstanceQuery().count() == 0);
  }
}
