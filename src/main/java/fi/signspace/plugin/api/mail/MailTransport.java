package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.delivery.UndeliveredException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;

/** Sends one mail to the relay; a retry sends the same bytes. */
final class MailTransport {

  private static final String CHARSET = StandardCharsets.UTF_8.name();

  private final JavaMailSender relay;
  private final InternetAddress from;
  private final String domain;

  MailTransport(JavaMailSender relay, InternetAddress from) {
    this.relay = relay;
    this.from = from;
    domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
  }

  /**
   * @param id unique for event and recipient, the same in every attempt
   */
  void send(String id, Instant at, Recipient recipient, RenderedMail mail)
      throws UndeliveredException {
    try {
      relay.send(message(id, at, recipient.address(), mail));
    } catch (MailException | MessagingException e) {
      throw RelayFailures.of(e, recipient.audience());
    }
  }

  private MimeMessage message(String id, Instant at, String to, RenderedMail mail)
      throws MessagingException {
    MimeMessage message = relay.createMimeMessage();
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, address(to));
    message.setSubject(mail.subject(), CHARSET);
    message.setHeader("Date", date(at));
    message.setHeader("Message-ID", "<" + id + "@" + domain + ">");
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-Auto-Response-Suppress", "All");
    message.setContentLanguage(new String[] {mail.language()});
    message.setContent(new Alternatives(id, mail));
    return message;
  }

  /**
   * Few relays accept other than ASCII characters before the @, and it is unknown in advance which
   * do.
   */
  private static InternetAddress address(String to) throws AddressException {
    int at = to.lastIndexOf('@');
    String local = to.substring(0, at);
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(local)) {
      throw new AddressException("The local part is not ASCII");
    }
    try {
      return new InternetAddress(local + "@" + IDN.toASCII(to.substring(at + 1)), true);
    } catch (IllegalArgumentException e) {
      throw new AddressException("The domain is invalid");
    }
  }

  /** In UTC, regardless of the node's time zone. */
  private static String date(Instant at) {
    MailDateFormat format = new MailDateFormat();
    format.setTimeZone(TimeZone.getTimeZone("UTC"));
    return format.format(Date.from(at));
  }

  /** Its boundary follows from the id; that of the library is different each time. */
  private static final class Alternatives extends MimeMultipart {

    Alternatives(String id, RenderedMail mail) throws MessagingException {
      super("alternative");
      ContentType type = new ContentType(contentType);
      type.setParameter("boundary", "=_" + id);
      contentType = type.toString();
      addBodyPart(part(mail.text(), "plain"));
      addBodyPart(part(mail.html(), "html"));
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
      MimeBodyPart part = new MimeBodyPart();
      part.setText(text, CHARSET, subtype);
      return part;
    }
  }
}
