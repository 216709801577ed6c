package fi.signspace.plugin.sandbox.page;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The relay of the sandbox: keeps the latest mails instead of sending them. Thread-safe. */
public final class Mailbox extends JavaMailSenderImpl {

  private static final int MAX_MAILS = 200;

  private final Deque<Mail> mails = new ArrayDeque<>();
  private int received;

  /** A mail as it would have been sent. */
  record Mail(
      String id, String at, String to, String subject, String text, @JsonIgnore String html) {}

  @Override
  protected void doSend(MimeMessage[] messages, Object @Nullable [] originals) {
    for (MimeMessage message : messages) {
      try {
        add(message);
      } catch (MessagingException | IOException e) {
        throw new MailSendException("The sandbox cannot read a mail", e);
      }
    }
  }

  private synchronized void add(MimeMessage message) throws MessagingException, IOException {
    received++;
    mails.addFirst(
        new Mail(
            String.valueOf(received),
            message.getSentDate().toInstant().toString(),
            String.valueOf(message.getRecipients(Message.RecipientType.TO)[0]),
            message.getSubject(),
            part(message, "text/plain"),
            part(message, "text/html")));
    if (mails.size() > MAX_MAILS) {
      mails.removeLast();
    }
  }

  private static String part(MimeMessage message, String type)
      throws MessagingException, IOException {
    if (message.getContent() instanceof MimeMultipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        BodyPart part = parts.getBodyPart(i);
        // the headers of a message that is not saved do not have the type yet
        if (part.getDataHandler().getContentType().startsWith(type)) {
          return String.valueOf(part.getContent());
        }
      }
    }
    return "";
  }

  synchronized List<Mail> newestFirst() {
    return List.copyOf(mails);
  }

  synchronized Optional<Mail> find(String id) {
    return mails.stream().filter(mail -> mail.id().equals(id)).findFirst();
  }

  synchronized void clear() {
    mails.clear();
  }
}
