package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.RunningCase.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import fi.signspace.plugin.testkit.Operaton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** Every form in a page without Tasklist, on Operaton: {@code src/test/resources/standalone}. */
@Tag("long")
class StandaloneFormsTest {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Login ADMIN = new Login("admin", "admin");
  private static final Node OPERATON = Operaton.node();
  private static final Node WORKER =
      Nodes.workerWithSandbox(
          "worker-of-standalone-forms",
          OPERATON,
          Map.of(
              "CAMUNDA_BPM_CLIENT_BASIC_AUTH_USERNAME",
              ADMIN.user(),
              "CAMUNDA_BPM_CLIENT_BASIC_AUTH_PASSWORD",
              ADMIN.password(),
              "SIGNSPACE_DEPLOY_ENABLED",
              "true",
              // this engine does not repeat a decision that conflicts with a check
              "SIGNSPACE_STATUS_CHECK_FIRST_WAIT",
              "10m",
              "SIGNSPACE_STATUS_CHECK_LONGEST_WAIT",
              "10m"));

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  private final String key = "standalone-" + System.nanoTime();
  private final EngineRest engine = new EngineRest(OPERATON.port(), ADMIN);
  private final RunningCase signing = new RunningCase(engine, key);
  private final SandboxControl sandbox = new SandboxControl(WORKER.port());
  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    OPERATON.start();
    OPERATON.awaitReady();
    WORKER.start();
    WORKER.awaitReady();
    await().atMost(LIMIT).until(() -> WORKER.log().contains("Processes and forms are deployed"));
  }

  @AfterAll
  static void stop() {
    WORKER.kill();
    OPERATON.kill();
  }

  @BeforeEach
  void logIn() {
    BROWSER
        .driver()
        .executeCdpCommand(
            "Network.setExtraHTTPHeaders",
            Map.of("headers", Map.of("Authorization", ADMIN.authorization())));
  }

  @Test
  void a_request_is_started_cancelled_and_closed() throws IOException {
    FormPage form = page("");
    form.type("title", key);
    form.choose(Files.write(folder.resolve("lease.pdf"), Pdfs.withText("Lease")));
    form.type("handle", "no address");
    form.press("summary");
    form.type("businessKey", key);
    BROWSER.click(By.id("start"));
    form.awaitText("[role=alert]", "Not sent yet");
    form.type("handle", ANNA);
    BROWSER.screenshot("standalone-start");
    BROWSER.click(By.id("start"));

    FormPage manage = page(signing.awaitTask("userTask_manageSigning"));
    assertThat(manage.textOf("[data-participant]")).contains(ANNA);
    BROWSER.screenshot("standalone-manage");
    manage.press("[value=cancelSigning]");
    manage.press("[data-action=yes]");

    // the page opens the task that follows
    FormPage cancelled = new FormPage(BROWSER, "main");
    cancelled.press("[value=close]");
    cancelled.press("[data-action=yes]");

    signing.awaitEnd("endEvent_cancelled");
  }

  @Test
  void documents_are_replaced() throws IOException {
    engine.start(key, RunningCase.request(key));

    FormPage manage = page(signing.awaitTask("userTask_manageSigning"));
    manage.press("[value=replaceDocuments]");
    manage.choose(Files.write(folder.resolve("better.pdf"), Pdfs.withText("A better lease")));
    manage.press("[data-action=replace]");

    await()
        .atMost(LIMIT)
        .until(() -> sandbox.requests(key).get(0).get("documents").toString().contains("better"));
  }

  @Test
  void a_refused_request_is_corrected() {
    var refused = RunningCase.request(key);
    EngineRest.putJson(refused, "participants", "[{\"handle\": \"nobody\", \"role\": \"signer\"}]");
    engine.start(key, refused);

    FormPage correct = page(signing.awaitTask("userTask_correctRequest"));
    assertThat(correct.errorOf("handle")).contains("name@example.com");
    correct.type("handle", ANNA);
    correct.press("[value=retry]");

    signing.awaitTask("userTask_manageSigning");
    assertThat(sandbox.requests(key)).hasSize(1);
  }

  @Test
  void a_problem_is_resolved() {
    engine.start(key, RunningCase.request(key));
    signing.awaitTask("userTask_manageSigning");
    sandbox.act(sandbox.requests(key).get(0).get("_id").asText(), "hold");
    engine.checkStatus(key);

    FormPage problem = page(signing.awaitTask("userTask_resolveProblem"));
    assertThat(problem.textOf(".signing-problem")).contains("on hold");
    problem.press("[value=reopenSigning]");

    signing.awaitTask("userTask_manageSigning");
    assertThat(sandbox.requests(key).get(0).get("status").asText()).isEqualTo("open");
  }

  /**
   * @param task empty: the start form
   */
  private static FormPage page(String task) {
    String query = task.isEmpty() ? "" : "&task=" + task;
    // a busy Chromium may ignore all input to a page that directly follows one of the same site
    BROWSER.driver().get("about:blank");
    BROWSER
        .driver()
        .get(
            "http://localhost:%d/forms.html?user=%s%s"
                .formatted(OPERATON.port(), ADMIN.user(), query));
    return new FormPage(BROWSER, "main");
  }
}
