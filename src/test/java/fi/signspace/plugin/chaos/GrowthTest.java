package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two engine nodes and three workers on one PostgreSQL, behind the load balancer of docker/. Killed
 * nodes are not restarted; the others take over.
 */
@Tag("chaos")
class GrowthTest {

  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final int INSTANCES = Integer.getInteger("chaos.instances", 90);
  private static final String DATABASE = "growth";
  private static final Figures FIGURES = new Figures("chaos-growth.txt");
  private static final Postgres POSTGRES = Postgres.start();
  private static final RunningSandbox SIGNSPACE = RunningSandbox.start(0);
  private static final List<Node> ENGINES =
      Stream.of("engine-1", "engine-2")
          .map(name -> Nodes.engine(name, POSTGRES.settings(DATABASE), SIGNSPACE.port()))
          .toList();
  private static final Node BALANCER = Nodes.balancer(ENGINES.get(0), ENGINES.get(1));
  private static final List<Node> WORKERS =
      Stream.of("growth-worker-1", "growth-worker-2", "growth-worker-3")
          .map(name -> Nodes.worker(name, BALANCER, SIGNSPACE.port(), Map.of()))
          .toList();

  private final SandboxControl sandbox = new SandboxControl(SIGNSPACE.port());
  private final Calls calls = new Calls(sandbox);

  @BeforeAll
  static void start() {
    Nodes.requireInstalled("haproxy");
    POSTGRES.createDatabase(DATABASE);
    ENGINES.get(0).start();
    // the first node creates the tables
    ENGINES.get(0).awaitReady();
    ENGINES.get(1).start();
    BALANCER.start();
    WORKERS.forEach(Node::start);
    Stream.of(List.of(BALANCER), ENGINES, WORKERS).flatMap(List::stream).forEach(Node::awaitReady);
  }

  @AfterAll
  static void stop() {
    Stream.of(WORKERS, List.of(BALANCER), ENGINES).flatMap(List::stream).forEach(Node::kill);
    POSTGRES.close();
    SIGNSPACE.close();
  }

  @Test
  void a_cluster_that_loses_an_engine_and_a_worker_creates_one_request_per_instance() {
    FIGURES.begin();
    // the load is creations: checks of all requests every few seconds would be most of it
    String interval = "PT20S";
    // a start whose response the kill cuts off may or may not have happened: only workers meet it
    EngineRest survivor = new EngineRest(ENGINES.get(0).port());
    Instances instances = new Instances(survivor, sandbox, "Growth", interval);

    instances.start(INSTANCES / 3);
    awaitCallUnderWay();
    ENGINES.get(1).kill();
    instances.start(INSTANCES / 3);
    awaitCallUnderWay();
    WORKERS.get(0).kill();
    instances.start(INSTANCES / 3);
    instances.awaitFinished(LIMIT);

    FIGURES.add("2 engines, 3 workers, PostgreSQL; kill -9 of one of each", instances, "");
    assertThat(instances.requests()).isEqualTo(new Instances.Requests(INSTANCES, INSTANCES));
    assertThat(instances.incidents()).isZero();
    assertThat(instances.withTheirDocuments()).isEqualTo(INSTANCES);
  }

  private void awaitCallUnderWay() {
    await()
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> calls.underWay() > 0);
  }
}
