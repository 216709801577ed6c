package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.delivery.RetrySettings;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.Backoff;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Min;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Mails about requests ({@code signspace.mail.*}); the relay is configured by {@code
 * spring.mail.*}.
 *
 * @param from the sender, an address or {@code Name <address>}; without it, no mails are sent
 * @param bounces the address to which undeliverable mails return; the sender's if null
 * @param link the address of the web apps, for mails to requesters
 * @param events the events about which requesters are notified
 * @param participantEvents the events about which participants are notified, too
 * @param timeout the maximum wait for the relay: to connect, to read and to write
 * @param attempts the number of attempts for one mail before it becomes an incident
 * @param poll the interval for fetching pending mails from the engine
 */
@Validated
@ConfigurationProperties("signspace.mail")
record MailProperties(
    String from,
    @Nullable String bounces,
    @Nullable HttpAddress link,
    @DefaultValue(
            "sent,sentAgain,signed,declined,reminded,escalated,dueSoon,overdue,decisionNeeded,cancelled,ended")
        Set<EventType> events,
    @DefaultValue("reminded,declined,cancelled") Set<EventType> participantEvents,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("80") @Min(1) int attempts,
    @DefaultValue("10s") Duration firstWait,
    @DefaultValue("2") double growth,
    @DefaultValue("1h") Duration longestWait,
    @DefaultValue("0.1") double jitter,
    @DefaultValue("1s") Duration poll) {

  /** The responses of a relay that one mail waits for at most, from its greeting on. */
  private static final int MAX_RESPONSES = 10;

  MailProperties {
    requireTexts("events", events, MailTexts.EVENTS);
    requireTexts("participant-events", participantEvents, Recipient.FOR_PARTICIPANTS);
  }

  private static void requireTexts(String name, Set<EventType> events, Set<EventType> possible) {
    events.stream()
        .filter(type -> !possible.contains(type))
        .findFirst()
        .ifPresent(
            type -> {
              throw new IllegalArgumentException(
                  "signspace.mail.%s must not have %s: no mail is sent about it"
                      .formatted(name, type.text()));
            });
  }

  InternetAddress sender() {
    return address("from", from);
  }

  /** The envelope sender. */
  String returnPath() {
    return bounces == null || bounces.isBlank()
        ? sender().getAddress()
        : address("bounces", bounces).getAddress();
  }

  private static InternetAddress address(String name, String text) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      if (addresses.length == 1 && addresses[0].getAddress().contains("@")) {
        addresses[0].setPersonal(addresses[0].getPersonal(), StandardCharsets.UTF_8.name());
        return addresses[0];
      }
    } catch (AddressException | UnsupportedEncodingException e) {
      // reported below
    }
    throw new IllegalArgumentException(
        "signspace.mail.%s must be an address like signing@example.com, or like Signing <signing@example.com>"
            .formatted(name));
  }

  RetrySettings retries() {
    return new RetrySettings(
        attempts,
        new Backoff(firstWait, growth, longestWait, jitter),
        poll,
        timeout.multipliedBy(MAX_RESPONSES));
  }
}
