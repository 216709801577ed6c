package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.status.CheckSchedule;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the documents of the request, unless it has them already or is complete. The status is
 * checked immediately afterwards, since the replacement may have been too late.
 *
 * <p>Each attempt is recorded before the call: if the step is interrupted, which documents the
 * request has is unknown.
 */
public final class ReplaceDocumentsWorker implements TopicWorker {

  private static final String TOO_LATE =
      "The documents were not replaced: SignSpace calls the signing request complete, with the former documents.";

  /** Retrying would not prove anything. */
  private static final String ARCHIVE =
      "What was signed cannot be proven: archive the signed documents from SignSpace, and cancel this process instance in Cockpit";

  private final SignSpace signSpace;
  private final SealedStates states;
  private final RequestActions actions;
  private final CheckSchedule schedule;

  public ReplaceDocumentsWorker(
      SignSpace signSpace, SealedStates states, RequestActions actions, CheckSchedule schedule) {
    this.signSpace = signSpace;
    this.states = states;
    this.actions = actions;
    this.schedule = schedule;
  }

  @Override
  public Step step() {
    return Step.REPLACE_DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    SigningState state = states.currentRequest(task);
    List<String> fileIds = state.pendingFileIds();
    if (fileIds.isEmpty()) {
      throw new IncidentException(
          "No documents were uploaded to replace those of the signing request. Pass on the variable signingState of the step \"Upload documents\" to this one");
    }
    Optional<RequestState> reported = actions.readRequest(task, state);
    boolean isDone = reported.filter(t -> t.fileIds().equals(fileIds)).isPresent();
    boolean isTooLate =
        !isDone && reported.filter(t -> t.status() == SigningStatus.COMPLETE).isPresent();
    boolean isInDoubt =
        (state.replacementInDoubt() != null || task.retries().isPresent())
            && reported.filter(request -> !request.fileIds().isEmpty()).isEmpty();
    if (isTooLate && isInDoubt) {
      throw inDoubt(state, "SignSpace calls the signing request complete.", ARCHIVE);
    }
    if (!isTooLate && !isDone) {
      replace(task, state, isInDoubt);
    }
    String now = schedule.now().toString();
    Outputs outputs =
        isTooLate
            ? states.put(
                task,
                new Outputs().put(SigningVariables.REFUSAL, TOO_LATE),
                state.withLateReplacement())
            : states.put(task, new Outputs(), state.withPendingSent(now));
    return outputs.put(SigningVariables.PROBLEM, "").put(SigningVariables.NEXT_CHECK_AT, now);
  }

  /**
   * @param isInDoubt whether an earlier attempt may have replaced the documents, and SignSpace does
   *     not return the files of the request
   * @throws IncidentException if SignSpace then rejects this attempt
   */
  private void replace(SigningTask task, SigningState state, boolean isInDoubt) {
    states.save(task, state.withReplacementInDoubt(schedule.now().toString()));
    try {
      actions.perform(
          task,
          state,
          (handle, request) -> signSpace.replaceDocuments(handle, request, state.pendingFileIds()));
    } catch (SignSpaceException e) {
      if (e.kind() == SignSpaceException.Kind.REJECTED && isInDoubt) {
        throw inDoubt(state, e.getMessage(), "Correct the reason there, then retry");
      }
      if (!e.isOutcomeUnknown()) {
        states.saveWithReport(task, withoutReplacement(task, state, e));
      }
      throw e;
    }
  }

  /** After a rejection, this run ends; after another failure, it is repeated. */
  private static SigningState withoutReplacement(
      SigningTask task, SigningState state, SignSpaceException failure) {
    return failure.kind() == SignSpaceException.Kind.REJECTED
        ? state.withRejectedReplacement(task.activityInstanceId())
        : state;
  }

  private static IncidentException inDoubt(SigningState state, String reason, String remedy) {
    return new IncidentException(
        "%s An earlier attempt may have replaced the documents of the signing request %s, and SignSpace does not return which it has. %s"
            .formatted(reason, state.requireRequest().id(), remedy));
  }
}
