package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The mails about a request, in the sandbox that takes them. */
@EndToEnd
class MailsTest {

  @RegisterExtension static final Browser BROWSER = new Browser("en");

  private static final String ANNA = "anna@example.com";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @LocalServerPort private int port;

  private ApiClient api;
  private SandboxControl sandbox;

  /** The title of the request whose mails count: requests of other tests send mails, too. */
  private String title = "";

  @BeforeEach
  void reset() {
    api = new ApiClient(port, Login.DEMO);
    sandbox = new SandboxControl(port);
    sandbox.reset();
    sandbox.deleteMails();
  }

  @Test
  void the_requester_reads_how_the_request_goes_on() {
    String id =
        start(
            "Vuokrasopimus", "\"recipientLanguage\": \"fi\", \"requester\": \"rita@example.com\"");
    sandbox.sign(signingRequestId(id), ANNA);
    api.act(id, "check");

    awaitMails("rita@example.com", 3);

    assertThat(subjects("rita@example.com"))
        .containsExactly(
            "Lähetetty allekirjoitettavaksi: Vuokrasopimus",
            "Anna Andersson on allekirjoittanut: Vuokrasopimus",
            "Kaikki ovat allekirjoittaneet: Vuokrasopimus");
  }

  @Test
  void by_default_notices_go_to_the_user_who_started_the_request() {
    String id = start("Cancelled lease", "\"description\": \"Please\"");
    awaitMails("demo@sandbox.example", 1);

    api.act(id, "cancel");

    awaitMails("demo@sandbox.example", 2);
    awaitMails(ANNA, 1);
    assertThat(subjects("demo@sandbox.example"))
        .containsExactly(
            "Sent for signing: Cancelled lease", "The request has been cancelled: Cancelled lease");
    assertThat(subjects(ANNA)).containsExactly("The request has been cancelled: Cancelled lease");
  }

  @Test
  void those_who_have_not_signed_and_those_responsible_are_reminded() {
    String options =
        """
        "requester": "rita@example.com", "escalateAfter": "PT3S", "escalateTo": "signing-admins",
        "reminders": {"firstAfter": "PT1S", "every": "PT1S", "atMost": 1}\
        """;

    start("Escalated lease", options);

    awaitMails("rita@example.com", 3);
    awaitMails(ANNA, 1);
    awaitMails("demo@sandbox.example", 1);
    // Both timers may be due before the engine looks for either.
    assertThat(subjects("rita@example.com"))
        .containsExactlyInAnyOrder(
            "Sent for signing: Escalated lease",
            "Signatures are still missing: Escalated lease",
            "The request has been escalated: Escalated lease");
    assertThat(subjects(ANNA)).containsExactly("Your signature is awaited: Escalated lease");
    assertThat(subjects("demo@sandbox.example"))
        .containsExactly("A request has been escalated to you: Escalated lease");
  }

  @Test
  void a_requester_who_is_no_address_is_refused() {
    Form form = new Form().json(request("Lease", "\"requester\": \"rita\""));

    Response response = api.start(form.document("lease.pdf", Pdfs.withText("Lease")));

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.wrongFields()).containsExactly("requester");
  }

  @Test
  void the_sandbox_shows_the_mails_as_their_readers_see_them(@TempDir Path folder)
      throws IOException {
    start(
        "Lease <a href='https://evil.example'>sign here</a> & a very long title about a flat in"
            + " Pohjoisesplanadi 4711",
        "\"requester\": \"rita@example.com\", \"dueDate\": \"%s\"".formatted("2035-12-24"));
    awaitMails("rita@example.com", 1);
    BROWSER.logIn(Login.DEMO);
    BROWSER.driver().get("http://localhost:" + port + "/sandbox");

    BROWSER.click(By.cssSelector("#mails summary"));
    BROWSER.see(By.cssSelector("[data-mail] h3 a"));

    assertThat(BROWSER.seriousViolations("#mails")).isEmpty();
    BROWSER.screenshot("sandbox-mails");
    String mail = mails("rita@example.com").get(0).get("id").asText();
    BROWSER.driver().get("http://localhost:" + port + "/sandbox/mails/" + mail);
    BROWSER.see(By.tagName("h1"));
    // The sandbox lets a mail run no script; the check for accessibility is one.
    Path copy = Files.writeString(folder.resolve("mail.html"), BROWSER.driver().getPageSource());
    BROWSER.driver().get(copy.toUri().toString());
    BROWSER.see(By.tagName("h1"));
    for (int width : new int[] {1280, 390}) {
      BROWSER.resize(width, 900);
      assertThat(BROWSER.seriousViolations("body")).isEmpty();
      assertThat(BROWSER.driver().findElements(By.tagName("a"))).isEmpty();
      BROWSER.screenshot("mail-" + width);
    }
    BROWSER.resize(1280, 1400);
  }

  private String start(String title, String options) {
    this.title = title;
    Response started =
        api.start(
            new Form().json(request(title, options)).document("lease.pdf", Pdfs.withText("Lease")));
    assertThat(started.status()).as(started.text()).isEqualTo(201);
    String id = started.json().get("id").asText();
    await()
        .atMost(LIMIT)
        .until(() -> api.get(id).json().path("status").asText().equals("awaiting"));
    return id;
  }

  private String signingRequestId(String id) {
    return api.get(id).json().get("signingRequestId").asText();
  }

  private static String request(String title, String options) {
    return """
        {"title": "%s", "businessKey": "lease-4711", %s,
         "participants": [{"handle": "%s", "displayName": "Anna Andersson", "role": "signer"}]}\
        """
        .formatted(title, options, ANNA);
  }

  private void awaitMails(String to, int count) {
    await().atMost(LIMIT).untilAsserted(() -> assertThat(subjects(to)).hasSize(count));
  }

  /** The subjects of the mails to an address, oldest first. */
  private List<String> subjects(String to) {
    List<String> subjects = new ArrayList<>();
    mails(to).forEach(mail -> subjects.add(mail.get("subject").asText()));
    Collections.reverse(subjects);
    return subjects;
  }

  /** The mails about the request to an address, newest first. */
  private List<JsonNode> mails(String to) {
    List<JsonNode> mails = new ArrayList<>();
    for (JsonNode mail : sandbox.mails()) {
      if (mail.get("to").asText().equals(to)
          && mail.get("subject").asText().endsWith(": " + title)) {
        mails.add(mail);
      }
    }
    return mails;
  }
}
