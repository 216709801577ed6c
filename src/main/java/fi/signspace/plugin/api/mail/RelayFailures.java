package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.delivery.UndeliveredException;
import fi.signspace.plugin.api.delivery.UndeliveredException.Kind;
import fi.signspace.plugin.api.mail.Recipient.Audience;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailSendException;

/**
 * Maps a relay's response to a kind of failure: a 5xx to a recipient or to the content is final, a
 * 4xx to a recipient concerns this mail only, and everything else all mails. The texts of a relay
 * repeat addresses and are left out.
 */
final class RelayFailures {

  private static final int PERMANENT = 500;

  static UndeliveredException of(Exception failure, Audience audience) {
    List<Throwable> causes = causes(failure);
    return find(causes, SMTPAddressFailedException.class)
        .map(e -> aboutMail(e.getReturnCode(), Kind.REFUSED, audience))
        .or(
            () ->
                find(causes, SMTPSenderFailedException.class)
                    .map(e -> unavailable("does not accept the sender", e.getReturnCode())))
        .or(
            () ->
                find(causes, SMTPSendFailedException.class)
                    .map(e -> aboutMail(e.getReturnCode(), Kind.UNAVAILABLE, audience)))
        .or(() -> find(causes, AddressException.class).map(e -> unaddressable(audience)))
        .orElseGet(() -> unreachable(causes));
  }

  private static UndeliveredException aboutMail(int code, Kind kind, Audience audience) {
    return new UndeliveredException(
        code >= PERMANENT ? Kind.HOPELESS : kind,
        "The mail relay does not accept a mail to the %s (SMTP %s)."
            .formatted(audience.key(), code));
  }

  private static UndeliveredException unavailable(String what, int code) {
    return new UndeliveredException(
        Kind.UNAVAILABLE, "The mail relay %s (SMTP %s).".formatted(what, code));
  }

  private static UndeliveredException unaddressable(Audience audience) {
    return new UndeliveredException(
        Kind.HOPELESS, "The address of the %s cannot be used for mail.".formatted(audience.key()));
  }

  private static UndeliveredException unreachable(List<Throwable> causes) {
    if (find(causes, MailAuthenticationException.class).isPresent()) {
      return new UndeliveredException(Kind.UNAVAILABLE, "The mail relay refuses the login.");
    }
    return new UndeliveredException(
        Kind.UNAVAILABLE,
        "The mail relay does not respond (%s)."
            .formatted(causes.get(causes.size() - 1).getClass().getSimpleName()));
  }

  private static <T> Optional<T> find(List<Throwable> causes, Class<T> type) {
    return causes.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Mail exceptions have two kinds of causes. */
  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    collect(failure, causes);
    return causes;
  }

  private static void collect(@Nullable Throwable failure, List<Throwable> causes) {
    if (failure == null || causes.contains(failure)) {
      return;
    }
    causes.add(failure);
    if (failure instanceof MailSendException sending) {
      sending.getFailedMessages().values().forEach(inner -> collect(inner, causes));
    }
    if (failure instanceof MessagingException mail) {
      collect(mail.getNextException(), causes);
    }
    collect(failure.getCause(), causes);
  }

  private RelayFailures() {}
}
