package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.delivery.RetrySettings;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.Backoff;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The receiver of webhook messages and the retry settings ({@code signspace.webhook.*}).
 *
 * @param url the receiver; without it, no messages are sent
 * @param secret the secret that signs messages: {@code whsec_} followed by at least 24 bytes in
 *     Base64
 * @param events the events that are sent
 * @param timeout the maximum wait for the receiver's response
 * @param attempts the number of attempts for one message before it becomes an incident
 * @param poll the interval for fetching messages from the engine
 */
@Validated
@ConfigurationProperties("signspace.webhook")
record WebhookProperties(
    @Nullable HttpAddress url,
    @Nullable String secret,
    @DefaultValue("ended") Set<EventType> events,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("80") @Min(1) int attempts,
    @DefaultValue("10s") Duration firstWait,
    @DefaultValue("2") double growth,
    @DefaultValue("1h") Duration longestWait,
    @DefaultValue("0.1") double jitter,
    @DefaultValue("1s") Duration poll) {

  private static final Set<EventType> NEVER_SENT =
      EnumSet.of(EventType.CREATED, EventType.CHECKED, EventType.ON_HOLD, EventType.RESUMED);

  WebhookProperties {
    events.stream()
        .filter(NEVER_SENT::contains)
        .findFirst()
        .ifPresent(
            type -> {
              throw new IllegalArgumentException(
                  "signspace.webhook.events must not have %s: no message is sent about it"
                      .formatted(type.text()));
            });
  }

  RetrySettings retries() {
    return new RetrySettings(
        attempts,
        new Backoff(firstWait, growth, longestWait, jitter),
        poll,
        timeout.multipliedBy(WebhookSender.MAX_EXCHANGE));
  }

  /**
   * Returns the receiver.
   *
   * @throws IllegalArgumentException if it is not an HTTP URL
   */
  URI receiver() {
    if (url == null) {
      throw new IllegalArgumentException(
          "signspace.webhook.url must be an address like https://example.com/signed");
    }
    return url.uri();
  }
}
