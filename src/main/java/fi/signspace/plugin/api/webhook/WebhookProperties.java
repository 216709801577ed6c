package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.Backoff;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
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
 * @param timeout the maximum wait for the receiver's response
 * @param attempts the number of attempts for one message before it becomes an incident
 * @param poll the interval for fetching messages from the engine
 */
@Validated
@ConfigurationProperties("signspace.webhook")
record WebhookProperties(
    @Nullable HttpAddress url,
    @Nullable String secret,
    @DefaultValue("10s") Duration timeout,
    @DefaultValue("80") @Min(1) int attempts,
    @DefaultValue("10s") Duration firstWait,
    @DefaultValue("2") double growth,
    @DefaultValue("1h") Duration longestWait,
    @DefaultValue("0.1") double jitter,
    @DefaultValue("1s") Duration poll) {

  Backoff waits() {
    return new Backoff(firstWait, growth, longestWait, jitter);
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
