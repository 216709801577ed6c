package fi.signspace.plugin.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Postgres;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The database is lost and restored from a backup, as docs/operations.md says. What was sent since
 * the backup is not sent again; what was open goes on.
 */
@Tag("long")
class RestoreTest {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final List<String> ROWS = List.of("Row-1", "Row-2", "Row-3");
  private static final Clock CLOCK = Clock.systemUTC();

  /** Of engine and worker; a list waits while two requests are on their way. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "SIGNSPACE_SEAL_SECRET",
          "one-secret-of-the-nodes-of-this-test",
          "SIGNSPACE_BULK_MAXUNSENT",
          "2");

  private final Postgres postgres = Postgres.start();
  private final RunningSandbox signSpace = RunningSandbox.start(0);
  private final SandboxControl sandbox = new SandboxControl(signSpace.port());
  private Node engineNode;
  private Node worker;
  private EngineRest engine;

  @BeforeEach
  void start() {
    postgres.createDatabase("signspace");
    Map<String, String> settings = new TreeMap<>(postgres.settings("signspace"));
    settings.putAll(SETTINGS);
    engineNode = Nodes.engine("restore-engine", settings, signSpace.port());
    engine = new EngineRest(engineNode.port());
    engineNode.start();
    engineNode.awaitReady();
    startWorker(Map.of());
  }

  private void startWorker(Map<String, String> restore) {
    Map<String, String> settings = new TreeMap<>(restore);
    settings.putAll(SETTINGS);
    worker =
        Nodes.worker("restore-worker-" + restore.size(), engineNode, signSpace.port(), settings);
    worker.start();
    worker.awaitReady();
  }

  @AfterEach
  void stop() {
    Stream.of(worker, engineNode).forEach(Node::kill);
    postgres.close();
    signSpace.close();
  }

  @Test
  void nothing_is_sent_twice_and_open_requests_go_on() {
    // given requests in every place before they are sent, and one that has been sent
    start("Open");
    awaitSent("Open");
    sandbox.misbehave(
        """
        [{"operation": "tasks.signingRequest.create", "kind": "status", "status": 503}]\
        """);
    start("Uploaded");
    await()
        .atMost(LIMIT)
        .until(
            () ->
                engine
                    .get(
                        "/history/external-task-log?failureLog=true&activityIdIn=serviceTask_createSigningRequest")
                    .findValuesAsText("processInstanceId")
                    .contains(instance("Uploaded")));
    worker.stop();
    sandbox.behave();
    start("Not uploaded");
    assertThat(new ApiClient(engineNode.port(), Login.DEMO).startList(list()).status())
        .isEqualTo(202);

    // when all are sent after the backup, one more is started, and the database is lost
    engineNode.stop();
    String backupAt = CLOCK.instant().toString();
    copyDatabase("signspace", "backup");
    engineNode.start();
    engineNode.awaitReady();
    startWorker(Map.of());
    start("Lost");
    Stream.concat(Stream.of("Uploaded", "Not uploaded", "Lost"), ROWS.stream())
        .forEach(this::awaitSent);
    sign("Open");
    await().atMost(LIMIT).until(() -> engine.endOf(instance("Open")).isPresent());
    worker.stop();
    engineNode.stop();
    postgres.execute("postgres", "DROP DATABASE signspace");
    copyDatabase("backup", "signspace");
    engineNode.start();
    engineNode.awaitReady();
    startWorker(
        Map.of(
            "SIGNSPACE_RESTORE_BACKUPAT",
            backupAt,
            "SIGNSPACE_RESTORE_RESTOREDAT",
            CLOCK.instant().toString()));

    // then what SignSpace and the backup know goes on, and the others are decided by the operator
    sign("Uploaded");
    new RunningCase(engine, "Open").awaitEnd("endEvent_signed");
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> assertThat(engine.endOf(instance("Uploaded"))).contains("endEvent_signed"));
    Stream.concat(Stream.of("Not uploaded"), ROWS.stream())
        .forEach(title -> assertThat(awaitIncident(title)).contains(backupAt, sent(title)));
    assertThat(engine.get("/history/process-instance?processInstanceBusinessKey=Lost")).isEmpty();
    assertThat(worker.log()).contains("The database was restored from a backup of " + backupAt);
    assertThat(sandbox.requests())
        .extracting(request -> request.get("title").asText())
        .containsExactlyInAnyOrder(
            "Open", "Uploaded", "Not uploaded", "Lost", "Row-1", "Row-2", "Row-3");

    // when one is cancelled in SignSpace and retried, then it alone is sent again
    sandbox.act(sent("Not uploaded"), "cancel");
    retry("Not uploaded");
    await().atMost(LIMIT).until(() -> sandbox.requests("Not uploaded").size() == 2);
    assertThat(sandbox.requests()).hasSize(8);
  }

  private void start(String title) {
    engine.start(title.replace(' ', '-'), request(title));
  }

  private static ObjectNode request(String title) {
    ObjectNode variables = RunningCase.request(title);
    EngineRest.putJson(
        variables,
        "participants",
        "[{\"handle\": \"%s\", \"role\": \"signer\"}]".formatted(RunningCase.ANNA));
    EngineRest.putString(variables, "statusCheckInterval", "PT1S");
    return variables;
  }

  private static Form list() {
    StringBuilder rows = new StringBuilder("businessKey;title;signer1\r\n");
    ROWS.forEach(row -> rows.append("%s;%s;%s\r\n".formatted(row, row, RunningCase.ANNA)));
    return new Form()
        .list("leases.csv", rows.toString().getBytes(UTF_8))
        .document("lease.pdf", Pdfs.withText("Lease"));
  }

  private String instance(String title) {
    return new RunningCase(engine, title.replace(' ', '-')).instance();
  }

  private void awaitSent(String title) {
    await(title).atMost(LIMIT).until(() -> !sandbox.requests(title).isEmpty());
  }

  private String sent(String title) {
    return sandbox.requests(title).get(0).get("_id").asText();
  }

  private void sign(String title) {
    sandbox.sign(sent(title), RunningCase.ANNA);
  }

  private String awaitIncident(String title) {
    await(title).atMost(LIMIT).ignoreExceptions().until(() -> !incidents(title).isEmpty());
    return incidents(title).get(0).get("incidentMessage").asText();
  }

  private JsonNode incidents(String title) {
    return engine.get("/incident?processInstanceId=" + instance(title));
  }

  private void retry(String title) {
    String task =
        engine.get("/external-task?processInstanceId=" + instance(title)).get(0).get("id").asText();
    engine.put("/external-task/" + task + "/retries", EngineRest.variables().put("retries", 1));
  }

  /** The embedded server has no pg_dump; {@code ImagesIT} runs that. */
  private void copyDatabase(String from, String to) {
    postgres.execute(
        "postgres", "CREATE DATABASE %s TEMPLATE %s OWNER signspace".formatted(to, from));
  }
}
