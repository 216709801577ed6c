package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Sweeps of two workers in separate processes, with one engine. */
@EndToEnd
@Tag("long")
class SweepTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int SWEEPS = 8;

  private static final String SLOW =
      "[{\"operation\": \"tasks.get\", \"kind\": \"latency\", \"latency\": \"PT4S\"}]";

  @LocalServerPort private int port;

  private EngineRest engine;
  private SandboxControl sandbox;

  @BeforeEach
  void reset() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    sandbox.reset();
  }

  @AfterEach
  void behave() {
    sandbox.behave();
  }

  @Test
  void only_one_of_many_simultaneous_sweeps_calls_signspace() {
    Node other =
        Nodes.workerAt(
            "second-sweeper", port, Map.of("SIGNSPACE_WORKER_PASSWORD", "of-the-workers"));
    try {
      other.start();
      other.awaitReady();
      String instance = waitingRequest();
      sandbox.misbehave(SLOW);

      List<String> sweeps =
          IntStream.range(0, SWEEPS)
              .parallel()
              .mapToObj(i -> engine.start("signing-status-sweep", "sweep", EngineRest.variables()))
              .toList();

      sweeps.forEach(s -> await().atMost(PATIENCE).until(() -> engine.endOf(s).isPresent()));
      assertThat(sweeps)
          .filteredOn(sweep -> !engine.variablesOf(sweep).containsKey("brokenOff"))
          .as("the one without a predecessor; none if two started at the same time")
          .hasSizeLessThanOrEqualTo(1);
      assertThat(engine.endOf(instance)).isEmpty();
    } finally {
      other.stop(); // a killed one would get tasks until its last fetch request times out
    }
  }

  private String waitingRequest() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", "Swept over");
    putString(variables, "statusCheckInterval", "PT1H");
    putJson(
        variables, "participants", "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]");
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    String instance = engine.start("swept-" + System.nanoTime(), variables);
    await()
        .atMost(PATIENCE)
        .until(() -> engine.userTasks(instance).contains("userTask_manageSigning"));
    return instance;
  }
}
