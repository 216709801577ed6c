package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * A page loaded over plain HTTP from another host: the browser then offers no WebCrypto for
 * encryption.
 */
@EndToEnd
@Tag("long")
class FormWithoutHttpsTest {

  private static final String HOST = "signing.example";
  private static final String REASON =
      "Identity codes require an encrypted connection. Open this page with https.";

  @RegisterExtension
  static final Browser BROWSER =
      new Browser(
          "en",
          "--host-resolver-rules=MAP " + HOST + " 127.0.0.1",
          "--disable-features=HttpsUpgrades");

  @LocalServerPort private int port;
  @TempDir private Path folder;

  @Test
  void without_https_only_an_identity_code_cannot_be_sent() throws IOException {
    EngineRest engine = new EngineRest(port);
    String key = "plain-http-" + System.nanoTime();
    TasklistPage tasklist = new TasklistPage(BROWSER, HOST, port);
    tasklist.open();
    FormPage form = tasklist.startDialog();
    form.type("title", key);
    form.choose(Files.write(folder.resolve("lease.pdf"), Pdfs.withText("Lease")));
    form.type("handle", RunningCase.ANNA);
    form.press("summary");
    form.type("businessKey", key);

    form.press("[name=useNin]");
    form.awaitText(".signing-error", REASON);
    form.type("nin", "131052-308T");
    tasklist.pressStart();

    form.awaitText("[role=alert]", "Not sent yet");
    assertThat(form.errorOf("nin")).isEqualTo(REASON);
    assertThat(BROWSER.driver().executeScript("return window.isSecureContext")).isEqualTo(false);
    assertThat(engine.get("/history/process-instance?processInstanceBusinessKey=" + key)).isEmpty();
    BROWSER.screenshot("start-without-https");

    form.press("[name=useNin]");
    tasklist.pressStart();
    tasklist.awaitStarted();
    String instance =
        engine
            .get("/history/process-instance?processInstanceBusinessKey=" + key)
            .get(0)
            .get("id")
            .asText();
    assertThat(engine.variablesOf(instance).get("participants"))
        .asString()
        .contains(RunningCase.ANNA)
        .doesNotContain("nin", "131052");
  }
}
