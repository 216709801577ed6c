package fi.signspace.plugin.signspace;

import fi.signspace.plugin.signing.SignSpaceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Maps every answer that is no success, and every connection that brought no answer, to what can be
 * done about it.
 */
final class Failures {

  private static final List<String> REQUEST_ID_HEADERS =
      List.of("x-request-id", "x-amzn-requestid", "x-amzn-request-id", "x-correlation-id");

  private final Clock clock;

  Failures(Clock clock) {
    this.clock = clock;
  }

  /** The outcome of an answer that is no success. */
  SignSpaceException ofAnswer(String what, AnswerException answer) {
    return ofAnswer(what, answer.status(), answer.headers(), answer.body());
  }

  /** The outcome of a token request: a refusal means that the credentials are wrong. */
  SignSpaceException ofTokenAnswer(String what, AnswerException answer) {
    boolean refused = answer.status() >= 400 && answer.status() < 404;
    return refused
        ? SignSpaceException.cannotHeal(
            describe(what, answer.status(), answer.headers(), answer.body())
                + " Check signspace.client-id, signspace.client-secret and signspace.scopes, then retry.",
            null)
        : ofAnswer(what, answer);
  }

  /**
   * @param what what was asked, e.g. "Creating the signing request"
   * @param headers by name, in any letter case
   */
  SignSpaceException ofAnswer(
      String what, int status, Map<String, Collection<String>> headers, String body) {
    String message = describe(what, status, headers, body);
    Duration retryAfter = retryAfter(headers);
    return switch (status) {
      case 401 ->
          SignSpaceException.cannotHeal(
              message
                  + " SignSpace does not accept the access token: check signspace.client-id and"
                  + " signspace.client-secret, then retry.",
              null);
      case 403 ->
          SignSpaceException.cannotHeal(
              message
                  + " The API client lacks the scope, or the acting handle the permission: have it granted in SignSpace,"
                  + " then retry.",
              null);
      case 404 ->
          SignSpaceException.cannotHeal(
              message
                  + " SignSpace does not know it: check signspace.api-url and the ids in the variables, then retry.",
              null);
      case 408, 425, 429 -> SignSpaceException.notDone(message, retryAfter, null);
      default -> {
        if (status >= 500) {
          yield SignSpaceException.outcomeUnknown(message, retryAfter, null);
        }
        yield status >= 400
            ? SignSpaceException.rejected(message)
            : SignSpaceException.cannotHeal(
                message + " No such answer is expected: check signspace.api-url, then retry.",
                null);
      }
    };
  }

  /**
   * A connection that was never made, so that nothing was sent, or one that ended without a whole
   * answer.
   */
  SignSpaceException ofConnection(String what, IOException failure) {
    String reason = reason(failure);
    return nothingWasSent(failure)
        ? SignSpaceException.notDone(
            "%s failed: SignSpace cannot be reached (%s).".formatted(what, reason), null, failure)
        : SignSpaceException.outcomeUnknown(
            "%s failed: SignSpace gave no whole answer (%s).".formatted(what, reason),
            null,
            failure);
  }

  private static boolean nothingWasSent(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof ConnectTimeoutException
        || failure instanceof ConnectionRequestTimeoutException
        || failure instanceof UnknownHostException
        || failure instanceof NoRouteToHostException
        || failure instanceof SSLHandshakeException
        || (failure.getCause() instanceof IOException cause && nothingWasSent(cause));
  }

  private static String reason(IOException failure) {
    String text = failure.getClass().getSimpleName();
    return failure.getMessage() == null ? text : text + ": " + Words.tidy(failure.getMessage());
  }

  private static String describe(
      String what, int status, Map<String, Collection<String>> headers, String body) {
    StringBuilder message = new StringBuilder();
    message.append(what).append(" failed: HTTP ").append(status);
    String words = Words.tidy(body);
    if (!words.isEmpty()) {
      message.append(", SignSpace says “").append(words).append('”');
    }
    REQUEST_ID_HEADERS.stream()
        .flatMap(name -> header(headers, name).stream())
        .findFirst()
        .ifPresent(id -> message.append(" (request ").append(Words.tidy(id)).append(')'));
    return message.append('.').toString();
  }

  private @Nullable Duration retryAfter(Map<String, Collection<String>> headers) {
    return header(headers, "retry-after").map(this::parseRetryAfter).orElse(null);
  }

  private @Nullable Duration parseRetryAfter(String value) {
    try {
      return Duration.ofSeconds(Math.max(0, Long.parseLong(value.strip())));
    } catch (NumberFormatException date) {
      try {
        Duration until =
            Duration.between(
                clock.instant(),
                ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME));
        return until.isNegative() ? Duration.ZERO : until;
      } catch (DateTimeException unreadable) {
        return null;
      }
    }
  }

  static Optional<String> header(Map<String, Collection<String>> headers, String name) {
    return headers.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .flatMap(entry -> entry.getValue().stream())
        .findFirst();
  }
}
