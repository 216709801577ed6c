package fi.signspace.plugin.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Unsealed variables in instances that began after states were sealed: those of a running worker of
 * the former version, and forged ones.
 */
@Tag("long")
class UnsealedTest {

  private static final RunningSandbox SERVER = RunningSandbox.start(0);
  private static final Map<String, String> OFTEN =
      Map.of("SIGNSPACE_STATUSCHECK_FIRSTWAIT", "2s", "SIGNSPACE_STATUSCHECK_LONGESTWAIT", "2s");
  private static final SandboxControl SANDBOX = new SandboxControl(SERVER.port());
  private static final Node ENGINE =
      Nodes.engine(
          "unsealed-engine",
          Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:mem:unsealed;DB_CLOSE_DELAY=-1"),
          SERVER.port());
  private static final Node WORKER = Nodes.worker("unsealed-worker", ENGINE, SERVER.port(), OFTEN);

  private static final EngineRest REST = new EngineRest(ENGINE.port());
  private static final Installation AT = new Installation(REST, SANDBOX);

  private final FormerWorker former = new FormerWorker(REST, SERVER.port());
  private final String key = "unsealed-" + System.nanoTime();

  @BeforeAll
  static void start() {
    ENGINE.start();
    ENGINE.awaitReady();
  }

  @AfterAll
  static void stop() {
    WORKER.kill();
    ENGINE.kill();
    SERVER.close();
  }

  @BeforeEach
  void work() {
    SANDBOX.behave();
    if (!WORKER.isRunning()) {
      WORKER.start();
      WORKER.awaitReady();
    }
  }

  @Test
  void a_request_that_a_former_worker_created_is_an_incident_and_is_not_created_again()
      throws Exception {
    String instance = startUntilCreation();

    FormerWorker.Created created = former.create(instance);
    former.complete(created);
    work();

    assertThat(awaitIncident(instance)).contains("signingState", created.requestId());
    assertThat(SANDBOX.requests(key)).hasSize(1);
  }

  @Test
  void an_unreported_request_of_a_former_worker_is_found() throws Exception {
    String instance = startUntilCreation();

    FormerWorker.Created created = former.create(instance);
    former.disappear(created);
    work();
    AT.awaitTask(Installation.SIGNING_REQUEST, key, "userTask_manageSigning");
    AT.sign(key, Installation.ANNA);

    AT.awaitEnd(Installation.SIGNING_REQUEST, key, "endEvent_signed");
    assertThat(SANDBOX.requests(key)).hasSize(1);
    assertThat(REST.variablesOf(instance)).containsEntry("signingRequestId", created.requestId());
  }

  @Test
  void the_request_of_another_instance_is_not_accepted_without_a_seal() {
    String others = key + "-of-others";
    REST.start(others, Installation.request(others));
    AT.awaitTask(Installation.SIGNING_REQUEST, others, "userTask_manageSigning");
    REST.start(key, Installation.rarelyCheckedRequest(key));
    AT.awaitTask(Installation.SIGNING_REQUEST, key, "userTask_manageSigning");
    String instance = AT.instance(Installation.SIGNING_REQUEST, key);

    ObjectNode forged = EngineRest.variables();
    EngineRest.putString(
        forged.putObject("modifications"), "signingRequestId", AT.awaitRequest(others));
    forged.putArray("deletions").add("signingState");
    REST.post("/process-instance/%s/variables".formatted(instance), forged);
    REST.message("cancelSigning", key, null);

    assertThat(awaitIncident(instance)).contains("signingState, which alone proves", "is missing");
    assertThat(SANDBOX.requests(others).get(0).get("status").asText()).isEqualTo("open");
  }

  /** A worker of this version uploads the documents and is stopped. */
  private String startUntilCreation() {
    SANDBOX.forbidCreation();
    REST.start(key, Installation.request(key));
    String instance = AT.instance(Installation.SIGNING_REQUEST, key);
    awaitIncident(instance);
    WORKER.kill();
    SANDBOX.behave();
    retry(instance);
    return instance;
  }

  private static String awaitIncident(String instance) {
    String path = "/incident?processInstanceId=" + instance;
    await(instance).atMost(Duration.ofMinutes(2)).until(() -> REST.get(path).size() == 1);
    return REST.get(path).get(0).get("incidentMessage").asText();
  }

  private static void retry(String instance) {
    JsonNode task = REST.get("/external-task?processInstanceId=" + instance).get(0);
    REST.put(
        "/external-task/%s/retries".formatted(task.get("id").asText()),
        EngineRest.variables().put("retries", 1));
  }
}
