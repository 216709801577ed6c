package fi.signspace.plugin.signing;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to SignSpace that did not bring what was asked. The message is written for an admin: what
 * was asked, the HTTP status, SignSpace's own words (cut, personal data masked) and the request id
 * if there is one. It may hold names that people gave to requests and documents; {@link #brief}
 * does not.
 */
public final class SignSpaceException extends RuntimeException {

  /** What can be done about it. */
  public enum Kind {
    /** What was sent is wrong: a person can correct it (400, 409, 413, 422 …). */
    REJECTED("rejected"),
    /** It may heal by itself: no answer, cut connection, 408, 425, 429, 5xx. */
    TRANSIENT("may_heal"),
    /**
     * SignSpace answered with success, and the answer is wrong: an empty file, a page instead of
     * it, no JSON. It may be right the next time; if not after a few times, an admin is needed.
     */
    DOUBTFUL("doubtful"),
    /** Only an admin can mend it: credentials, scope, unknown id, a fault of this software. */
    PERMANENT("cannot_heal");

    private final String outcome;

    Kind(String outcome) {
      this.outcome = outcome;
    }

    /** Its name in metrics. */
    public String outcome() {
      return outcome;
    }
  }

  private final Kind kind;
  private final String brief;
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
      String brief,
      boolean outcomeUnknown,
      boolean unreachable,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.brief = brief;
    this.kind = kind;
    this.outcomeUnknown = outcomeUnknown;
    this.unreachable = unreachable;
    this.retryAfter = retryAfter;
  }

  /** SignSpace refused what was sent; nothing was done. */
  public static SignSpaceException rejected(String message) {
    return new SignSpaceException(Kind.REJECTED, message, false, null, null);
  }

  /** SignSpace surely did nothing, and the same call may succeed later. */
  public static SignSpaceException notDone(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.TRANSIENT, message, false, retryAfter, cause);
  }

  /**
   * Nothing was sent: SignSpace cannot be reached, gives no access token, or is left in peace for a
   * while. That says nothing of this call.
   */
  public static SignSpaceException unreachable(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.TRANSIENT, message, message, false, true, retryAfter, cause);
  }

  /** SignSpace answered a question with success, but not with what was asked for. */
  public static SignSpaceException unconfirmed(String message) {
    return new SignSpaceException(Kind.DOUBTFUL, message, false, null, null);
  }

  /**
   * The call may have been carried out: its answer was lost, is still on its way, or was a server
   * error.
   */
  public static SignSpaceException outcomeUnknown(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.TRANSIENT, message, true, retryAfter, cause);
  }

  /** Trying again cannot help until an admin has changed something; nothing was done. */
  public static SignSpaceException cannotHeal(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.PERMANENT, message, false, null, cause);
  }

  /** The call was carried out, or may have been, but its answer cannot be understood. */
  public static SignSpaceException answerNotUnderstood(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.DOUBTFUL, message, true, null, cause);
  }

  /** A fault of this software, after which it is unknown whether the call was carried out. */
  public static SignSpaceException faultAfterSending(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.PERMANENT, message, true, null, cause);
  }

  /** The same failure, with words for the log that hold no names. */
  public SignSpaceException withBrief(String words) {
    return new SignSpaceException(
        kind,
        String.valueOf(getMessage()),
        words,
        outcomeUnknown,
        unreachable,
        retryAfter,
        getCause());
  }

  /** The message for a log. */
  public String brief() {
    return brief;
  }

  public Kind kind() {
    return kind;
  }

  /** True if SignSpace may have done what was asked although this exception was thrown. */
  public boolean isOutcomeUnknown() {
    return outcomeUnknown;
  }

  /** True if nothing was sent, for a reason that every call has. */
  public boolean isUnreachable() {
    return unreachable;
  }

  /** How long SignSpace asked to be left in peace ({@code Retry-After}). */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
