package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.worker.task.IncidentException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Recognizes a response of SignSpace that is about another request: SignSpace or a proxy may
 * confuse requests. All documents of a request may have been replaced there, or its title changed,
 * but not its creation time.
 */
public final class ReportedRequest {

  private ReportedRequest() {}

  /**
   * @throws IncidentException if the response is about another request
   */
  public static void requireOurs(SigningState state, RequestState reported) {
    SentRequest request = state.request();
    if (request == null || state.hasAnyOf(reported.fileIds())) {
      return;
    }
    boolean hasOtherFiles = !reported.fileIds().isEmpty();
    if (isOtherAge(request, reported)
        || (hasOtherFiles && reported.hasOtherTitle(request.creation().title()))) {
      throw new IncidentException(
          "SignSpace shows the signing request %s with another time of creation, or with other files and another title, so no action was taken. Compare it with the process in SignSpace, then retry"
              .formatted(reported.id()));
    }
  }

  private static boolean isOtherAge(SentRequest request, RequestState reported) {
    if (reported.createdAt() == null || request.createdAt() == null) {
      return false;
    }
    Instant known = Instant.parse(request.createdAt());
    Duration apart = Duration.between(known, reported.createdAt()).abs();
    return apart.compareTo(precision(known, reported.createdAt())) > 0;
  }

  /** Some responses omit fractions of a second, or have fewer digits. */
  private static Duration precision(Instant one, Instant other) {
    return isWhole(one) || isWhole(other) ? Duration.ofSeconds(1) : Duration.ofMillis(1);
  }

  private static boolean isWhole(Instant moment) {
    return moment.equals(moment.truncatedTo(ChronoUnit.SECONDS));
  }
}
