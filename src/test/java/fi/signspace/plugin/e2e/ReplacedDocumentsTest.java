package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Anna has signed, then the document is replaced: every view of the request shows it. */
@EndToEnd
class ReplacedDocumentsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TITLE = "As it was sent";
  private static final String EARLY = "anna@example.com signed before documents were replaced on";

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  @LocalServerPort private int port;

  private String key;
  private String id;
  private EngineRest engine;
  private SandboxControl sandbox;
  private ApiClient api;
  private RunningCase loan;

  @BeforeEach
  void startRequest() {
    key = "replaced-" + System.nanoTime();
    engine = new EngineRest(port);
    sandbox = new SandboxControl(port);
    api = new ApiClient(port, Login.DEMO);
    id = engine.start(key, RunningCase.request(TITLE));
    loan = new RunningCase(engine, key);
    loan.awaitTask("userTask_manageSigning");
  }

  @Test
  void forms_api_evidence_tasklist_and_cockpit_show_signatures_of_replaced_documents()
      throws IOException {
    sandbox.sign(loan.requestId(), RunningCase.ANNA);
    api.act(id, "check");
    await().atMost(PATIENCE).until(() -> request().path("signaturesCompleted").asInt() == 1);
    assertThat(anna(request()).has("documentsReplacedAt")).isFalse();

    Response replaced =
        api.replaceDocuments(id, new Form().document("other.pdf", Pdfs.withText("Other")));

    assertThat(replaced.status()).as(replaced.text()).isEqualTo(202);
    assertThat(anna(replaced.json()).has("documentsReplacedAt")).isTrue();
    // a check that is demanded replaces the one that runs
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(() -> isReplaced() && checked("documentsReplacedAt"));
    TasklistPage tasklist = new TasklistPage(BROWSER, port);
    tasklist.openAs(Login.CLERK);
    FormPage form = tasklist.task(loan.awaitTask("userTask_manageSigning"));
    assertThat(form.textOf("[data-participant='%s']".formatted(RunningCase.ANNA)))
        .contains("Signed the former documents");
    relabel();
    sandbox.sign(loan.requestId(), RunningCase.BERT);
    api.act(id, "check");
    loan.awaitEnd("endEvent_signed");
    JsonNode signed = request();
    assertThat(signed.get("title").asText()).isEqualTo(TITLE);
    assertThat(signed.get("participants")).hasSize(3);
    assertThat(anna(signed).has("documentsReplacedAt")).isTrue();
    assertThat(signed.get("signatures").get(1).has("documentsReplacedAt")).isFalse();
    assertThat(anna(evidence()).get("documentsReplacedAt").asText())
        .isEqualTo(anna(signed).get("documentsReplacedAt").asText());
    tasklist.openAs(Login.CLERK);
    SignedDocumentsPage documents = tasklist.signedDocuments("Signed documents");
    documents.find(key);
    assertThat(documents.awaitRow(key)).contains(TITLE, EARLY).doesNotContain("Relabelled");
    CockpitPage cockpit = new CockpitPage(BROWSER, port);
    cockpit.open();
    cockpit.awaitInSection("Finished signing requests", EARLY);
    cockpit.find(key);
    cockpit.press("History");
    BROWSER.see(By.xpath("//h4[.='History of " + key + "']"));
    assertThat(BROWSER.see(By.xpath("//h3[.='Find a signing request']/..")).getText())
        .contains(TITLE, EARLY, ", before documents were replaced on")
        .doesNotContain("Relabelled");
  }

  private JsonNode request() {
    return api.get(id).json();
  }

  private static JsonNode anna(JsonNode request) {
    JsonNode signature = request.get("signatures").get(0);
    assertThat(signature.get("signedBy").asText()).isEqualTo(RunningCase.ANNA);
    return signature;
  }

  private boolean isReplaced() {
    return sandbox.requests(TITLE).stream().anyMatch(r -> r.toString().contains("other.pdf"));
  }

  private boolean checked(String member) {
    if (!request().get("status").asText().equals("awaiting")) {
      return false;
    }
    api.act(id, "check");
    return anna(request()).has(member);
  }

  /** Admins may change it; the sent values remain. */
  private void relabel() {
    for (String variable : new String[] {"title", "description"}) {
      ObjectNode value = EngineRest.variables().put("type", "String").put("value", "Relabelled");
      engine.put("/process-instance/" + id + "/variables/" + variable, value);
    }
  }

  /** The signatures in the evidence, in the format of the API. */
  private JsonNode evidence() throws IOException {
    String jws = api.get(id + "/evidence").text();
    byte[] payload = Base64.getUrlDecoder().decode(jws.split("\\.", -1)[1]);
    ObjectNode request = EngineRest.variables();
    request.set("signatures", new ObjectMapper().readTree(payload).at("/signatures/given"));
    return request;
  }
}
