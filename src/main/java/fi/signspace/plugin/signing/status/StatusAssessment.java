package fi.signspace.plugin.signing.status;

import fi.signspace.plugin.signing.SigningStatus;

/**
 * The assessment of a status response.
 *
 * @param phase the phase for the process
 * @param status the status as {@link SigningStatus#text()}, {@code missing} if SignSpace does not
 *     return the request, or SignSpace's own value if it is not in the guide
 * @param problem the problem and the possible decisions, one sentence for a case worker; "" unless
 *     a person has to decide
 * @param acknowledgedStatus the status acknowledged by the decision to keep waiting, "" if there is
 *     none or the status has changed
 * @param doubtfulChecks the number of consecutive unconfirmed checks, including this one
 */
public record StatusAssessment(
    SigningPhase phase,
    String status,
    String problem,
    String acknowledgedStatus,
    int doubtfulChecks) {

  public StatusAssessment withDoubtfulChecks(int checks) {
    return new StatusAssessment(phase, status, problem, acknowledgedStatus, checks);
  }
}
