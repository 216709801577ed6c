package fi.signspace.plugin.chaos;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fi.signspace.plugin.e2e.ApiClient;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.sandbox.RunningSandbox;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed while mails wait, or while reminders are due: each event still is a mail. */
@Tag("chaos")
class MailKillTest {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int REMINDERS = 4;
  private static final int KILLS = 2;
  private static final String RITA = "rita@example.com";

  @TempDir private Path folder;

  private final RunningSandbox signSpace = RunningSandbox.start(0);
  private GreenMail relay;
  private Node node;

  @AfterEach
  void stop() {
    node.kill();
    signSpace.close();
    relay.stop();
  }

  @Test
  void no_event_is_lost_when_node_and_relay_go_down() throws IOException {
    ServerSetup smtp = new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    relay = new GreenMail(smtp);
    node = node(smtp);
    node.start();
    node.awaitReady();
    EngineRest engine = new EngineRest(node.port());
    String id = engine.start("case-1", request());
    await().atMost(LIMIT).until(() -> engine.userTasks(id).contains("userTask_manageSigning"));
    node.kill();
    relay.start();

    node.start();
    node.awaitReady();

    // the sandbox of this node has lost the request, which is another event
    await().atMost(LIMIT).until(() -> sentMails().findAny().isPresent());
    assertThat(sentMails().map(mail -> header(mail, "Message-ID")).distinct()).hasSize(1);
  }

  @Test
  void no_reminder_is_lost_or_doubled_and_no_timer_restarts_when_the_node_is_killed()
      throws IOException {
    ServerSetup smtp = new ServerSetup(freePort(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    relay = new GreenMail(smtp);
    relay.start();
    node = Nodes.whole("reminding-node", Optional.empty(), signSpace.port(), settings(smtp));
    node.start();
    node.awaitReady();
    EngineRest engine = new EngineRest(node.port());
    ApiClient api = new ApiClient(node.port(), Login.DEMO);
    String waiting = engine.start("waiting", request());
    await().atMost(LIMIT).until(() -> nextNotice(api, waiting) != null);
    String planned = nextNotice(api, waiting);
    ObjectNode often = request();
    EngineRest.putJson(
        often,
        "reminders",
        "{\"firstAfter\": \"PT2S\", \"every\": \"PT3S\", \"atMost\": %s}".formatted(REMINDERS));
    String id = engine.start("reminded", often);

    for (int kill = 1; kill <= KILLS; kill++) {
      int given = kill;
      await()
          .pollInterval(ofMillis(100))
          .atMost(LIMIT)
          .until(() -> events(api, id, "reminded") >= given);
      node.kill();
      node.start();
      node.awaitReady();
    }

    await().atMost(LIMIT).until(() -> nextNotice(api, id) == null);
    assertThat(events(api, id, "reminded")).isEqualTo(REMINDERS);
    await().atMost(LIMIT).until(() -> reminders().distinct().count() >= REMINDERS);
    assertThat(reminders().distinct()).hasSize(REMINDERS);
    engine.message("checkStatus", "waiting", null);
    await().atMost(LIMIT).until(() -> events(api, waiting, "checked") > 0);
    assertThat(nextNotice(api, waiting)).isEqualTo(planned);
  }

  private static @Nullable String nextNotice(ApiClient api, String id) {
    return api.get(id).json().path("nextNoticeAt").textValue();
  }

  private static int events(ApiClient api, String id, String type) {
    return Collections.frequency(api.get(id + "/events").json().findValuesAsText("type"), type);
  }

  /** The message ids of the reminders that Rita got. */
  private Stream<String> reminders() {
    return mails()
        .filter(mail -> header(mail, "Subject").equals("Signatures are still missing: Lease"))
        .map(mail -> header(mail, "Message-ID"));
  }

  private Node node(ServerSetup smtp) {
    return Nodes.whole("mail-node", Map.of(), settings(smtp));
  }

  private Map<String, String> settings(ServerSetup smtp) {
    return Map.of(
        "SPRING_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("engine"),
        "SPRING_MAIL_HOST", smtp.getBindAddress(),
        "SPRING_MAIL_PORT", String.valueOf(smtp.getPort()),
        "SIGNSPACE_MAIL_FROM", "Signing <signing@example.com>",
        "SIGNSPACE_MAIL_FIRSTWAIT", "200ms",
        "SIGNSPACE_MAIL_LONGESTWAIT", "1s",
        "SIGNSPACE_WORKINGTIME_DAYS", "MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY",
        "SIGNSPACE_WORKINGTIME_FROM", "00:00",
        "SIGNSPACE_WORKINGTIME_TO", "00:00");
  }

  private static ObjectNode request() {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", "Lease");
    EngineRest.putString(variables, "requester", RITA);
    EngineRest.putJson(
        variables, "participants", "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]");
    EngineRest.putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    return variables;
  }

  private Stream<MimeMessage> sentMails() {
    return mails().filter(mail -> header(mail, "Subject").equals("Sent for signing: Lease"));
  }

  private Stream<MimeMessage> mails() {
    return Stream.of(relay.getReceivedMessages()).filter(mail -> recipient(mail).equals(RITA));
  }

  private static String recipient(MimeMessage mail) {
    try {
      return String.valueOf(mail.getRecipients(Message.RecipientType.TO)[0]);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String header(MimeMessage mail, String name) {
    try {
      return mail.getHeader(name)[0];
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
