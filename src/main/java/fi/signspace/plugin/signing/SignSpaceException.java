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
    REJECTED,
    /** It may heal by itself: no answer, cut connection, 408, 425, 429, 5xx. */
    MAY_HEAL,
    /**
     * Only an admin can mend it: credentials, scope, unknown id, an answer that cannot be
     * understood.
     */
    CANNOT_HEAL
  }

  private final Kind kind;
  private final String brief;
  private final boolean outcomeUnknown;
  private final @Nullable Duration retryAfter;

  private SignSpaceException(
      Kind kind,
      String message,
      boolean outcomeUnknown,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    this(kind, message, message, outcomeUnknown, retryAfter, cause);
  }

  private SignSpaceException(
      Kind kind,
      String message,
      String brief,
      boolean outcomeUnknown,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.brief = brief;
    this.kind = kind;
    this.outcomeUnknown = outcomeUnknown;
    this.retryAfter = retryAfter;
  }

  /** SignSpace refused what was sent; nothing was done. */
  public static SignSpaceException rejected(String message) {
    return new SignSpaceException(Kind.REJECTED, message, false, null, null);
  }

  /** SignSpace surely did nothing, and the same call may succeed later. */
  public static SignSpaceException notDone(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.MAY_HEAL, message, false, retryAfter, cause);
  }

  /**
   * The call may have been carried out: its answer was lost, is still on its way, or was a server
   * error.
   */
  public static SignSpaceException outcomeUnknown(
      String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.MAY_HEAL, message, true, retryAfter, cause);
  }

  /** Trying again cannot help until an admin has changed something; nothing was done. */
  public static SignSpaceException cannotHeal(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.CANNOT_HEAL, message, false, null, cause);
  }

  /** The call was carried out, or may have been, but its answer cannot be understood. */
  public static SignSpaceException answerNotUnderstood(String message, @Nullable Throwable cause) {
    return new SignSpaceException(Kind.CANNOT_HEAL, message, true, null, cause);
  }

  /** The same failure, with words for the log that hold no names. */
  public SignSpaceException withBrief(String words) {
    return new SignSpaceException(
        kind, String.valueOf(getMessage()), words, outcomeUnknown, retryAfter, getCause());
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

  /** How long SignSpace asked to be left in peace ({@code Retry-After}). */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
