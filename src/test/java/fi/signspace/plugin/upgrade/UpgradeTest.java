package fi.signspace.plugin.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.nio.file.Path;
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

  private void finish(Recording recording, Map<String, String> database) throws Exception {
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
