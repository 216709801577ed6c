package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.testkit.CleanUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The forms of the two examples in Tasklist, in the three languages. */
@EndToEnd
@Tag("long")
class ExampleFormsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;
  @Autowired private RuntimeService runtime;
  @TempDir private Path folder;

  private EngineRest engine;
  private SandboxControl sandbox;
  private TasklistPage tasklist;
  private String name;

  @BeforeEach
  void prepare() {
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    tasklist = new TasklistPage(BROWSER, port);
    name = "Matti" + System.nanoTime();
  }

  @AfterEach
  void goHome() {
    BROWSER.liveIn("en", "Europe/Helsinki");
  }

  /** Instances that still wait would lose their requests when another test clears the sandbox. */
  @AfterEach
  void endAgreements() {
    CleanUp.delete(
        runtime,
        runtime.createProcessInstanceQuery().processDefinitionKey("non-disclosure-agreement"));
  }

  @Test
  void a_contract_is_approved_signed_and_archived_in_finnish() throws IOException {
    BROWSER.liveIn("fi-FI,fi", "Europe/Helsinki");
    tasklist.open();
    FormPage start = tasklist.startDialog("Example: employment contract");
    assertThat(start.text()).contains("Työntekijän nimi", "Sopimus (PDF)");
    start.type("employeeName", name);
    start.type("employeeEmail", "matti@example.com");
    start.type("employerEmail", "boss@example.com");
    start.chooseAs("contract", file("contract.pdf"));
    BROWSER.screenshot("example-start-contract-fi");
    tasklist.pressStart();
    tasklist.awaitStarted();

    String instance = instanceWith("employeeName");
    FormPage approve = tasklist.claimPlain(awaitTask(instance, "userTask_approveContract"));
    assertThat(approve.text()).contains("Onko sopimus kunnossa?", "contract.pdf");
    tasklist.awaitCompletable(false);
    approve.select("approved", "Kyllä, lähetetään allekirjoitettavaksi");
    BROWSER.screenshot("example-approve-contract-fi");
    tasklist.pressComplete();
    String title = "Employment contract of " + name;
    await().atMost(PATIENCE).until(() -> !sandbox.requests(title).isEmpty());
    String request = sandbox.requests(title).get(0).get("_id").asText();
    sandbox.sign(request, "matti@example.com");
    sandbox.sign(request, "boss@example.com");

    FormPage archive = tasklist.claimPlain(awaitTask(instance, "userTask_archiveContract"));
    assertThat(archive.text()).contains("Allekirjoitettu sopimus", "contract.pdf");
    archive.type("archivePlace", "Room 12");
    BROWSER.screenshot("example-archive-contract-fi");
    tasklist.pressComplete();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(engine.endOf(instance)).contains("endEvent_contractArchived"));
    assertThat(engine.variablesOf(instance)).containsEntry("archivePlace", "Room 12");
  }

  @Test
  void an_agreement_is_proposed_in_swedish() throws IOException {
    BROWSER.liveIn("sv-FI,sv", "Europe/Helsinki");
    tasklist.open();
    FormPage start = tasklist.startDialog("Example: non-disclosure agreement");
    assertThat(start.text()).contains("E-postadress till den som undertecknar för oss");
    start.type("partnerName", name);
    start.type("partnerEmail", "partner@example.com");
    start.type("ownEmail", "own@example.com");
    tasklist.pressStart();
    start.awaitText("[role=alert]", "Lägg till minst ett dokument");
    start.chooseAs("agreement", file("nda.pdf"));
    BROWSER.screenshot("example-start-agreement-sv");
    tasklist.pressStart();
    tasklist.awaitStarted();

    assertThat(engine.variablesOf(instanceWith("partnerName")))
        .containsEntry("partnerEmail", "partner@example.com")
        .containsEntry("agreement", "nda.pdf");
  }

  @Test
  void a_rejected_agreement_is_abandoned_in_english() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "partnerName", name);
    putString(variables, "partnerEmail", "partner.example.com");
    putString(variables, "ownEmail", "own@example.com");
    putFile(variables, "agreement", "nda.pdf", Pdfs.withText("NDA"));
    String instance = engine.start("non-disclosure-agreement", name, variables);
    tasklist.open();

    FormPage correct = tasklist.claimPlain(awaitTask(instance, "userTask_correctAgreement"));
    correct.awaitText("[role=alert]", "partner.example.com");
    tasklist.awaitCompletable(false);
    correct.select("sendAgain", "Give up");
    BROWSER.screenshot("example-correct-agreement");
    tasklist.pressComplete();

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(engine.endOf(instance)).contains("endEvent_agreementGivenUp"));
  }

  private String instanceWith(String variable) {
    String query = "/history/process-instance?variables=%s_eq_%s".formatted(variable, name);
    await().atMost(PATIENCE).until(() -> !engine.get(query).isEmpty());
    return engine.get(query).get(0).get("id").asText();
  }

  private String awaitTask(String instance, String userTask) {
    String query = "/task?processInstanceId=" + instance + "&taskDefinitionKey=" + userTask;
    JsonNode found =
        await().atMost(PATIENCE).until(() -> engine.get(query), tasks -> !tasks.isEmpty());
    return found.get(0).get("id").asText();
  }

  private Path file(String fileName) throws IOException {
    return Files.write(folder.resolve(fileName), Pdfs.withText(fileName));
  }
}
