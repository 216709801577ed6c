package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.state.ReportedRequest;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.state.SigningRequestFinder;
import fi.signspace.plugin.worker.state.UnsettledActions;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.Optional;
import java.util.Set;

/**
 * Shared by the workers that act on an existing request. Acting handle and request id come from the
 * sealed state, so a variable cannot redirect an action to another request or handle.
 */
public final class RequestActions {

  /** A call to SignSpace that acts on a request. */
  interface Action {
    void perform(String actingHandle, String requestId);
  }

  private static final String ALREADY_COMPLETE =
      "SignSpace calls the signing request complete, so nothing was cancelled or re-opened there.";

  private static final String NOT_SHOWN =
      "SignSpace does not show this signing request any more, so nothing was changed there.";

  private final SignSpace signSpace;
  private final SealedStates states;
  private final LockTimings times;
  private final UnsettledActions unsettled;

  public RequestActions(
      SignSpace signSpace, SealedStates states, UnsettledActions unsettled, LockTimings times) {
    this.signSpace = signSpace;
    this.states = states;
    this.times = times;
    this.unsettled = unsettled;
  }

  /**
   * Acts on the request unless it has a target status already, or has one when SignSpace rejects
   * the action. Other rejections are returned as text, which the next check shows to a case worker;
   * so is the failure to act on a request that SignSpace does not show any more.
   */
  Outputs act(SigningTask task, Set<SigningStatus> targetStatuses, Action action) {
    SigningState state = states.currentRequest(task);
    unsettled.requireNoneOfOthers(task, state);
    Optional<Outputs> outputs = outputsIfDone(task, state, targetStatuses);
    if (outputs.isPresent()) {
      return outputs.get();
    }
    try {
      perform(task, state, action);
      return new Outputs();
    } catch (SignSpaceException e) {
      if (e.kind() == SignSpaceException.Kind.REJECTED) {
        return outputsIfDone(task, state, targetStatuses)
            .orElseGet(() -> refusal(task, e.getMessage()));
      }
      if (e.kind() == SignSpaceException.Kind.PERMANENT && readRequest(task, state).isEmpty()) {
        return refusal(task, NOT_SHOWN);
      }
      throw e;
    }
  }

  private Outputs refusal(SigningTask task, String why) {
    unsettled.requireNoneOfThis(task);
    return refusal(why);
  }

  private static Outputs refusal(String why) {
    return new Outputs().put(SigningVariables.REFUSAL, why);
  }

  void perform(SigningTask task, SigningState state, Action action) {
    task.lock().ensureFor(times.lockForOneCall());
    action.perform(actingHandle(task, state), state.requireRequest().id());
  }

  /** Reads the request; empty if SignSpace does not show it. */
  public Optional<RequestState> readRequest(SigningTask task, SigningState state) {
    String id = state.requireRequest().id();
    task.lock().ensureFor(times.lockForOneCall());
    Optional<RequestState> reported = SigningRequestFinder.byId(id, signSpace);
    reported.ifPresent(request -> ReportedRequest.requireOurs(state, request));
    return reported;
  }

  /**
   * The handle that created the request; before the creation, the handle given by the process or
   * the default one.
   */
  public String actingHandle(SigningTask task, SigningState state) {
    return state.request() == null
        ? task.text(SigningVariables.ACTING_HANDLE.name()).orElseGet(signSpace::defaultActingHandle)
        : state.request().creation().actingHandle();
  }

  /** A late decision changes nothing, and the case worker sees the reason. */
  private Optional<Outputs> outputsIfDone(
      SigningTask task, SigningState state, Set<SigningStatus> targetStatuses) {
    return readRequest(task, state)
        .filter(reported -> targetStatuses.contains(reported.status()))
        .map(
            reported ->
                reported.status() == SigningStatus.COMPLETE
                    ? refusal(ALREADY_COMPLETE)
                    : new Outputs());
  }
}
