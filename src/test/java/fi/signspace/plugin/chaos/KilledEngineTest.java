package fi.signspace.plugin.chaos;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine is killed while requests are created: each process instance has one. */
@Tag("chaos")
class KilledEngineTest {

  private static final Logger LOG = LoggerFactory.getLogger(KilledEngineTest.class);
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final Figures FIGURES = new Figures("chaos-engines.txt");
  private static final RunningSandbox SIGNSPACE = RunningSandbox.start(0);

  private final SandboxControl sandbox = new SandboxControl(SIGNSPACE.port());
  private final Calls calls = new Calls(sandbox);

  @AfterAll
  static void stop() {
    SIGNSPACE.close();
  }

  @BeforeEach
  void reset() {
    sandbox.reset();
    FIGURES.begin();
  }

  @Test
  void a_killed_engine_with_a_file_database_leaves_one_request_per_instance(@TempDir Path folder) {
    letEngineDie(
        Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("engine")), "H2 file");
  }

  @Test
  void a_killed_engine_with_postgresql_leaves_one_request_per_instance() {
    try (Postgres postgres = Postgres.start()) {
      postgres.createDatabase("chaos");
      letEngineDie(postgres.settings("chaos"), "PostgreSQL");
    }
  }

  /**
   * @param settings of the database
   */
  private void letEngineDie(Map<String, String> settings, String database) {
    long seed = System.nanoTime();
    LOG.info("The kills' seed is {}", seed);
    Random random = new Random(seed);
    Node mortal = Nodes.engine("mortal-engine", settings, SIGNSPACE.port());
    Node worker = Nodes.worker("worker-of-mortal-engine", mortal, SIGNSPACE.port(), Map.of());
    mortal.start();
    worker.start();
    mortal.awaitReady();
    worker.awaitReady();
    Instances instances =
        new Instances(
            new EngineRest(mortal.port()),
            sandbox,
            "Engine on %s killed".formatted(database),
            "PT3S");
    sandbox.setFaults("{'operation': '*', 'kind': 'latency', 'latency': 'PT0.2S'}");

    for (int kill = 0; kill < 3; kill++) {
      instances.start(5);
      calls.awaitRandomMoment(random);
      mortal.kill();
      mortal.start();
      mortal.awaitReady();
      instances.sign();
    }
    instances.awaitFinished(LIMIT);

    FIGURES.add("kill -9 of the engine, 3 times, " + database, instances, "seed " + seed);
    instances.expectOneRequestEach();
    worker.kill();
    mortal.kill();
  }
}
