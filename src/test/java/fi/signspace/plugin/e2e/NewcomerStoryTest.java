package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The first steps of a new user: from Tasklist to the signed PDFs. */
@EndToEnd
class NewcomerStoryTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  @Test
  void two_documents_are_signed_by_two_people(@TempDir Path folder) throws IOException {
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    SandboxControl sandbox = new SandboxControl(port);
    EngineRest engine = new EngineRest(port);
    Path lease = Files.write(folder.resolve("lease.pdf"), Pdfs.withText("Lease of a flat"));
    Path annex = Files.write(folder.resolve("Liite äö.pdf"), Pdfs.withText("Annex"));

    tasklist.open();
    FormPage start = tasklist.startDialog();
    start.type("title", "Newcomer's lease");
    start.choose(lease, annex);
    start.type("displayName", "Anna Virtanen");
    start.type("handle", "anna@example.com");
    start.addParticipant("", "bert@example.com");
    start.type("businessKey", "newcomer-1");
    BROWSER.screenshot("newcomer-1-start");
    tasklist.pressStart();
    tasklist.awaitStarted();
    String instance =
        engine.get("/process-instance?businessKey=newcomer-1").get(0).get("id").asText();
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> engine.userTasks(instance).contains("userTask_manageSigning"));
    JsonNode request = sandbox.requests("Newcomer's lease").get(0);
    String task = engine.get("/task?processInstanceId=" + instance).get(0).get("id").asText();
    FormPage manage = tasklist.claim(task);
    BROWSER.screenshot("newcomer-2-manage");
    manage.press("[value=checkStatus]");
    tasklist.awaitTaskDone();
    SandboxPage page = new SandboxPage(BROWSER, port);
    page.open();
    page.sign(request.get("_id").asText(), "anna@example.com");
    page.sign(request.get("_id").asText(), "bert@example.com");
    BROWSER.screenshot("newcomer-3-signed");

    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(engine.endOf(instance)).contains("endEvent_signed"));
    assertThat(engine.variablesOf(instance))
        .containsEntry("signedDocument1", "lease.pdf")
        .containsEntry("signedDocument2", "Liite äö.pdf");
    assertThat(Pdfs.textOf(engine.file(instance, "signedDocument1")))
        .contains("Lease of a flat", "anna@example.com", "bert@example.com");
    assertThat(Pdfs.textOf(engine.file(instance, "signedDocument2"))).contains("Annex");
  }
}
