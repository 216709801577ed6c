package fi.signspace.plugin.signing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what SignSpace says about a signing request. A request that is complete without its signed
 * documents, or that SignSpace does not show, is doubted: it is looked at a few times more before a
 * person is asked. A person who keeps waiting is not asked again while the status stays the same.
 */
public final class StatusRules {

  private static final String MISSING = "missing";
  private static final int LONGEST_STATUS = 100;

  private static final String OTHER_DOCUMENTS =
      "The documents of the signing request were replaced in SignSpace itself, so it will not count as"
          + " signed: cancel it, or keep waiting and replace them here. Who has signed by then has not"
          + " signed the new ones.";

  /** Not among the statuses that the guide names, but their meaning is clear. */
  private static final Set<String> DECLINED = Set.of("declined", "rejected", "expired");

  private final Clock clock;
  private final int doubtfulChecksAllowed;
  private final Duration unknownStatusAllowed;

  /**
   * @param doubtfulChecksAllowed how many checks in a row may be doubtful before a person is asked
   * @param unknownStatusAllowed how long a status that the guide does not name may last before a
   *     person is asked
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
   * Assesses one answer.
   *
   * @param state null if SignSpace did not show the request
   */
  public Assessment assess(@Nullable RequestState state, Situation situation) {
    if (state == null) {
      return doubtful(
          MISSING,
          "SignSpace does not show this signing request any more: keep waiting if it is to be found"
              + " again there, or cancel it.",
          situation);
    }
    String status = state.status().text();
    return switch (state.status()) {
      case OPEN, IN_PROGRESS ->
          isPast(situation.dueDate())
              ? overdue(situation)
              : SignedRules.hasOtherDocuments(state, situation.sent())
                  ? doubtful(status, OTHER_DOCUMENTS, situation)
                  : settled(SigningPhase.AWAITING, status, situation);
      case OVERDUE -> overdue(situation);
      case ON_HOLD ->
          problem(
              status,
              "The signing request is on hold in SignSpace and cannot be signed: re-open it, cancel"
                  + " it, or keep waiting until somebody re-opens it there.",
              situation,
              0);
      case COMPLETE ->
          SignedRules.whyNotSigned(state, situation.sent())
              .map(problem -> doubtful(status, problem, situation))
              .orElseGet(() -> settled(SigningPhase.SIGNED, status, situation));
      case CANCELLED -> settled(SigningPhase.CANCELLED, status, situation);
      case UNKNOWN -> unknown(ownWord(state), situation);
    };
  }

  private Assessment unknown(String status, Situation situation) {
    if (DECLINED.contains(status.toLowerCase(Locale.ROOT))) {
      return problem(
          status,
          "SignSpace reports the signing request as %s: keep waiting if that is not final, re-open it, or cancel it."
              .formatted(status),
          situation,
          0);
    }
    boolean lasts =
        status.equals(situation.knownStatus())
            && situation.statusSince() != null
            && isPast(situation.statusSince().plus(unknownStatusAllowed));
    return lasts
        ? problem(
            status,
            "SignSpace reports a status that is not known here, %s: look at the request there, then keep waiting, or cancel it."
                .formatted(status),
            situation,
            0)
        : settled(SigningPhase.AWAITING, status, situation);
  }

  /**
   * Whether an answer is worth a check: whether it differs from what a process knows. That a due
   * date passes is no news, since the process has a timer for it.
   *
   * @param state null if SignSpace did not show the request
   * @param knownStatus the status that the last check found
   * @param knownSignatures the number of signatures that the last check found
   */
  public static boolean isNews(
      @Nullable RequestState state, String knownStatus, @Nullable Integer knownSignatures) {
    if (state == null) {
      return !knownStatus.equals(MISSING);
    }
    boolean signed =
        state.signaturesCompleted() != null && !state.signaturesCompleted().equals(knownSignatures);
    // whatever waits while all documents are signed has not seen them yet
    return signed || state.isCompleteWithEvidence() || !isKnown(state, knownStatus);
  }

  private static boolean isKnown(RequestState state, String knownStatus) {
    return switch (state.status()) {
      case OPEN, IN_PROGRESS ->
          knownStatus.equals(state.status().text())
              || knownStatus.equals(SigningStatus.OVERDUE.text());
      case OVERDUE, ON_HOLD, COMPLETE, CANCELLED -> knownStatus.equals(state.status().text());
      case UNKNOWN -> knownStatus.equals(ownWord(state));
    };
  }

  private boolean isPast(@Nullable Instant dueDate) {
    return dueDate != null && clock.instant().isAfter(dueDate);
  }

  private static Assessment overdue(Situation situation) {
    return problem(
        SigningStatus.OVERDUE.text(),
        "The due date has passed and signatures are missing: keep waiting for them, or cancel the"
            + " signing request.",
        situation,
        0);
  }

  private Assessment doubtful(String status, String problem, Situation situation) {
    int checks = situation.doubtfulChecks() + 1;
    return checks <= doubtfulChecksAllowed
        ? assessment(SigningPhase.AWAITING, status, "", situation, checks)
        : problem(status, problem, situation, checks);
  }

  private static Assessment problem(
      String status, String problem, Situation situation, int doubtfulChecks) {
    return status.equals(situation.toleratedStatus())
        ? assessment(SigningPhase.AWAITING, status, "", situation, doubtfulChecks)
        : assessment(SigningPhase.PROBLEM, status, problem, situation, doubtfulChecks);
  }

  private static Assessment settled(SigningPhase phase, String status, Situation situation) {
    return assessment(phase, status, "", situation, 0);
  }

  private static Assessment assessment(
      SigningPhase phase, String status, String problem, Situation situation, int doubtfulChecks) {
    String tolerated = status.equals(situation.toleratedStatus()) ? status : "";
    return new Assessment(phase, status, problem, tolerated, doubtfulChecks);
  }

  private static String ownWord(RequestState state) {
    String word = Words.cut(state.statusText().strip(), LONGEST_STATUS);
    return word.isEmpty() ? SigningStatus.UNKNOWN.text() : word;
  }
}
