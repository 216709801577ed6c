package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.delivery.UndeliveredException;
import fi.signspace.plugin.api.delivery.UndeliveredException.Kind;
import fi.signspace.plugin.http.HttpClients;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.Closer;

/** Sends one message to the receiver. */
final class WebhookSender {

  /**
   * The maximum duration of an exchange, as a multiple of the timeout: connecting and waiting for
   * the response.
   */
  static final int MAX_EXCHANGE = 2;

  private static final Set<Integer> TEMPORARY = Set.of(408, 425, 429);

  private final URI receiver;
  private final Signature signature;
  private final Clock clock;
  private final CloseableHttpClient http;

  WebhookSender(URI receiver, Signature signature, Duration timeout, Clock clock) {
    this.receiver = receiver;
    this.signature = signature;
    this.clock = clock;
    // only the status of the response is read, so the exchange takes hardly longer than its headers
    http =
        HttpClients.outgoing(
                new HttpClients.Limits(timeout, timeout, timeout.multipliedBy(MAX_EXCHANGE)))
            .build();
  }

  /**
   * @param id the same in every attempt, so that the receiver recognizes duplicates
   */
  void send(String id, String body) throws UndeliveredException {
    long timestamp = clock.instant().getEpochSecond();
    HttpPost request = new HttpPost(receiver);
    request.setHeader("webhook-id", id);
    request.setHeader("webhook-timestamp", String.valueOf(timestamp));
    request.setHeader("webhook-signature", signature.of(id, timestamp, body));
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    int status = status(request);
    if (status < 200 || status > 299) {
      boolean isAboutMessage = status < 500 && !TEMPORARY.contains(status);
      throw new UndeliveredException(
          isAboutMessage ? Kind.REFUSED : Kind.UNAVAILABLE,
          "The webhook's receiver responded with HTTP %s.".formatted(status));
    }
  }

  /** The status counts, whether or not the body of the response ever ends. */
  private int status(HttpPost request) throws UndeliveredException {
    try {
      ClassicHttpResponse response = http.executeOpen(null, request, null);
      Closer.closeQuietly(response);
      return response.getCode();
    } catch (IOException e) {
      throw new UndeliveredException(
          Kind.UNAVAILABLE,
          "The webhook's receiver does not respond (%s).".formatted(e.getClass().getSimpleName()));
    }
  }
}
