package fi.signspace.plugin.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Operaton;
import fi.signspace.plugin.testkit.Postgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operaton opens a database of Camunda 7.24, and a worker finishes its instances there. */
@Tag("long")
class MoveToOperatonTest {

  /** At least so many of the cases wait, in different places. */
  private static final int MIN_WAITING = 30;

  /** Timers that Camunda sets become due while Operaton runs. */
  private static final Map<String, String> SOON_BUT_NOT_HERE =
      Map.of("SIGNSPACE_STATUSCHECK_FIRSTWAIT", "90s", "SIGNSPACE_STATUSCHECK_LONGESTWAIT", "90s");

  private final RunningSandbox server = RunningSandbox.start(0);
  private final SandboxControl sandbox = new SandboxControl(server.port());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void every_instance_of_this_version_is_finished_on_H2(@TempDir Path folder) throws Exception {
    Map<String, String> database =
        Map.of(
            "SPRING_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("engine"),
            "SPRING_DATASOURCE_USERNAME", "sa",
            "SPRING_DATASOURCE_PASSWORD", "");
    leaveWaiting(database);

    finish("moved", database, Map.of());
  }

  @ParameterizedTest
  @MethodSource("fi.signspace.plugin.upgrade.Recording#all")
  void every_instance_of_a_former_version_is_finished_on_postgresql(Recording recording)
      throws Exception {
    try (Postgres postgres = Postgres.start()) {
      recording.restore(postgres, "signspace");
      sandbox.restore(recording.sandboxState());

      finish(
          "moved-" + recording.version(),
          postgres.settings("signspace"),
          Map.of("SIGNSPACE_SEAL_SINCE", Instant.now().toString()));
    }
  }

  /** Camunda leaves every case in its place. */
  private void leaveWaiting(Map<String, String> database) throws Exception {
    Map<String, String> settings = new TreeMap<>(database);
    settings.put("TZ", UpgradeTest.ZONE);
    settings.putAll(SOON_BUT_NOT_HERE);
    Node camunda = Nodes.whole("moving", Optional.empty(), server.port(), settings);
    camunda.start();
    try {
      camunda.awaitReady();
      RecordVersion.deployExamples(Path.of("processes", "examples"), camunda.port());
      RecordVersion.begin(new Installation(new EngineRest(camunda.port()), sandbox));
      camunda.stop();
    } finally {
      camunda.kill();
    }
    sandbox.behave();
  }

  /** The users of the former engine log in as before. */
  private void finish(String name, Map<String, String> database, Map<String, String> upgrade) {
    Map<String, String> settings = new TreeMap<>(database);
    settings.put("TZ", UpgradeTest.ZONE);
    Node operaton = Operaton.node(name + "-operaton", settings);
    Node worker = worker(name + "-worker", operaton, upgrade);
    operaton.start();
    try {
      operaton.awaitReady();
      Installation at = new Installation(new EngineRest(operaton.port(), Login.DEMO), sandbox);
      assertThat(at.engine().get("/process-instance/count").get("count").asInt())
          .isGreaterThanOrEqualTo(MIN_WAITING);
      worker.start();
      worker.awaitReady();

      SoftAssertions softly = new SoftAssertions();
      Completion.of(at).check(softly);
      softly.assertAll();
    } finally {
      worker.kill();
      operaton.kill();
    }
  }

  private Node worker(String name, Node operaton, Map<String, String> upgrade) {
    Map<String, String> settings = new TreeMap<>(upgrade);
    settings.putAll(Completion.FREQUENT_CHECKS);
    settings.put("CAMUNDA_BPM_CLIENT_BASIC_AUTH_USERNAME", Login.DEMO.user());
    settings.put("CAMUNDA_BPM_CLIENT_BASIC_AUTH_PASSWORD", Login.DEMO.password());
    settings.put("SIGNSPACE_DEPLOY_ENABLED", "true");
    return Nodes.worker(name, operaton, server.port(), settings);
  }
}
