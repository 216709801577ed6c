package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two nodes with engine and workers on one database, whose clocks differ by five minutes: each lock
 * of one has expired for the other.
 */
@Tag("trouble")
class ClocksTest {

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final int STARTED = 10;
  private static final Postgres POSTGRES = Postgres.start();
  private static final RunningSandbox SIGNSPACE = RunningSandbox.start(0);

  private final SandboxControl sandbox = new SandboxControl(SIGNSPACE.port());
  private final Node right = node("clock-right");
  private final Node ahead = node("clock-ahead").withClock("+300s");

  @BeforeAll
  static void start() {
    Nodes.requireInstalled("faketime");
    POSTGRES.createDatabase("clocks");
  }

  @AfterAll
  static void stop() {
    SIGNSPACE.close();
    POSTGRES.close();
  }

  @AfterEach
  void kill() {
    List.of(right, ahead).forEach(Node::kill);
  }

  @Test
  void no_request_is_created_twice_and_all_are_signed() {
    right.start();
    right.awaitReady();
    ahead.start();
    ahead.awaitReady();
    sandbox.misbehave(
        "[{\"operation\": \"%s\", \"kind\": \"latency\", \"latency\": \"PT4S\"}]"
            .formatted(Calls.CREATE));
    Instances here = new Instances(new EngineRest(right.port()), sandbox, "Right", "PT3S");
    Instances there = new Instances(new EngineRest(ahead.port()), sandbox, "Ahead", "PT3S");

    for (int i = 0; i < STARTED; i++) {
      here.start(1);
      there.start(1);
    }
    here.awaitFinished(LIMIT);
    there.awaitFinished(LIMIT);

    assertThat(here.requests()).isEqualTo(new Instances.Requests(2 * STARTED, 2 * STARTED));
    assertThat(here.incidents()).isZero();
    assertThat(List.of(here.withTheirDocuments(), there.withTheirDocuments()))
        .containsOnly(STARTED);
  }

  private static Node node(String name) {
    return Nodes.whole(
        name, Optional.empty(), SIGNSPACE.port(), withTimes(POSTGRES.settings("clocks")));
  }

  private static Map<String, String> withTimes(Map<String, String> settings) {
    settings.put("SIGNSPACE_WORKER_LONG_POLLING", "1s");
    return settings;
  }
}
