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
 * Who is told that a request has ended, and how stubbornly ({@code signspace.webhook.*}).
 *
 * @param url the receiver; without it nobody is told
 * @param secret what messages are signed with: {@code whsec_} and 24 bytes or more in Base64
 * @param timeout the longest wait for the receiver's answer
 * @param attempts how often one message is sent before an administrator is asked
 * @param poll how often the engine is asked for messages to send
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
   * The receiver.
   *
   * @throws IllegalArgumentException if it is not an address to post to
   */
  URI receiver() {
    if (url == null) {
      throw new IllegalArgumentException(
          "signspace.webhook.url must be an address like https://example.com/signed");
    }
    return url.uri();
  }
}
