package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.worker.state.ConcurrentSteps;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.state.SigningRequestFinder;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.Optional;
import java.util.Set;

/** Refuses to create a request beside another one, of the same or of another step. */
final class OtherRequests {

  private static final Set<String> ENDED =
      Set.of(SigningPhase.SIGNED.text(), SigningPhase.CANCELLED.text());

  private final SignSpace signSpace;
  private final SealedStates states;
  private final RequestActions actions;
  private final ConcurrentSteps concurrent;

  OtherRequests(
      SignSpace signSpace,
      SealedStates states,
      RequestActions actions,
      ConcurrentSteps concurrent) {
    this.signSpace = signSpace;
    this.states = states;
    this.actions = actions;
    this.concurrent = concurrent;
  }

  /**
   * @throws IncidentException if the state has a request that is not to be replaced by another one
   */
  void requireNone(SigningTask task, SigningState state) {
    if (state.request() != null && task.isOfSigningRequest() && !isSentAgain(state)) {
      throw new IncidentException(
          "The signing request %s of this process exists already, so no other one was created. Cancel this step in Cockpit (\"Modify\"); if the process does not continue, start \"Check status\" there"
              .formatted(state.request().id()));
    }
    requireNoOtherOpen(task, state);
  }

  /**
   * Whether another request is to be created instead of a cancelled one: a check has found it
   * cancelled, and there are documents that were not part of it.
   */
  private static boolean isSentAgain(SigningState state) {
    LastCheck check = state.lastCheck();
    return check != null
        && check.phase().equals(SigningPhase.CANCELLED.text())
        && !state.pending().isEmpty()
        && state.unsentPending().equals(state.pending());
  }

  /** Other steps may use the same state, at the same time or since this task was fetched. */
  void requireNoOtherStep(SigningTask task, SigningState state) {
    if (!task.otherCreations().isEmpty()) {
      concurrent.requireNoOtherCreation(task, text -> states.isSame(state, text));
      states.current(task).ifPresent(current -> requireNoOtherOpen(task, current));
    }
  }

  /** Two requests that share a state could be mistaken for each other. */
  private static void requireNoOtherOpen(SigningTask task, SigningState state) {
    SentRequest request = state.request();
    LastCheck check = state.lastCheck();
    boolean isOpen = check == null || !ENDED.contains(check.phase());
    if (request != null && isOpen && !request.creation().createdBy().equals(task.activityId())) {
      throw new IncidentException(
          "The variable signingState of this step belongs to the signing request %s of another step, which is not finished. Give each request of the process a variable of its own in the model"
              .formatted(request.id()));
    }
  }

  /**
   * The former requests of this instance may have been re-opened since the last check.
   *
   * @throws IncidentException if SignSpace does not show the last one as cancelled, or an earlier
   *     one as open or complete
   */
  void requireFormerCancelled(SigningTask task, SigningState state) {
    if (state.request() == null || !task.isOfSigningRequest()) {
      return;
    }
    Optional<RequestState> former = actions.readRequest(task, state);
    if (former.filter(f -> f.status() == SigningStatus.CANCELLED).isEmpty()) {
      throw notCancelled(
          state.request().id(), former.map(f -> f.status().text()).orElse("not shown"));
    }
    SigningRequestFinder.formerNotCancelled(state, signSpace)
        .ifPresent(
            earlier -> {
              throw notCancelled(earlier.id(), earlier.status().text());
            });
  }

  private static IncidentException notCancelled(String id, String status) {
    return new IncidentException(
        "The signing request %s is to be sent again, but SignSpace does not show it as cancelled any more (%s), so no other one was created. Cancel it there, then retry"
            .formatted(id, status));
  }
}
