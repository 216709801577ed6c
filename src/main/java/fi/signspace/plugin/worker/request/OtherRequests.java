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
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.SigningTask;
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
    if (!task.relatedSteps().otherCreations().isEmpty()) {
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
   * @throws InputRejectedException if the last one or an earlier one is not cancelled: a person has
   *     to decide
   * @throws IncidentException if SignSpace does not show the last one
   */
  void requireFormerCancelled(SigningTask task, SigningState state) {
    if (state.request() == null || !task.isOfSigningRequest()) {
      return;
    }
    RequestState last = actions.readRequest(task, state).orElseThrow(() -> notShown(state));
    if (last.status() != SigningStatus.CANCELLED) {
      throw new InputRejectedException(
          "The signing request %s was opened again in SignSpace after it had been cancelled, and is %s there, so no other one was sent. Correct and send again, which cancels it first, or keep waiting for it."
              .formatted(last.id(), last.status().text()));
    }
    SigningRequestFinder.formerNotCancelled(state, signSpace)
        .ifPresent(
            earlier -> {
              throw new InputRejectedException(
                  "The former signing request %s, which was cancelled, is %s in SignSpace, so no other one was sent. Cancel it there, then correct and send again, or keep waiting."
                      .formatted(earlier.id(), earlier.status()));
            });
  }

  private static IncidentException notShown(SigningState state) {
    return new IncidentException(
        "The signing request %s is to be sent again, but SignSpace does not show it any more, so no other one was created. Retry when SignSpace shows it as cancelled"
            .formatted(state.requireRequest().id()));
  }
}
