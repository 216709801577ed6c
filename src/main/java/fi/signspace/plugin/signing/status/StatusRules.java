package fi.signspace.plugin.signing.status;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.text.DisplayText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assesses SignSpace's response for a signing request. A request that is complete without its
 * signed documents, or that SignSpace does not return, is unconfirmed: it is checked a few more
 * times before a person has to decide. After the decision to keep waiting, there is no further
 * decision while the status stays the same.
 */
public final class StatusRules {

  private static final String MISSING = "missing";
  private static final int MAX_STATUS = 100;

  private static final String OTHER_DOCUMENTS =
      "The documents of the signing request were replaced in SignSpace itself, so it will not count as"
          + " signed: correct and send it again, cancel it, or keep waiting and replace them here."
          + " Earlier signatures do not cover the new ones.";

  private static final String UNKNOWN_DOCUMENTS =
      "A replacement of the documents was interrupted, and SignSpace does not show which documents the"
          + " signing request has, so it will not count as signed: correct and send it again, cancel"
          + " it, or keep waiting and replace the documents again here.";

  /** Not in the guide, but with a clear meaning. */
  private static final Set<String> DECLINED = Set.of("declined", "rejected");

  private static final String EXPIRED = "expired";

  private static final Set<String> UNSIGNABLE =
      Set.of(
          SigningStatus.ON_HOLD.text(),
          SigningStatus.COMPLETE.text(),
          SigningStatus.CANCELLED.text());

  private final Clock clock;
  private final int doubtfulChecksAllowed;
  private final Duration unknownStatusAllowed;

  /**
   * @param doubtfulChecksAllowed the number of consecutive unconfirmed checks before a person has
   *     to decide
   * @param unknownStatusAllowed how long a status that is not in the guide may last before a person
   *     has to decide
   */
  public StatusRules(Clock clock, int doubtfulChecksAllowed, Duration unknownStatusAllowed) {
    if (doubtfulChecksAllowed < 0) {
      throw new IllegalArgumentException(
          "doubtfulChecksAllowed must not be negative, but is " + doubtfulChecksAllowed);
    }
    this.clock = clock;
    this.doubtfulChecksAllowed = doubtfulChecksAllowed;
    this.unknownStatusAllowed = unknownStatusAllowed;
  }

  /**
   * Assesses one response.
   *
   * @param state null if SignSpace did not return the request
   */
  public StatusAssessment assess(@Nullable RequestState state, StatusContext context) {
    if (state == null) {
      return unconfirmed(
          null,
          MISSING,
          "SignSpace does not show this signing request any more: keep waiting if it will reappear"
              + " there, or ask an administrator to end the case.",
          context);
    }
    String status = state.status().text();
    return switch (state.status()) {
      case OPEN, IN_PROGRESS ->
          signable(
              state, isPast(context.dueDate()) ? SigningStatus.OVERDUE.text() : status, context);
      case OVERDUE -> signable(state, status, context);
      case ON_HOLD ->
          problem(
              status,
              "The signing request is on hold in SignSpace and cannot be signed: re-open it, correct"
                  + " and send it again, cancel it, or keep waiting until it is re-opened there.",
              context,
              0);
      case COMPLETE ->
          SignedRules.whyNotSigned(state, context.sent())
              .map(problem -> unconfirmed(state, status, problem, context))
              .orElseGet(() -> settled(SigningPhase.SIGNED, status, context));
      case CANCELLED -> settled(SigningPhase.CANCELLED, status, context);
      case UNKNOWN -> unknown(rawStatus(state), context);
    };
  }

  /**
   * Returns what is known against a request after a response.
   *
   * @param state null if SignSpace did not return the request
   */
  public static Doubts doubts(@Nullable RequestState state, SentRequest sent) {
    return state == null ? sent.doubts() : SignedRules.doubts(state, sent);
  }

  private StatusAssessment signable(RequestState state, String status, StatusContext context) {
    if (SignedRules.hasUnknownDocuments(state, context.sent())) {
      return unconfirmed(state, status, UNKNOWN_DOCUMENTS, context);
    }
    if (SignedRules.hasOtherDocuments(state, context.sent())) {
      return unconfirmed(state, status, OTHER_DOCUMENTS, context);
    }
    return status.equals(SigningStatus.OVERDUE.text())
        ? overdue(context)
        : settled(SigningPhase.AWAITING, status, context);
  }

  private StatusAssessment unknown(String status, StatusContext context) {
    if (isDeclined(status)) {
      return problem(
          status,
          "A participant has declined to sign; SignSpace reports the signing request as %s: ask why, then re-open it, correct and send it again, keep waiting, or cancel it."
              .formatted(status),
          context,
          0);
    }
    if (status.equalsIgnoreCase(EXPIRED)) {
      return problem(
          status,
          "SignSpace reports the signing request as %s: keep waiting if that is not final, re-open it, correct and send it again, or cancel it."
              .formatted(status),
          context,
          0);
    }
    boolean isExpired =
        status.equals(context.knownStatus())
            && context.statusSince() != null
            && isPast(context.statusSince().plus(unknownStatusAllowed));
    return isExpired
        ? problem(
            status,
            "SignSpace reports a status that is not known here, %s: look at the request there, then keep waiting, correct and send it again, or cancel it."
                .formatted(status),
            context,
            0)
        : settled(SigningPhase.AWAITING, status, context);
  }

  /** Whether a status says that someone has declined to sign. */
  public static boolean isDeclined(@Nullable String status) {
    return status != null && DECLINED.contains(status.toLowerCase(Locale.ROOT));
  }

  /** Whether a request with this status may still miss signatures that can be given now. */
  public static boolean isSignable(String status) {
    return !UNSIGNABLE.contains(status) && !isDeclined(status) && !status.equalsIgnoreCase(EXPIRED);
  }

  /**
   * Whether a response differs from the state of a process, so that a check is worthwhile. A passed
   * due date does not count, since the process has a timer for it.
   *
   * @param state null if SignSpace did not return the request
   * @param knownStatus the status found by the last check
   * @param knownSignatures the number of signatures found by the last check
   */
  public static boolean hasChanged(
      @Nullable RequestState state, String knownStatus, @Nullable Integer knownSignatures) {
    if (state == null) {
      return !knownStatus.equals(MISSING);
    }
    boolean signed =
        state.signaturesCompleted() != null && !state.signaturesCompleted().equals(knownSignatures);
    // a process that still waits does not know the signed documents yet
    return signed || state.isCompleteWithEvidence() || !isKnown(state, knownStatus);
  }

  private static boolean isKnown(RequestState state, String knownStatus) {
    return switch (state.status()) {
      case OPEN, IN_PROGRESS ->
          knownStatus.equals(state.status().text())
              || knownStatus.equals(SigningStatus.OVERDUE.text());
      case OVERDUE, ON_HOLD, COMPLETE, CANCELLED -> knownStatus.equals(state.status().text());
      case UNKNOWN -> knownStatus.equals(rawStatus(state));
    };
  }

  private boolean isPast(@Nullable Instant dueDate) {
    return dueDate != null && clock.instant().isAfter(dueDate);
  }

  private static StatusAssessment overdue(StatusContext context) {
    return problem(
        SigningStatus.OVERDUE.text(),
        "The due date has passed and signatures are missing: keep waiting for them, correct and send the"
            + " signing request again with a later due date, or cancel it.",
        context,
        0);
  }

  /** A decision to keep waiting that was made before this doubt was about something else. */
  private StatusAssessment unconfirmed(
      @Nullable RequestState state, String status, String problem, StatusContext context) {
    boolean isAnotherDoubt = doubts(state, context.sent()).exceed(context.sent().doubts());
    int checks = isAnotherDoubt ? 1 : context.doubtfulChecks() + 1;
    if (checks > doubtfulChecksAllowed) {
      return problem(status, problem, context, checks);
    }
    return checks == 1
        ? new StatusAssessment(SigningPhase.AWAITING, status, "", "", checks)
        : assessment(SigningPhase.AWAITING, status, "", context, checks);
  }

  private static StatusAssessment problem(
      String status, String problem, StatusContext context, int doubtfulChecks) {
    return status.equals(context.acknowledgedStatus())
        ? assessment(SigningPhase.AWAITING, status, "", context, doubtfulChecks)
        : assessment(SigningPhase.PROBLEM, status, problem, context, doubtfulChecks);
  }

  private static StatusAssessment settled(
      SigningPhase phase, String status, StatusContext context) {
    return assessment(phase, status, "", context, 0);
  }

  private static StatusAssessment assessment(
      SigningPhase phase,
      String status,
      String problem,
      StatusContext context,
      int doubtfulChecks) {
    String acknowledged = status.equals(context.acknowledgedStatus()) ? status : "";
    return new StatusAssessment(phase, status, problem, acknowledged, doubtfulChecks);
  }

  private static String rawStatus(RequestState state) {
    String word = DisplayText.truncate(state.statusText().strip(), MAX_STATUS);
    return word.isEmpty() ? SigningStatus.UNKNOWN.text() : word;
  }
}
