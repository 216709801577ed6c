package fi.signspace.plugin.signing;

/**
 * How a signing request stands.
 *
 * @param phase what that means for the process
 * @param status the status as {@link SigningStatus#text()}, {@code missing} if SignSpace does not
 *     show the request, or SignSpace's own word if the guide does not name it
 * @param problem what is wrong and what can be decided, one sentence for a case worker; "" unless a
 *     person has to decide
 * @param acknowledgedStatus the status that a person has decided to wait with, "" if there is none
 *     or it is over
 * @param doubtfulChecks checks in a row, with this one, that could not be believed
 */
public record StatusAssessment(
    SigningPhase phase,
    String status,
    String problem,
    String acknowledgedStatus,
    int doubtfulChecks) {}
