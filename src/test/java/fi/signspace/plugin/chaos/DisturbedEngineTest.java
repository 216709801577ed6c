package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Named.named;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.SocketProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Disturbs the connection between a worker and its engine while tasks are fetched, documents read,
 * and results reported.
 */
@Tag("trouble")
class DisturbedEngineTest {

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final Duration DISTURBED = Duration.ofSeconds(12);
  private static final int ROUNDS = 3;
  private static final int STARTED = 3;

  private static final Node HOME = Nodes.engineWithSandbox();
  private static final SocketProxy PROXY = new SocketProxy(HOME.port());
  private static final Node WORKER =
      Nodes.worker(
          "worker-behind-proxy",
          HOME,
          HOME,
          Map.of(
              "CAMUNDA_BPM_CLIENT_BASE_URL",
              "http://localhost:%d/engine-rest".formatted(PROXY.port())));

  private final SandboxControl sandbox = new SandboxControl(HOME.port());

  @BeforeAll
  static void start() {
    HOME.start();
    HOME.awaitReady();
    WORKER.start();
    WORKER.awaitReady();
  }

  @AfterAll
  static void stop() {
    List.of(WORKER, HOME).forEach(Node::kill);
    PROXY.close();
  }

  static Stream<Named<Consumer<SocketProxy>>> disturbances() {
    return Stream.of(
        named("freezes", SocketProxy::freeze),
        named("freezes within a task", proxy -> proxy.freezeAfter(1_500)),
        named("freezes within documents", proxy -> proxy.freezeAfter(12_000)),
        named("is cut within a task", proxy -> proxy.truncateAfter(1_500)),
        named("is cut within documents", proxy -> proxy.truncateAfter(12_000)),
        named("is slow", proxy -> proxy.delay(Duration.ofSeconds(1))),
        named("breaks", SocketProxy::reset));
  }

  @ParameterizedTest
  @MethodSource("disturbances")
  void each_instance_creates_one_request_and_recovers(Consumer<SocketProxy> disturbance) {
    sandbox.reset();
    Instances instances = new Instances(new EngineRest(HOME.port()), sandbox, "Disturbed", "PT3S");

    for (int round = 0; round < ROUNDS; round++) {
      instances.start(STARTED);
      disturbance.accept(PROXY);
      await()
          .pollDelay(DISTURBED)
          .timeout(DISTURBED.multipliedBy(2))
          .untilAsserted(() -> assertThat(WORKER.isRunning()).isTrue());
      PROXY.pass();
    }
    instances.awaitFinished(LIMIT);

    assertThat(instances.requests())
        .isEqualTo(new Instances.Requests(ROUNDS * STARTED, ROUNDS * STARTED));
    assertThat(instances.incidents()).isZero();
    assertThat(instances.withTheirDocuments()).isEqualTo(ROUNDS * STARTED);
  }
}
