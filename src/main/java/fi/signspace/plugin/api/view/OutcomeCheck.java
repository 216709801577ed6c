package fi.signspace.plugin.api.view;

import fi.signspace.plugin.encryption.BrokenSealException;
import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.encryption.UnknownSealKeyException;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.status.SigningPhase;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;

/**
 * Checks whether an instance really ended as cancelled or abandoned. The outcome is a variable that
 * any user may have written, so it is compared with the state sealed by the workers. That state may
 * be an older one that was restored, so it counts only if the steps recorded by the engine show
 * that no later state can differ.
 */
final class OutcomeCheck {

  private static final String NOT_CONFIRMED =
      "The request claims to have ended as %s, but no worker has recorded it.";
  private static final String KEY_MISSING =
      "This node cannot verify whether the request ended as %s, since it lacks the key of its state"
          + " (signspace.seal.secret).";

  private final HistoryService history;
  private final SealedRequests requests;
  private final SealedSince sealedSince;

  public OutcomeCheck(HistoryService history, SealedRequests requests, SealedSince sealedSince) {
    this.history = history;
    this.requests = requests;
    this.sealedSince = sealedSince;
  }

  /**
   * @param claimed {@link Status#CANCELLED} or {@link Status#ABANDONED}
   */
  Outcome outcome(HistoricProcessInstance instance, Status claimed) {
    if (!requests.areReadable()) {
      return unverifiable(claimed);
    }
    try {
      Optional<SigningState> state = sealed(instance).flatMap(text -> requests.own(instance, text));
      RecordedSteps steps = new RecordedSteps(history, instance);
      boolean isConfirmed =
          claimed == Status.CANCELLED
              ? state.filter(s -> isCancelled(s, steps)).isPresent()
              : isNeverBegun(state, steps);
      return isConfirmed
          ? new Outcome(claimed, null)
          : new Outcome(Status.UNPROVEN, NOT_CONFIRMED.formatted(claimed.text()));
    } catch (UnknownSealKeyException e) {
      return unverifiable(claimed);
    } catch (BrokenSealException e) {
      return new Outcome(Status.UNPROVEN, NOT_CONFIRMED.formatted(claimed.text()));
    }
  }

  private static Outcome unverifiable(Status claimed) {
    return new Outcome(Status.UNVERIFIABLE, KEY_MISSING.formatted(claimed.text()));
  }

  /**
   * Whether the last step found the request cancelled and no other request can be open. The state
   * alone does not show that: a check seals the state that it reads again, so an older one that was
   * restored before it looks like the latest.
   */
  private boolean isCancelled(SigningState state, RecordedSteps steps) {
    return state.request() != null
        && state.creation() == null
        && state.lastCheck() != null
        && state.lastCheck().phase().equals(SigningPhase.CANCELLED.text())
        && steps.isLast(state.writtenBy())
        && steps.completedCreations() <= state.createdRequests()
        && areKnown(steps.creationsInterruptedLast(), Optional.of(state));
  }

  /** A request exists or may exist. */
  private static boolean isBegun(SigningState state) {
    return state.request() != null || state.creation() != null;
  }

  /**
   * No creation was completed, and the state shows of each one interrupted since sealing began that
   * it had no effect.
   */
  private boolean isNeverBegun(Optional<SigningState> state, RecordedSteps steps) {
    return state.filter(OutcomeCheck::isBegun).isEmpty()
        && steps.completedCreations() == 0
        && areKnown(steps.creationsInterruptedLast(), state);
  }

  /** Whether the state shows of interrupted creations that they had no effect. */
  private boolean areKnown(
      Stream<HistoricActivityInstance> interrupted, Optional<SigningState> state) {
    Instant since = sealedSince.moment().orElse(Instant.EPOCH);
    return interrupted
        .filter(creation -> !creation.getEndTime().toInstant().isBefore(since))
        .allMatch(
            creation ->
                state.filter(s -> s.knownCreations().contains(creation.getId())).isPresent());
  }

  private Optional<String> sealed(HistoricProcessInstance instance) {
    return history
        .createHistoricVariableInstanceQuery()
        .processInstanceId(instance.getId())
        .variableName(SigningVariables.SIGNING_STATE.name())
        .disableCustomObjectDeserialization()
        .list()
        .stream()
        .filter(variable -> instance.getId().equals(variable.getActivityInstanceId()))
        .map(HistoricVariableInstance::getTypedValue)
        .map(SealedRequests::text)
        .findFirst();
  }
}
