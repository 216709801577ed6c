package fi.signspace.plugin.api.view;

import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.process.SigningVariables;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The outcome that is reported for an instance. Any user may have written the variables that
 * contain its outcome and its request, so {@code signed} requires valid evidence of this instance.
 *
 * @param doubt why the outcome in the variables is not reported, as a sentence
 * @param sent what has provably been sent; null if nothing has
 * @param hasEvidence whether its evidence is of this instance, valid or not: a restarted or called
 *     instance may hold the evidence of another one
 */
record Outcome(
    Status status, @Nullable String doubt, @Nullable ProvenRequest sent, boolean hasEvidence) {

  private static final String NO_EVIDENCE =
      "The request claims to be signed, but it has no evidence.";

  static final String NOT_LAST =
      "The request claims to be signed, but a worker continued after its evidence was written.";

  public Outcome(Status status, @Nullable String doubt) {
    this(status, doubt, null, false);
  }

  /** Whether its documents are shown as signed: only if that is proven. */
  boolean hasSignedDocuments() {
    return status == Status.SIGNED;
  }

  private Outcome withSent(@Nullable ProvenRequest request) {
    return new Outcome(status, doubt, request, hasEvidence);
  }

  /** Determines how instances are reported. */
  static final class Reader {

    private final EvidenceCheck evidenceCheck;
    private final OutcomeCheck outcomeCheck;
    private final SealedRequests sealedRequests;
    private final SealedSince sealedSince;

    Reader(
        EvidenceCheck evidenceCheck,
        OutcomeCheck outcomeCheck,
        SealedRequests sealedRequests,
        SealedSince sealedSince) {
      this.evidenceCheck = evidenceCheck;
      this.outcomeCheck = outcomeCheck;
      this.sealedRequests = sealedRequests;
      this.sealedSince = sealedSince;
    }

    /**
     * @param claimed the state or outcome that the instance's variables claim
     * @param files its own File variables: signed documents and evidence
     * @param state its own variable {@code signingState}
     */
    Outcome of(
        HistoricProcessInstance instance,
        Status claimed,
        List<HistoricVariableInstance> files,
        @Nullable TypedValue state) {
      Outcome outcome = outcome(instance, claimed, files);
      if (outcome.hasSignedDocuments() && isFoundUnsigned(instance, state)) {
        return new Outcome(Status.UNPROVEN, NOT_LAST, outcome.sent(), outcome.hasEvidence());
      }
      if (outcome.sent() != null) {
        return outcome;
      }
      ProvenRequest unproven =
          outcome.status() == Status.UNVERIFIABLE ? ProvenRequest.UNREADABLE : null;
      return outcome.withSent(sealedRequests.of(instance, state).orElse(unproven));
    }

    /** Whether a check after the evidence found another status, as far as this node can read it. */
    private boolean isFoundUnsigned(HistoricProcessInstance instance, @Nullable TypedValue state) {
      return sealedRequests
          .state(instance, state)
          .filter(last -> last.lastCheck() != null && !last.hasBeenFoundSigned())
          .isPresent();
    }

    private Outcome outcome(
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
          files.stream()
              .filter(file -> file.getName().equals(SigningVariables.SIGNING_EVIDENCE))
              .findFirst();
      if (evidence.isPresent()) {
        return evidenceCheck.outcome(instance, evidence.get(), files);
      }
      return isOlderThanSeals(instance)
          ? new Outcome(Status.SIGNED, null)
          : new Outcome(Status.UNPROVEN, NO_EVIDENCE);
    }

    private boolean isOlderThanSeals(HistoricProcessInstance instance) {
      Instant end = instance.getEndTime().toInstant();
      return sealedSince.moment().filter(end::isBefore).isPresent();
    }
  }
}
