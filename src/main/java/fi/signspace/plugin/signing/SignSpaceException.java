package fi.signspace.plugin.signing;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failed call to SignSpace. The message is for an admin: the call, the HTTP status, SignSpace's
 * own text (truncated, personal data masked) and the request id if there is one. It may contain
 * names of requests and documents; {@link #logMessage} does not.
 */
public final class SignSpaceException extends RuntimeException {

  /** How the failure can be resolved. */
  public enum Kind {
    /** The request is wrong and a person can correct it (400, 409, 413, 422 …). */
    REJECTED("rejected"),
    /**
     * A retry may succeed: no response, connection reset, timeouts (408, 444, 460, 499), 425, 429,
     * 5xx.
     */
    TRANSIENT("may_heal"),
    /**
     * A successful response with wrong content: an empty file, an HTML page, no JSON. A retry may
     * succeed; after a few failures, an admin is needed.
     */
    UNCONFIRMED("doubtful"),
    /** Only an admin can fix it: credentials, scope, unknown id, a bug. */
    PERMANENT("cannot_heal");

    private final String outcome;

    Kind(String outcome) {
      this.outcome = outcome;
    }

    /** Returns the value of the metrics tag {@code outcome}. */
    public String outcome() {
      return outcome;
    }
  }

  private final Kind kind;
  private final String logMessage;
  private final boolean outcomeUnknown;
  private final boolean unreachable;
  private final @Nullable Duration retryAfter;

  private SignSpaceException(
      Kind kind,
      String message,
      boolean outcomeUnknown,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    this(kind, message, message, outcomeUnknown, false, retryAfter, cause);
  }

  private SignSpaceException(
      Kind kind,
      String message,
      String logMessage,
      boolean outcomeUnknown,
      boolean unreachable,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.logMessage = logMessage;
    this.kind = kind;
    this.outcomeUnknown = outcomeUnknown;
    this.unreachable = unreachable;
    this.retryAfter = retryAfter;
  }

  /** SignSpace rejected the request; nothing was done. */
  public static SignSpaceException rejected(String message) {
    return new SignSpaceException(Kind.REJECTED, message, false, null, null);
  }

  /** SignSpace did nothing, and the same call may succeed later. */
  public static SignSpaceException notDone(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.TRANSIENT, message, false, retryAfter, cause);
  }

  /**
   * Nothing was sent: SignSpace cannot be reached, issues no access token, or calls are paused. The
   * reason does not lie in this call.
   */
  public static SignSpaceException unreachable(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.TRANSIENT, message, message, false, true, retryAfter, cause);
  }

  /** A read succeeded, but returned unexpected content. */
  public static SignSpaceException unconfirmed(String message) {
    return new SignSpaceException(Kind.UNCONFIRMED, message, false, null, null);
  }

  /**
   * The call may have been carried out: the response was lost, is pending, or was a server error.
   */
  public static SignSpaceException outcomeUnknown(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.TRANSIENT, message, true, retryAfter, cause);
  }

  /** A retry fails until an admin has changed something; nothing was done. */
  public static SignSpaceException permanent(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.PERMANENT, message, false, null, cause);
  }

  /** The call was or may have been carried out, but its response cannot be parsed. */
  public static SignSpaceException unreadableResponse(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.UNCONFIRMED, message, true, null, cause);
  }

  /** A bug, after which it is unknown whether the call was carried out. */
  public static SignSpaceException faultAfterSending(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.PERMANENT, message, true, null, cause);
  }

  /** Returns a copy with a log message that contains no names. */
  public SignSpaceException withLogMessage(String text) {
    return new SignSpaceException(
        kind,
        String.valueOf(getMessage()),
        text,
        outcomeUnknown,
        unreachable,
        retryAfter,
        getCause());
  }

  /** Returns the message for the log. */
  public String logMessage() {
    return logMessage;
  }

  public Kind kind() {
    return kind;
  }

  /** True if SignSpace may have carried out the call despite this exception. */
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }

  /** True if nothing was sent, for a reason that affects every call. */
  public boolean isUnreachable() {
    return unreachable;
  }

  /** Returns the pause requested by SignSpace ({@code Retry-After}). */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
