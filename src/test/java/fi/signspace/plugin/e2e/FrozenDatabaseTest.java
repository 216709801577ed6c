package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import fi.signspace.plugin.testkit.SocketProxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Frozen and broken connections to PostgreSQL, and recovery. */
@Tag("long")
class FrozenDatabaseTest {

  private static final Duration FREEZE = Duration.ofMinutes(3);
  private static final Duration NOTICED = Duration.ofSeconds(30);
  private static final Duration RECOVERED = Duration.ofMinutes(1);

  private static final Postgres POSTGRES = Postgres.start();
  private static final SocketProxy PROXY = new SocketProxy(POSTGRES.port());
  private static final Node NODE =
      Nodes.whole(
          "on-frozen-postgres",
          POSTGRES.settings("frozen"),
          Map.of(
              "SPRING_DATASOURCE_URL",
              "jdbc:postgresql://localhost:" + PROXY.port() + "/frozen",
              "SIGNSPACE_STATUS_CHECK_FIRST_WAIT",
              "1s"));

  private final EngineRest engine = new EngineRest(NODE.port());
  private final SandboxControl sandbox = new SandboxControl(NODE.port());

  @BeforeAll
  static void start() {
    POSTGRES.createDatabase("frozen");
    NODE.start();
    NODE.awaitReady();
  }

  @AfterAll
  static void stop() {
    NODE.kill();
    PROXY.close();
    POSTGRES.close();
  }

  @Test
  void a_frozen_connection_is_detected_and_recovers_without_a_restart() {
    RunningCase request = awaiting("Frozen");

    PROXY.freeze();
    await().atMost(NOTICED).pollInterval(Duration.ofSeconds(1)).until(() -> !NODE.isReady());
    await()
        .pollDelay(FREEZE)
        .timeout(FREEZE.plus(NOTICED))
        .untilAsserted(() -> assertThat(NODE.isReady()).isFalse());
    PROXY.pass();

    await().atMost(RECOVERED).pollInterval(Duration.ofSeconds(1)).until(NODE::isReady);
    sign(request);
  }

  @Test
  void broken_connections_are_replaced() {
    RunningCase request = awaiting("Broken");

    PROXY.reset();
    POSTGRES.execute(
        "postgres",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'frozen'");
    await().atMost(NOTICED).pollInterval(Duration.ofSeconds(1)).until(() -> !NODE.isReady());
    PROXY.pass();

    await().atMost(RECOVERED).pollInterval(Duration.ofSeconds(1)).until(NODE::isReady);
    sign(request);
  }

  private RunningCase awaiting(String title) {
    RunningCase request = new RunningCase(engine, "case-" + title);
    engine.start(request.key(), RunningCase.request(title));
    request.awaitTask("userTask_manageSigning");
    return request;
  }

  private void sign(RunningCase request) {
    sandbox.sign(request.requestId(), RunningCase.ANNA);
    sandbox.sign(request.requestId(), RunningCase.BERT);
    request.awaitEnd("endEvent_signed");
    assertThat(engine.incidents()).isEmpty();
  }
}
