package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.http.HttpClients;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

/** Sends one message to the receiver. */
final class WebhookSender {

  /** How many timeouts an exchange may take: connecting and waiting for the response. */
  static final int MAX_EXCHANGE = 2;

  /** The receiver has not accepted a message; the text says why. */
  static final class NotAcceptedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotAcceptedException(String message) {
      super(message);
    }
  }

  private final URI receiver;
  private final Signature signature;
  private final Clock clock;
  private final CloseableHttpClient http;

  WebhookSender(URI receiver, Signature signature, Duration timeout, Clock clock) {
    this.receiver = receiver;
    this.signature = signature;
    this.clock = clock;
    // the response is nothing but a status, so the whole exchange takes hardly longer than its head
    http =
        HttpClients.outgoing(
                new HttpClients.Limits(timeout, timeout, timeout.multipliedBy(MAX_EXCHANGE)))
            .build();
  }

  /**
   * @param id the same with every attempt: the receiver knows by it what it has heard already
   */
  void send(String id, String body) throws NotAcceptedException {
    long timestamp = clock.instant().getEpochSecond();
    HttpPost request = new HttpPost(receiver);
    request.setHeader("webhook-id", id);
    request.setHeader("webhook-timestamp", String.valueOf(timestamp));
    request.setHeader("webhook-signature", signature.of(id, timestamp, body));
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    int status = status(request);
    if (status < 200 || status > 299) {
      throw new NotAcceptedException("The webhook's receiver answered HTTP %d.".formatted(status));
    }
  }

  /** The body of the response is left alone, however long it is. */
  private int status(HttpPost request) throws NotAcceptedException {
    try (ClassicHttpResponse response = http.executeOpen(null, request, null)) {
      return response.getCode();
    } catch (IOException e) {
      throw new NotAcceptedException(
          "The webhook's receiver does not answer (%s).".formatted(e.getClass().getSimpleName()));
    }
  }
}
