package fi.signspace.plugin.signspace;

import static fi.signspace.plugin.signspace.SignSpaceProperties.named;

import com.fasterxml.jackson.core.JsonProcessingException;
import feign.FeignException;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signspace.http.CallDeadlines.BoundedCall;
import fi.signspace.plugin.signspace.http.HttpErrorException;
import fi.signspace.plugin.signspace.http.RetryAfter;
import fi.signspace.plugin.signspace.http.UnreadableResponseException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Translates every failed call into a {@link SignSpaceException}. SignSpace does not document its
 * errors, so HTTP semantics apply. A call that may have been carried out is never classified as one
 * that was not.
 */
public final class FailureTranslator {

  /** As a page for maintenance does; 301 and 308 are for good. */
  private static final Set<Integer> TEMPORARY_REDIRECTS = Set.of(302, 303, 307);

  /** Of proxies that stop waiting for a call (nginx, AWS): they may have forwarded it before. */
  private static final Set<Integer> TIMEOUTS = Set.of(408, 444, 460, 499);

  private static final int MAX_QUOTE = 300;
  private static final int MAX_TEXT_LENGTH = 200;
  private static final int MAX_ID = 100;

  private final Clock clock;

  FailureTranslator(Clock clock) {
    this.clock = clock;
  }

  /**
   * Neither message nor cause of the returned exception quotes the request. Its log message
   * contains no names and none of SignSpace's own text.
   */
  SignSpaceException of(Operation request, Exception failure, BoundedCall call) {
    Operation operation = request.withSecrets(call.tokens());
    Throwable cause = failure instanceof FeignException feign ? feign.getCause() : failure;
    if (cause instanceof SignSpaceException known) {
      return known;
    }
    return translate(operation, cause, call);
  }

  private SignSpaceException translate(
      Operation operation, @Nullable Throwable cause, BoundedCall call) {
    if (cause instanceof HttpErrorException error) {
      return httpError(operation, error);
    }
    if (cause instanceof UnreadableResponseException unreadable) {
      return unreadable(operation, unreadable);
    }
    if (cause instanceof JsonProcessingException) {
      // the request cannot be written: responses are read by ResponseDecoder
      return internalError(operation, cause, call);
    }
    if (cause instanceof IOException || call.isExpired()) {
      return connectionFailure(operation, cause, call);
    }
    return internalError(operation, cause, call);
  }

  private SignSpaceException httpError(Operation operation, HttpErrorException error) {
    int status = error.status();
    Duration wait = RetryAfter.read(error.header("Retry-After"), clock);
    Texts texts = texts(operation, statusOf(error), error.errorText(), idOf(operation, error));
    if (status == 425 || status == 429) {
      return texts.with(
          "Nothing was done; a retry may succeed.", message -> notDone(operation, message, wait));
    }
    boolean isRedirect = TEMPORARY_REDIRECTS.contains(status);
    if (status >= 500 || TIMEOUTS.contains(status) || isRedirect) {
      return texts.with(
          isRedirect ? outlook(operation) + " " + redirected(operation) : outlook(operation),
          message ->
              operation.changes()
                  ? SignSpaceException.outcomeUnknown(message, wait, null)
                  : notDone(operation, message, wait));
    }
    return texts.with(
        advice(operation, status),
        message ->
            isInput(operation, status)
                ? SignSpaceException.rejected(message)
                : SignSpaceException.permanent(message, null));
  }

  private static String redirected(Operation operation) {
    return "If the redirection lasts, it is not maintenance: check %s, and any proxy in between."
        .formatted(address(operation));
  }

  private static String address(Operation operation) {
    return named(operation.authenticates() ? "token-url" : "api-url");
  }

  /** Without an access token, nothing was sent. */
  private static SignSpaceException notDone(
      Operation operation, String message, @Nullable Duration wait) {
    return operation.authenticates()
        ? SignSpaceException.unreachable(message, wait, null)
        : SignSpaceException.notDone(message, wait, null);
  }

  /**
   * True if the request content is wrong; false for credentials, scope or URL. A read contains no
   * user input.
   */
  private static boolean isInput(Operation operation, int status) {
    return switch (status) {
      case 401, 403, 404, 405, 407 -> false;
      default -> status >= 400 && operation.changes();
    };
  }

  private static String advice(Operation operation, int status) {
    String address = address(operation);
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
          "A new access token was rejected as well: check %s and %s, and that they belong to %s."
              .formatted(named("client-id"), named("client-secret"), address);
      case 403 ->
          "Check that the API credentials have the scope %s, and that the acting handle has the permission, see %s."
              .formatted(operation.endpoint(), named("acting-handle"));
      case 404 ->
          "Check " + address + ", and whether the request or file still exists in SignSpace.";
      default ->
          operation.changes()
              ? "Correct what was sent."
              : "Check the ids in the variables of the process.";
    };
  }

  private static SignSpaceException unreadable(
      Operation operation, UnreadableResponseException response) {
    Texts texts = texts(operation, String.valueOf(response.getMessage()), response.errorText(), "");
    if (operation.authenticates()) {
      return texts.with(outlook(operation), message -> notDone(operation, message, null));
    }
    return operation.changes()
        ? texts.with(
            outlook(operation), message -> SignSpaceException.unreadableResponse(message, null))
        : texts.with(outlook(operation), SignSpaceException::unconfirmed);
  }

  private static SignSpaceException connectionFailure(
      Operation operation, @Nullable Throwable cause, BoundedCall call) {
    String reason =
        call.isExpired()
            ? "it took longer than " + call.limit().toSeconds() + " s"
            : Redactor.redact(reason(cause), operation.secrets(), MAX_TEXT_LENGTH);
    if (!call.isSent()) {
      return texts(operation, "SignSpace cannot be reached (" + reason + ")", "", "")
          .with(
              "Nothing was sent; a retry may succeed.",
              message -> SignSpaceException.unreachable(message, null, cause));
    }
    return texts(operation, "no complete response (" + reason + ")", "", "")
        .with(
            outlook(operation),
            message ->
                operation.changes()
                    ? SignSpaceException.outcomeUnknown(message, null, cause)
                    : SignSpaceException.notDone(message, null, cause));
  }

  private static SignSpaceException internalError(
      Operation operation, @Nullable Throwable cause, BoundedCall call) {
    String what =
        "a bug in this software (" + (cause == null ? "" : cause.getClass().getName()) + ")";
    return texts(operation, what, "", "")
        .with(
            "Please report it.",
            message ->
                call.isSent() && operation.changes()
                    ? SignSpaceException.faultAfterSending(message, cause)
                    : SignSpaceException.permanent(message, cause));
  }

  private static String reason(@Nullable Throwable cause) {
    return cause == null ? "" : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static String outlook(Operation operation) {
    return operation.changes()
        ? "It is unknown whether it was carried out."
        : "A retry may succeed.";
  }

  /**
   * @param what the problem, without names and without SignSpace's own text
   * @param errorText SignSpace's own text, not yet redacted; may be empty
   * @param id SignSpace's id of the call, in parentheses; may be empty
   */
  private static Texts texts(Operation operation, String what, String errorText, String id) {
    String name = Redactor.redact(operation.description(), operation.secrets(), MAX_TEXT_LENGTH);
    String quote = Redactor.redact(errorText, operation.secrets(), MAX_QUOTE);
    String quoted = quote.isEmpty() ? "" : ", SignSpace says: \"" + quote + "\"";
    return new Texts(
        name + " failed: " + what + quoted + id + ". ",
        operation.endpoint() + " failed: " + what + id + ". ");
  }

  /**
   * The message for the incident, and the one for the log without names and without SignSpace's own
   * text.
   */
  private record Texts(String message, String logMessage) {

    SignSpaceException with(String advice, Function<String, SignSpaceException> kind) {
      return kind.apply(message + advice).withLogMessage(logMessage + advice);
    }
  }

  private static String statusOf(HttpErrorException error) {
    HttpStatus standard = HttpStatus.resolve(error.status());
    return "HTTP " + error.status() + (standard == null ? "" : " " + standard.getReasonPhrase());
  }

  private static String idOf(Operation operation, HttpErrorException error) {
    String id = error.header("x-request-id", "x-amzn-requestid", "x-correlation-id");
    return id == null
        ? ""
        : " (request id " + Redactor.redact(id, operation.secrets(), MAX_ID) + ")";
  }
}
