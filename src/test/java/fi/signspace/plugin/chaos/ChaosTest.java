package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process instance creates exactly one signing request despite failures and delays. The order
 * of the scenarios only saves starts: those that share a worker come first.
 */
@Tag("chaos")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosTest {

  private static final Logger LOG = LoggerFactory.getLogger(ChaosTest.class);
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Figures FIGURES = new Figures("chaos.txt");
  private static final Node HOME = Nodes.engineWithSandbox();
  private static final Node WORKER = Nodes.worker("worker-1", HOME, HOME);
  private static final Node OTHER_WORKER = Nodes.worker("worker-2", HOME, HOME);

  private final EngineRest engine = new EngineRest(HOME.port());
  private final SandboxControl sandbox = new SandboxControl(HOME.port());
  private final Calls calls = new Calls(sandbox);

  @BeforeAll
  static void startAll() {
    HOME.start();
    HOME.awaitReady();
    WORKER.start();
    WORKER.awaitReady();
  }

  @AfterAll
  static void tell() {
    List.of(WORKER, OTHER_WORKER, HOME).forEach(Node::kill);
    LOG.info("What was measured:\n{}", FIGURES);
  }

  @BeforeEach
  void reset() {
    sandbox.reset();
    FIGURES.begin();
  }

  @Test
  @Order(1)
  void an_outage_of_a_minute_causes_neither_incidents_nor_a_flood_of_calls() {
    int bound = 40;
    Instances instances = instances("Outage", "PT3S");
    instances.start(25);
    instances.awaitRequests(25, LIMIT);

    sandbox.setFaults("{'operation': '*', 'kind': 'status', 'status': 503, 'for': 'PT60S'}");
    instances.start(25);
    await().atMost(LIMIT).until(() -> !fault().get("live").asBoolean());
    int callsMeanwhile = fault().get("met").asInt();
    instances.awaitFinished(LIMIT);

    FIGURES.add(
        "503 to everything for 60 s",
        instances,
        "%d calls meanwhile, at most %d".formatted(callsMeanwhile, bound));
    instances.expectOneRequestEach();
    // 10 that open the circuit, 20 concurrent tasks, 3 probes after 5, 15 and 35 seconds
    assertThat(callsMeanwhile).isBetween(10, bound);
  }

  @Test
  @Order(2)
  void a_create_with_one_truncated_response_is_not_repeated() {
    Instances instances = instances("Cut once", "PT3S");
    sandbox.setFaults("{'operation': '" + Calls.CREATE + "', 'kind': 'cutAfter', 'times': 20}");

    instances.start(20);
    instances.awaitFinished(LIMIT);

    figures("truncated response to the first create of each instance", instances);
    instances.expectOneRequestEach();
    assertThat(fault().get("met").asInt()).isEqualTo(20);
    assertThat(calls.received(Calls.CREATE)).isEqualTo(20);
  }

  @Test
  @Order(3)
  void a_create_with_only_truncated_responses_is_not_repeated() {
    Instances instances = instances("Cut always", "PT3S");
    sandbox.setFaults("{'operation': '" + Calls.CREATE + "', 'kind': 'cutAfter'}");

    instances.start(20);
    instances.awaitFinished(LIMIT);

    figures("truncated response to every create", instances);
    instances.expectOneRequestEach();
    assertThat(calls.received(Calls.CREATE)).isEqualTo(20);
  }

  @Test
  @Order(4)
  void a_create_that_outlasts_the_read_timeout_is_not_repeated() {
    Instances instances = instances("Slow create", "PT3S");
    sandbox.setFaults(
        "{'operation': '" + Calls.CREATE + "', 'kind': 'latency', 'latency': 'PT10S'}");

    instances.start(10);
    instances.awaitFinished(LIMIT);

    figures("create takes 10 s, read time-out 8 s", instances);
    instances.expectOneRequestEach();
    assertThat(calls.received(Calls.CREATE)).isEqualTo(10);
  }

  @Test
  @Order(5)
  void no_call_is_made_before_the_requested_retry_time() {
    Instances instances = instances("Retry-After", "PT1S");
    instances.start(15);
    instances.awaitRequests(15, LIMIT);

    sandbox.setFaults(
        "{'operation': '*', 'kind': 'status', 'status': 429, 'retryAfter': '10', 'times': 1}");
    instances.start(5);
    await().atMost(LIMIT).until(() -> !calls.times(ChaosTest::isTooMany).isEmpty());
    Instant asked = calls.times(ChaosTest::isTooMany).get(0);
    // calls that were in flight when the response arrived do not count
    Instant heard = asked.plusSeconds(1);
    await()
        .atMost(LIMIT)
        .until(() -> calls.times(c -> true).stream().anyMatch(at -> at.isAfter(heard)));
    Instant next =
        calls.times(c -> true).stream().filter(heard::isBefore).findFirst().orElseThrow();
    instances.awaitFinished(LIMIT);

    Duration peace = Duration.between(asked, next);
    FIGURES.add("429 with Retry-After: 10, once", instances, "next call after " + peace);
    assertThat(peace).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    instances.expectOneRequestEach();
  }

  @Test
  @Order(6)
  void a_revoked_token_is_renewed_without_a_failure() {
    Instances instances = instances("Revoked", "PT1S");

    for (int round = 0; round < 6; round++) {
      int tokens = calls.received("token");
      instances.start(5);
      sandbox.revokeTokens();
      await().atMost(LIMIT).until(() -> calls.received("token") > tokens);
    }
    instances.awaitFinished(LIMIT);

    FIGURES.add("token revoked 6 times under load", instances, instances.failures() + " failures");
    instances.expectOneRequestEach();
    assertThat(instances.failures()).isZero();
  }

  @Test
  @Order(7)
  void two_workers_do_not_create_the_same_request() {
    OTHER_WORKER.start();
    OTHER_WORKER.awaitReady();
    Instances instances = instances("Two workers", "PT3S");
    sandbox.setFaults(
        "{'operation': '" + Calls.CREATE + "', 'kind': 'latency', 'latency': 'PT5S'}");

    instances.start(30);
    instances.awaitFinished(LIMIT);

    figures("two workers, create takes 5 s", instances);
    instances.expectOneRequestEach();
    assertThat(calls.received(Calls.CREATE)).isEqualTo(30);
    assertThat(creators(instances)).hasSize(2);
  }

  @Test
  @Order(8)
  void a_wrong_secret_is_an_incident_at_once_without_a_flood_of_calls() {
    List.of(WORKER, OTHER_WORKER).forEach(Node::kill);
    Node misconfigured =
        Nodes.worker("worker-wrong", HOME, HOME, Map.of("SIGNSPACE_CLIENT_SECRET", "mistyped"));
    misconfigured.start();
    misconfigured.awaitReady();
    Instances instances = instances("Wrong secret", "PT3S");

    instances.start(1);
    long started = System.nanoTime();
    await().atMost(Duration.ofSeconds(10)).until(() -> instances.incidents() == 1);
    long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
    String message = engine.incidents().get(0).get("incidentMessage").asText();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              instances.start(1);
              return calls.received("token") >= 3;
            });
    List<Instant> asked = calls.times(call -> call.get("operation").asText().equals("token"));
    await().atMost(LIMIT).until(() -> instances.incidents() == instances.ids().size());
    misconfigured.kill();
    WORKER.start();
    WORKER.awaitReady();
    instances.retry();
    instances.awaitFinished(LIMIT);

    Duration pause = shortestPause(asked);
    FIGURES.add(
        "wrong client secret, then the right one and Retry",
        instances,
        "incident after %d ms; at least %s between token requests".formatted(millis, pause));
    assertThat(message).contains("SIGNSPACE_CLIENT_SECRET").doesNotContain("mistyped");
    // i.e. 6 per minute
    assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
    assertThat(instances.requests())
        .isEqualTo(new Instances.Requests(instances.ids().size(), instances.ids().size()));
    assertThat(instances.withTheirDocuments()).isEqualTo(instances.ids().size());
  }

  private Instances instances(String scenario, String interval) {
    return new Instances(engine, sandbox, scenario, interval);
  }

  private JsonNode fault() {
    return sandbox.faults().get(0);
  }

  private static boolean isTooMany(JsonNode call) {
    return call.get("outcome").asText().equals("429");
  }

  private static Duration shortestPause(List<Instant> moments) {
    Duration shortest = Duration.ofDays(1);
    for (int i = 1; i < moments.size(); i++) {
      Duration pause = Duration.between(moments.get(i - 1), moments.get(i));
      shortest = pause.compareTo(shortest) < 0 ? pause : shortest;
    }
    return shortest;
  }

  /** The workers that created requests for some instances. */
  private Set<String> creators(Instances instances) {
    Set<String> workers = new HashSet<>();
    for (JsonNode done :
        engine.get(
            "/history/external-task-log?successLog=true&topicName=signspace.createSigningRequest")) {
      if (instances.ids().contains(done.get("processInstanceId").asText())) {
        workers.add(done.get("workerId").asText());
      }
    }
    return workers;
  }

  private static void figures(String scenario, Instances instances) {
    FIGURES.add(scenario, instances, "");
  }
}
