package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.SigningState;
import java.util.List;

/**
 * Compares a state with what the engine itself recorded. A seal proves who wrote a state, not that
 * no later one was written: an older state of the same instance may have been put back. Every
 * creation that finished in the instance has to be known to the state.
 */
class CreationHistory {

  private final EngineApi engine;

  CreationHistory(EngineApi engine) {
    this.engine = engine;
  }

  /**
   * @throws NeedsAdminException if a request was created after this state was written
   */
  void requireLatest(SigningTask task, SigningState state, String createdBy) {
    if (!createdBy.isEmpty() && isOutdated(task, state, createdBy)) {
      throw new NeedsAdminException(
          """
          The variable signingState is older than the history of this process instance: a signing request was created after it \
          was written. Restore its latest value in Cockpit, then retry.\
          """);
    }
  }

  /** Whether a creation finished in this instance, and scope, that the state does not know. */
  boolean isOutdated(SigningTask task, SigningState state, String createdBy) {
    String scope = state.binding().scopeId();
    List<EngineApi.FinishedActivity> creations =
        engine.finishedActivities(task.processInstanceId(), createdBy).orElse(List.of());
    long finished =
        creations.stream()
            .filter(creation -> !creation.canceled())
            .filter(creation -> scope == null || scope.equals(creation.parentActivityInstanceId()))
            .count();
    return finished > state.createdRequests();
  }
}
