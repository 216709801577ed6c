package fi.signspace.plugin.api.webhook;

import java.io.IOException;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Sends one message to the receiver. */
final class WebhookSender {

  /** The receiver has not accepted a message; the text says why. */
  static final class NotAcceptedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotAcceptedException(String message) {
      super(message);
    }
  }

  private final URI receiver;
  private final Signature signature;
  private final Duration timeout;
  private final Clock clock;
  private final HttpClient http;

  WebhookSender(URI receiver, Signature signature, Duration timeout, Clock clock) {
    this.receiver = receiver;
    this.signature = signature;
    this.timeout = timeout;
    this.clock = clock;
    HttpClient.Builder client =
        HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER);
    // the login of a proxy
    Optional.ofNullable(Authenticator.getDefault()).ifPresent(client::authenticator);
    http = client.build();
  }

  /**
   * @param id the same with every attempt: the receiver knows by it what it has heard already
   */
  void send(String id, String body) throws NotAcceptedException, InterruptedException {
    long timestamp = clock.instant().getEpochSecond();
    HttpRequest request =
        HttpRequest.newBuilder(receiver)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", String.valueOf(timestamp))
            .header("webhook-signature", signature.of(id, timestamp, body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = status(request);
    if (status < 200 || status > 299) {
      throw new NotAcceptedException("The webhook's receiver answered HTTP %d.".formatted(status));
    }
  }

  private int status(HttpRequest request) throws NotAcceptedException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new NotAcceptedException(
          "The webhook's receiver does not answer (%s).".formatted(e.getClass().getSimpleName()));
    }
  }
}
