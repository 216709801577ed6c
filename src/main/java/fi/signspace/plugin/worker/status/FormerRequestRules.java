package fi.signspace.plugin.worker.status;

import static fi.signspace.plugin.signing.status.SigningPhase.CANCELLED;
import static fi.signspace.plugin.signing.status.SigningPhase.PROBLEM;
import static fi.signspace.plugin.signing.status.SigningPhase.SIGNED;

import fi.signspace.plugin.process.SigningState.FormerRequest;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.signing.status.StatusAssessment;

/**
 * Both a request and the cancelled one that it has replaced could be signed if the latter is
 * re-opened in SignSpace.
 */
final class FormerRequestRules {

  private FormerRequestRules() {}

  /**
   * A person can acknowledge that the former request is open, except when the process would end as
   * cancelled; after a doubtful response, that is what was acknowledged.
   */
  static boolean isOfInterest(LastCheck last, StatusAssessment assessment) {
    SigningPhase phase = assessment.phase();
    boolean isAcknowledged =
        phase != CANCELLED
            && last.unconfirmedChecks() == 0
            && assessment.status().equals(assessment.acknowledgedStatus());
    return phase != PROBLEM && !isAcknowledged;
  }

  /** Makes a former request that is not cancelled a problem of the present one. */
  static StatusAssessment problem(FormerRequest former, StatusAssessment present) {
    return new StatusAssessment(
        PROBLEM,
        present.status(),
        adviceOn(former, present.phase()),
        present.acknowledgedStatus(),
        present.doubtfulChecks());
  }

  private static String adviceOn(FormerRequest former, SigningPhase present) {
    if (present == SIGNED) {
      return "All have signed, but the former signing request %s, which was cancelled, is %s in SignSpace: cancel it there, or archive its documents if all have signed it. Then keep waiting: the process continues."
          .formatted(former.id(), former.status());
    }
    if (!former.status().equals(SigningStatus.COMPLETE.text())) {
      return "The former signing request %s, which was cancelled, is %s in SignSpace: its participants can sign it, too. Cancel it there, then keep waiting."
          .formatted(former.id(), former.status());
    }
    return present == CANCELLED
        ? "The former signing request %s, which was cancelled, was opened again in SignSpace, and all have signed it, so this case does not end as cancelled. Archive its documents from there, then have an administrator end the process instance."
            .formatted(former.id())
        : "The former signing request %s, which was cancelled, was opened again in SignSpace, and all have signed it. Its documents are in SignSpace; if they are the right ones, archive them, cancel the present request and have an administrator end the process instance, otherwise keep waiting."
            .formatted(former.id());
  }
}
