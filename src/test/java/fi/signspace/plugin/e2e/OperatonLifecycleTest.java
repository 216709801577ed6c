package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Operaton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same workers and models on Operaton, a fork of Camunda 7. A worker deploys the models and
 * uses an account with only the required permissions.
 */
@Tag("long")
class OperatonLifecycleTest extends LifecycleTest {

  /** An engine with default settings accepts letters and digits only. */
  private static final String USER = "signingWorker";

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Node OPERATON = Operaton.node();
  private static final Node WORKER = deploying("worker-of-operaton", "admin");

  @BeforeAll
  static void start() {
    OPERATON.start();
    WORKER.start();
    OPERATON.awaitReady();
    createWorkersUser();
    WORKER.awaitReady();
    await().atMost(LIMIT).until(() -> WORKER.log().contains("Processes and forms are deployed"));
  }

  @AfterAll
  static void stop() {
    WORKER.kill();
    OPERATON.kill();
  }

  @Override
  EngineRest engine() {
    return admin();
  }

  @Override
  SandboxControl sandbox() {
    return new SandboxControl(WORKER.port());
  }

  @Test
  void an_existing_deployment_is_not_repeated() {
    Node restarted = deploying("worker-again", "admin");

    restarted.start();
    await().atMost(LIMIT).until(() -> restarted.log().contains("Processes and forms are deployed"));
    restarted.kill();

    JsonNode deployments = admin().get("/deployment");
    assertThat(deployments).hasSize(1);
    JsonNode resources =
        admin().get("/deployment/" + deployments.get(0).get("id").asText() + "/resources");
    assertThat(resources.findValuesAsText("name"))
        .contains("processes/signing-request.bpmn", "forms/start-signing.html");
    assertThat(admin().get("/process-definition/key/signing-request/startForm").get("key").asText())
        .isEqualTo("embedded:deployment:forms/start-signing.html");
  }

  @Test
  void a_user_who_may_not_deploy_is_named_and_the_workers_work_on() {
    Node refused = deploying("worker-refused", USER);

    refused.start();
    refused.awaitReady();
    await().atMost(LIMIT).until(() -> refused.log().contains("NOT deployed"));
    boolean works = refused.isRunning();
    refused.kill();

    assertThat(works).isTrue();
    assertThat(refused.log())
        .contains("user " + USER, "CREATE", "signspace.deploy.username")
        .doesNotContain("worker-secret");
  }

  private static Node deploying(String name, String user) {
    return Nodes.workerWithSandbox(
        name,
        OPERATON,
        Map.of(
            "CAMUNDA_BPM_CLIENT_BASIC_AUTH_USERNAME",
            USER,
            "CAMUNDA_BPM_CLIENT_BASIC_AUTH_PASSWORD",
            "worker-secret",
            "SIGNSPACE_DEPLOY_ENABLED",
            "true",
            "SIGNSPACE_DEPLOY_USERNAME",
            user,
            "SIGNSPACE_DEPLOY_PASSWORD",
            user.equals("admin") ? "admin" : "worker-secret"));
  }

  private static EngineRest admin() {
    return new EngineRest(OPERATON.port(), "admin", "admin");
  }

  /** As docs/operations.md describes it. */
  private static void createWorkersUser() {
    ObjectNode user = EngineRest.variables();
    user.putObject("profile").put("id", USER).put("firstName", "Signing").put("lastName", "Worker");
    user.putObject("credentials").put("password", "worker-secret");
    admin().post("/user/create", user);
    for (String process : List.of("signing-request", "signing-status-sweep")) {
      grant(
          PROCESS_DEFINITION, process, "READ", "READ_INSTANCE", "UPDATE_INSTANCE", "READ_HISTORY");
    }
  }

  /** The name of the resource in the REST API of Operaton and Camunda. */
  private static final int PROCESS_DEFINITION = 6;

  private static void grant(int resource, String id, String... permissions) {
    ObjectNode grant =
        EngineRest.variables()
            .put("type", 1)
            .put("userId", USER)
            .put("resourceType", resource)
            .put("resourceId", id);
    for (String permission : permissions) {
      grant.withArray("permissions").add(permission);
    }
    admin().post("/authorization/create", grant);
  }
}
