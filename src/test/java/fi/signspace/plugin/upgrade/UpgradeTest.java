package fi.signspace.plugin.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import fi.signspace.plugin.testkit.ShellBlock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * This version finishes the instances of former versions. {@link RecordVersion} records a version.
 */
@Tag("long")
class UpgradeTest {

  /** Times in the database have no zone. */
  static final String ZONE = "UTC";

  /** At least so many instances of signing-request wait, in different places. */
  private static final int MIN_MIGRATED = 20;

  /** What is done with the running instances before they are finished. */
  @FunctionalInterface
  private interface Migration {
    void run(EngineRest engine, int port) throws Exception;
  }

  private final RunningSandbox server = RunningSandbox.start(0);

  static List<Recording> recordings() {
    return Recording.all();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void every_instance_is_finished_on_H2(Recording recording, @TempDir Path folder)
      throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("engine");
    recording.restore(url);

    finish(recording, Map.of("SPRING_DATASOURCE_URL", url));
  }

  @ParameterizedTest
  @MethodSource("recordings")
  void every_instance_is_finished_on_postgresql(Recording recording) throws Exception {
    try (Postgres postgres = Postgres.start()) {
      recording.restore(postgres, "signspace");

      finish(recording, postgres.settings("signspace"));
    }
  }

  /** With the commands of docs/migration.md, while the workers run. */
  @ParameterizedTest
  @MethodSource("recordings")
  void every_instance_is_migrated_to_the_new_model_and_finished(
      Recording recording, @TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("engine");
    recording.restore(url);

    finish(recording, Map.of("SPRING_DATASOURCE_URL", url), UpgradeTest::migrate);
  }

  private static void migrate(EngineRest engine, int port) throws Exception {
    Map<String, String> variables =
        Map.of(
            "ENGINE",
            "http://localhost:%d/engine-rest".formatted(port),
            "LOGIN",
            Login.DEMO.user() + ":" + Login.DEMO.password());
    JsonNode former =
        engine.get("/process-definition?key=signing-request&sortBy=version&sortOrder=asc").get(0);
    String running = "/process-instance/count?processDefinitionId=" + former.get("id").asText();
    assertThat(engine.get(running).get("count").asInt()).isGreaterThanOrEqualTo(MIN_MIGRATED);

    String output = ShellBlock.of("docs/migration.md", "migration/executeAsync").run(variables);

    // an instance that ends meanwhile leaves a failed job behind
    await(output)
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(engine.get(running).get("count").asInt()).isZero());
  }

  private void finish(Recording recording, Map<String, String> database) throws Exception {
    finish(recording, database, (engine, port) -> {});
  }

  private void finish(Recording recording, Map<String, String> database, Migration migration)
      throws Exception {
    SandboxControl sandbox = new SandboxControl(server.port());
    sandbox.restore(recording.sandboxState());
    Map<String, String> settings = new TreeMap<>(database);
    settings.put("TZ", ZONE);
    settings.putAll(Completion.FREQUENT_CHECKS);
    Node node =
        Nodes.whole("upgrade-" + recording.version(), Optional.empty(), server.port(), settings);
    node.start();
    try {
      node.awaitReady();
      Installation at = new Installation(new EngineRest(node.port()), sandbox);
      migration.run(at.engine(), node.port());
      SoftAssertions softly = new SoftAssertions();
      Completion.of(at).check(softly);
      UpgradeCase.ALL.stream()
          .filter(it -> it.process().equals(Installation.SIGNING_REQUEST))
          .forEach(it -> checkReport(at, it, softly));
      softly.assertAll();
    } finally {
      node.kill();
    }
  }

  private static void checkReport(Installation at, UpgradeCase it, SoftAssertions softly) {
    String outcome = it.outcome();
    JsonNode view =
        at.engine().at("/api").get("/signing-requests/" + at.instance(it.process(), it.key()));
    softly.assertThat(view.get("status").asText()).as("status of " + it.key()).isEqualTo(outcome);
    softly
        .assertThat(!view.get("evidence").isNull())
        .as(it.key() + " has evidence")
        .isEqualTo(outcome.equals("signed") && !it.isFinishedBefore());
  }
}
