package fi.signspace.plugin.upgrade;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  private static final int CASES_AT_ONCE = 8;

  private final ExecutorService threads = Executors.newFixedThreadPool(CASES_AT_ONCE);
  private RunningSandbox server = RunningSandbox.start(0);

  static List<Recording> recordings() {
    return Recording.all();
  }

  @AfterEach
  void stop() {
    server.close();
    threads.shutdownNow();
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
    settings.put("SIGNSPACE_STATUSCHECK_FIRSTWAIT", "2s");
    settings.put("SIGNSPACE_STATUSCHECK_LONGESTWAIT", "2s");
    Node node =
        Nodes.whole("upgrade-" + recording.version(), Optional.empty(), server.port(), settings);
    node.start();
    try {
      node.awaitReady();
      Installation at = new Installation(new EngineRest(node.port()), sandbox);
      SoftAssertions softly = new SoftAssertions();
      for (Future<?> done : finish(at)) {
        softly.assertThatCode(() -> rethrow(done)).doesNotThrowAnyException();
      }
      UpgradeCase.ALL.forEach(it -> check(at, it, softly));
      softly.assertThat(messages(at.engine().get("/history/incident"))).isEmpty();
      softly.assertAll();
    } finally {
      node.kill();
    }
  }

  private List<Future<?>> finish(Installation at) {
    List<Future<?>> all = new ArrayList<>();
    for (UpgradeCase it : UpgradeCase.ALL) {
      all.add(
          threads.submit(
              () -> {
                it.finished().take(at, it);
                at.awaitEnd(it.process(), it.key(), it.end());
              }));
    }
    return all;
  }

  private static void rethrow(Future<?> done) throws Throwable {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  private static void check(Installation at, UpgradeCase it, SoftAssertions softly) {
    String instance = at.instance(it.process(), it.key());
    softly
        .assertThat(at.sandbox().requests(it.title()))
        .as("requests of " + it.key())
        .hasSize(it.requests());
    Map<String, Object> variables = at.engine().variablesOf(instance);
    boolean isSigned = it.signedText() != null;
    softly
        .assertThat(variables.containsKey(it.signedDocument()))
        .as(it.key() + " has a signed document")
        .isEqualTo(isSigned);
    if (isSigned && variables.containsKey(it.signedDocument())) {
      softly
          .assertThat(Pdfs.textOf(at.engine().file(instance, it.signedDocument())))
          .as("signed document of " + it.key())
          .contains(it.signedText(), Installation.ANNA);
    }
    if (it.process().equals(Installation.SIGNING_REQUEST)) {
      checkReport(at, it, instance, variables, softly);
    }
  }

  private static void checkReport(
      Installation at,
      UpgradeCase it,
      String instance,
      Map<String, Object> variables,
      SoftAssertions softly) {
    String outcome = it.end().substring("endEvent_".length());
    JsonNode view = at.engine().at("/api").get("/signing-requests/" + instance);
    softly.assertThat(view.get("status").asText()).as("status of " + it.key()).isEqualTo(outcome);
    softly.assertThat(variables).as(it.key()).containsEntry("signingOutcome", outcome);
    softly
        .assertThat(!view.get("evidence").isNull())
        .as(it.key() + " has evidence")
        .isEqualTo(outcome.equals("signed") && !it.isFinishedBefore());
  }

  private static List<String> messages(JsonNode incidents) {
    List<String> messages = new ArrayList<>();
    incidents.forEach(
        incident ->
            messages.add(
                incident.get("activityId").asText()
                    + ": "
                    + incident.path("incidentMessage").asText()));
    return messages;
  }
}
