package fi.signspace.plugin.signspace;

import static fi.signspace.plugin.signspace.SignSpaceProperties.named;

import feign.FeignException;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signspace.BoundedCalls.BoundedCall;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The one place where an answer or a failure gets its meaning. SignSpace does not document its
 * errors: the meaning is HTTP's own, and a call that may have been carried out is never taken for
 * one that was not.
 */
final class Failures {

  private static final int LONGEST_QUOTE = 300;
  private static final int LONGEST_WORDS = 200;
  private static final int LONGEST_ID = 100;

  private final Clock clock;

  Failures(Clock clock) {
    this.clock = clock;
  }

  /**
   * Never returns an exception whose message or cause quotes what was sent. What the log may say is
   * the same without names and without SignSpace's own words.
   */
  SignSpaceException of(Operation asked, Exception failure, BoundedCall call) {
    Operation operation = asked.keepingSecret(call.tokens());
    Throwable cause = failure instanceof FeignException feign ? feign.getCause() : failure;
    if (cause instanceof SignSpaceException known) {
      return known;
    }
    String brief = String.valueOf(meaning(operation.nameless(), cause, call).getMessage());
    return meaning(operation, cause, call).withBrief(brief);
  }

  private SignSpaceException meaning(
      Operation operation, @Nullable Throwable cause, BoundedCall call) {
    if (cause instanceof RefusedCall refused) {
      return refused(operation, refused);
    }
    if (cause instanceof UnreadableAnswer unreadable) {
      return unreadable(operation, unreadable);
    }
    if (cause instanceof IOException || call.isExpired()) {
      return cut(operation, cause, call);
    }
    return ourFault(operation, cause, call);
  }

  private SignSpaceException refused(Operation operation, RefusedCall refused) {
    int status = refused.status();
    Duration wait = RetryAfter.read(refused.header("Retry-After"), clock);
    String what = what(operation, refused);
    if (status == 408 || status == 425 || status == 429) {
      return SignSpaceException.notDone(
          message(operation, what, "Nothing was done; it can be tried again later."), wait, null);
    }
    if (status >= 500) {
      String message = message(operation, what, tryAgain(operation));
      return operation.changes()
          ? SignSpaceException.outcomeUnknown(message, wait, null)
          : SignSpaceException.notDone(message, wait, null);
    }
    String message = message(operation, what, advice(operation, status));
    return isInput(operation, status)
        ? SignSpaceException.rejected(message)
        : SignSpaceException.cannotHeal(message, null);
  }

  /**
   * True if what was sent is wrong, false if it is the credentials, the scope or the address. A
   * question holds nothing that a person has given.
   */
  private static boolean isInput(Operation operation, int status) {
    return switch (status) {
      case 401, 403, 404, 405, 407 -> false;
      default -> status >= 400 && operation.changes();
    };
  }

  private static String advice(Operation operation, int status) {
    String address = named(operation.authenticates() ? "token-url" : "api-url");
    if (status < 400 || status == 405 || status == 407) {
      return "Check " + address + ", and any proxy in between.";
    }
    if (operation.authenticates()) {
      return status == 404
          ? "Check " + address + "."
          : "The client id, the secret or a scope is wrong: check %s, %s and %s."
              .formatted(named("client-id"), named("client-secret"), named("scopes"));
    }
    return switch (status) {
      case 401 ->
          "A new access token was refused, too: check %s and %s, and that they belong to %s."
              .formatted(named("client-id"), named("client-secret"), address);
      case 403 ->
          "Check that the API credentials have the scope %s, and that the acting handle may do it, see %s."
              .formatted(operation.endpoint(), named("acting-handle"));
      case 404 -> "Check " + address + ", and whether it still exists in SignSpace.";
      default ->
          operation.changes()
              ? "Correct what was sent."
              : "Check the ids in the variables of the process.";
    };
  }

  private static SignSpaceException unreadable(Operation operation, UnreadableAnswer answer) {
    String what = answer.getMessage() + quote(operation, answer.said());
    return operation.changes()
        ? SignSpaceException.answerNotUnderstood(
            message(
                operation,
                what,
                "It may have been carried out: look into SignSpace before it is tried again."),
            null)
        : SignSpaceException.notDone(message(operation, what, tryAgain(operation)), null, null);
  }

  private static SignSpaceException cut(
      Operation operation, @Nullable Throwable cause, BoundedCall call) {
    String reason =
        call.isExpired()
            ? "it took longer than " + call.limit().toSeconds() + " s"
            : Masking.presentable(reason(cause), operation.secrets(), LONGEST_WORDS);
    if (!call.isSent()) {
      String what = "SignSpace cannot be reached (" + reason + ")";
      return SignSpaceException.notDone(
          message(operation, what, "Nothing was sent; it can be tried again later."), null, cause);
    }
    String message =
        message(operation, "no whole answer came (" + reason + ")", tryAgain(operation));
    return operation.changes()
        ? SignSpaceException.outcomeUnknown(message, null, cause)
        : SignSpaceException.notDone(message, null, cause);
  }

  private static SignSpaceException ourFault(
      Operation operation, @Nullable Throwable cause, BoundedCall call) {
    String what = "a fault of this software (" + (cause == null ? "" : cause.getClass()) + ")";
    String message = message(operation, what, "Please report it.");
    return call.isSent() && operation.changes()
        ? SignSpaceException.faultAfterSending(message, cause)
        : SignSpaceException.cannotHeal(message, cause);
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static String tryAgain(Operation operation) {
    return operation.changes()
        ? "It is unknown whether it was carried out."
        : "It can be tried again later.";
  }

  private static String message(Operation operation, String what, String advice) {
    String words = Masking.presentable(operation.words(), operation.secrets(), LONGEST_WORDS);
    return words + " failed: " + what + ". " + advice;
  }

  private static String what(Operation operation, RefusedCall refused) {
    HttpStatus standard = HttpStatus.resolve(refused.status());
    String reason = standard == null ? "" : " " + standard.getReasonPhrase();
    String id = refused.header("x-request-id", "x-amzn-requestid", "x-correlation-id");
    String request =
        id == null
            ? ""
            : " (request id " + Masking.presentable(id, operation.secrets(), LONGEST_ID) + ")";
    return "HTTP " + refused.status() + reason + quote(operation, refused.said()) + request;
  }

  private static String quote(Operation operation, String said) {
    if (operation.isNameless()) {
      return "";
    }
    String words = Masking.presentable(said, operation.secrets(), LONGEST_QUOTE);
    return words.isEmpty() ? "" : ", SignSpace says: \"" + words + "\"";
  }
}
