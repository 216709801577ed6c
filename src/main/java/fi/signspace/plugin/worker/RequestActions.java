package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the workers that act on an existing request share: who acts, on which request, and how it
 * stands.
 */
final class RequestActions {

  /** A call to SignSpace that acts on a request. */
  interface Action {
    void perform(String actingHandle, String requestId);
  }

  private static final String COMPLETE_ALREADY =
      "SignSpace calls the signing request complete, so nothing was cancelled or re-opened there.";

  private final SignSpace signSpace;
  private final WorkTimes times;

  RequestActions(SignSpace signSpace, WorkTimes times) {
    this.signSpace = signSpace;
    this.times = times;
  }

  /**
   * Acts on the request unless it stands well already, or has come to do so by the time SignSpace
   * refuses. If SignSpace refuses otherwise, its words are handed out, and the check that follows
   * puts them before a case worker.
   */
  Outputs act(SigningTask task, Set<SigningStatus> well, Action action) {
    Optional<Outputs> standing = standing(task, well);
    if (standing.isPresent()) {
      return standing.get();
    }
    try {
      perform(task, action);
      return new Outputs();
    } catch (SignSpaceException e) {
      if (e.kind() != SignSpaceException.Kind.REJECTED) {
        throw e;
      }
      return standing(task, well)
          .orElseGet(() -> new Outputs().put(SigningVariables.REFUSAL, e.getMessage()));
    }
  }

  void perform(SigningTask task, Action action) {
    task.holdLockFor(times.lockForOneCall());
    action.perform(actingHandle(task), requestId(task));
  }

  /** How the request stands; empty if SignSpace does not show it. */
  Optional<RequestState> state(SigningTask task) {
    String id = requestId(task);
    task.holdLockFor(times.lockForOneCall());
    return signSpace.getRequests(List.of(id)).stream()
        .filter(state -> state.id().equals(id))
        .findFirst();
  }

  String actingHandle(SigningTask task) {
    return task.get(SigningVariables.ACTING_HANDLE)
        .map(String::strip)
        .filter(handle -> !handle.isEmpty())
        .orElseGet(signSpace::defaultActingHandle);
  }

  private Optional<Outputs> standing(SigningTask task, Set<SigningStatus> well) {
    return state(task)
        .filter(state -> well.contains(state.status()))
        .map(RequestActions::explained);
  }

  /**
   * Without its evidence the case worker is asked again, and should know why nothing has changed.
   */
  private static Outputs explained(RequestState state) {
    boolean isDone = state.status() != SigningStatus.COMPLETE || state.isCompleteWithEvidence();
    return isDone ? new Outputs() : new Outputs().put(SigningVariables.REFUSAL, COMPLETE_ALREADY);
  }

  private static String requestId(SigningTask task) {
    return task.require(SigningVariables.SIGNING_REQUEST_ID);
  }
}
