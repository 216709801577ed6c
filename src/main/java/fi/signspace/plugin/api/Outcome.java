package fi.signspace.plugin.api;

import fi.signspace.plugin.encryption.SealedSince;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;

/**
 * How an instance that has ended is reported. What it claims is a variable that anybody may have
 * written: {@code signed} needs valid evidence of this instance.
 *
 * @param doubt why the claim is not reported, in words
 */
record Outcome(Status status, @Nullable String doubt) {

  private static final String NO_EVIDENCE =
      "The request is said to be signed, but there is no evidence of it.";

  /** Whether its documents are shown as signed ones. */
  boolean hasSignedDocuments() {
    return status == Status.SIGNED || status == Status.UNVERIFIABLE;
  }

  /** Finds out how instances are reported. */
  static final class Reader {

    private final EvidenceCheck evidenceCheck;
    private final OutcomeCheck outcomeCheck;
    private final SealedSince sealedSince;

    Reader(EvidenceCheck evidenceCheck, OutcomeCheck outcomeCheck, SealedSince sealedSince) {
      this.evidenceCheck = evidenceCheck;
      this.outcomeCheck = outcomeCheck;
      this.sealedSince = sealedSince;
    }

    /**
     * @param claimed how the instance says that it ended
     * @param files its own File variables: signed documents, and the evidence
     */
    Outcome of(
        HistoricProcessInstance instance, Status claimed, List<HistoricVariableInstance> files) {
      return switch (claimed) {
        case SIGNED -> signed(instance, files);
        case CANCELLED, ABANDONED ->
            isOlderThanSeals(instance)
                ? new Outcome(claimed, null)
                : outcomeCheck.outcome(instance, claimed);
        default -> new Outcome(claimed, null);
      };
    }

    private Outcome signed(HistoricProcessInstance instance, List<HistoricVariableInstance> files) {
      Optional<HistoricVariableInstance> evidence =
          files.stream().filter(file -> file.getName().equals(EvidenceCheck.VARIABLE)).findFirst();
      if (evidence.isPresent()) {
        return evidenceCheck.outcome(instance, evidence.get(), files);
      }
      return isOlderThanSeals(instance)
          ? new Outcome(Status.SIGNED, null)
          : new Outcome(Status.UNPROVEN, NO_EVIDENCE);
    }

    private boolean isOlderThanSeals(HistoricProcessInstance instance) {
      Instant end = ViewBuilder.moment(instance.getEndTime());
      return sealedSince.moment().filter(end::isBefore).isPresent();
    }
  }
}
