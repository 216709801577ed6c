package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.e2e.ApiClient;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

/** Workers are killed during their calls: each process instance has one signing request. */
@Tag("chaos")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledWorkerTest {

  private static final Logger LOG = LoggerFactory.getLogger(KilledWorkerTest.class);
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int KILLS = 8;
  private static final Figures FIGURES = new Figures("chaos-workers.txt");
  private static final RunningSandbox SIGNSPACE = RunningSandbox.start(0);
  private static final Node ENGINE =
      Nodes.engine(
          "engine-of-mortal-workers",
          Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:mem:chaos"),
          SIGNSPACE.port());
  private static final Node WORKER = worker("mortal-worker-1");
  private static final Node OTHER_WORKER = worker("mortal-worker-2");

  private final EngineRest engine = new EngineRest(ENGINE.port());
  private final SandboxControl sandbox = new SandboxControl(SIGNSPACE.port());
  private final Calls calls = new Calls(sandbox);

  private static Node worker(String name) {
    return Nodes.worker(name, ENGINE, SIGNSPACE.port(), Map.of());
  }

  @BeforeAll
  static void start() {
    ENGINE.start();
    ENGINE.awaitReady();
    WORKER.start();
    WORKER.awaitReady();
  }

  @AfterAll
  static void stop() {
    List.of(WORKER, OTHER_WORKER, ENGINE).forEach(Node::kill);
    SIGNSPACE.close();
  }

  @BeforeEach
  void reset() {
    sandbox.reset();
    FIGURES.begin();
  }

  @Test
  @Order(1)
  void killed_workers_leave_one_request_per_instance() {
    long seed = System.nanoTime();
    LOG.info("The kills' seed is {}", seed);
    Random random = new Random(seed);
    Instances instances = new Instances(engine, sandbox, "Worker killed", "PT3S");
    sandbox.setFaults(
        "{'operation': '" + Calls.CREATE + "', 'kind': 'latency', 'latency': 'PT1S'}",
        "{'operation': '*', 'kind': 'latency', 'latency': 'PT0.2S'}");

    instances.start(10);
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> calls.underWay(Calls.CREATE) > 0);
    int creating = calls.underWay(Calls.CREATE);
    WORKER.kill();
    WORKER.start();
    OTHER_WORKER.start();
    int hits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Node victim = kill % 2 == 0 ? WORKER : OTHER_WORKER;
      victim.awaitReady();
      instances.start(2);
      calls.awaitRandomMoment(random);
      hits += calls.underWay() > 0 ? 1 : 0;
      victim.kill();
      victim.start();
      instances.sign();
    }
    instances.awaitFinished(LIMIT);

    FIGURES.add(
        "kill -9 of a worker, 1 + %d times".formatted(KILLS),
        instances,
        "%d creates under way at the first kill, calls under way at %d of the others; seed %d"
            .formatted(creating, hits, seed));
    instances.expectOneRequestEach();
    assertThat(hits).as("kills that met a call").isPositive();
  }

  @Test
  @Order(2)
  void a_request_that_is_sent_again_while_workers_die_is_never_open_twice() {
    long seed = System.nanoTime();
    LOG.info("The kills' seed is {}", seed);
    Random random = new Random(seed);
    Instances instances = new Instances(engine, sandbox, "Sent again", "PT3S");
    WORKER.awaitReady();
    instances.start(8);
    instances.awaitRequests(8, LIMIT);
    sandbox.setFaults(
        "{'operation': '" + Calls.CREATE + "', 'kind': 'latency', 'latency': 'PT1S'}",
        "{'operation': '*', 'kind': 'latency', 'latency': 'PT0.2S'}",
        "{'operation': '" + Calls.CREATE + "', 'kind': 'cutAfter', 'times': 3}");
    ApiClient api = new ApiClient(ENGINE.port(), Login.DEMO);

    List<String> ids = instances.ids();
    for (int next = 0; next < ids.size(); next += 2) {
      WORKER.awaitReady();
      ids.subList(next, next + 2).forEach(id -> sendAgain(api, id));
      calls.awaitRandomMoment(random);
      WORKER.kill();
      WORKER.start();
    }
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              assertThat(instances.openTwice()).isEmpty();
              assertThat(instances.requests()).isEqualTo(new Instances.Requests(16, 8));
            });
    instances.awaitFinished(LIMIT);

    FIGURES.add("sent again, kill -9 of the worker 4 times", instances, "seed " + seed);
    assertThat(instances.requests()).isEqualTo(new Instances.Requests(16, 8));
    assertThat(instances.incidents()).isZero();
    assertThat(instances.withTheirDocuments()).isEqualTo(8);
  }

  private static void sendAgain(ApiClient api, String id) {
    await().atMost(LIMIT).until(() -> api.get(id).json().get("status").asText().equals("awaiting"));
    ApiClient.Form correction = new ApiClient.Form().json("{\"description\": \"Again\"}");
    assertThat(api.sendAgain(id, correction).status()).isEqualTo(202);
  }
}
