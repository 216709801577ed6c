package fi.signspace.plugin.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed while mails wait for a relay that is down: each event still is a mail. */
@Tag("chaos")
class MailKillTest {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String RITA = "rita@example.com";

  @TempDir private Path folder;

  private GreenMail relay;
  private Node node;

  @AfterEach
  void stop() {
    node.kill();
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

    await().atMost(LIMIT).until(() -> !mails().toList().isEmpty());
    assertThat(mails().map(mail -> header(mail, "Subject")))
        .containsOnly("Sent for signing: Lease");
    assertThat(mails().map(mail -> header(mail, "Message-ID")).distinct()).hasSize(1);
  }

  private Node node(ServerSetup smtp) {
    return Nodes.whole(
        "mail-node",
        Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:file:" + folder.resolve("engine")),
        Map.of(
            "SPRING_MAIL_HOST", smtp.getBindAddress(),
            "SPRING_MAIL_PORT", String.valueOf(smtp.getPort()),
            "SIGNSPACE_MAIL_FROM", "Signing <signing@example.com>",
            "SIGNSPACE_MAIL_FIRSTWAIT", "200ms",
            "SIGNSPACE_MAIL_LONGESTWAIT", "1s"));
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
