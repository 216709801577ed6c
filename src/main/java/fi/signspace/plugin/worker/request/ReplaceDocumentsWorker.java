package fi.signspace.plugin.worker.request;

import fi.signspace.plugin.process.SignatureGiven;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.state.GivenSignatures;
import fi.signspace.plugin.worker.state.Replacements;
import fi.signspace.plugin.worker.state.SealedStates;
import fi.signspace.plugin.worker.state.UnsettledActions;
import fi.signspace.plugin.worker.status.CheckSchedule;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
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

  private final SignSpace signSpace;
  private final SealedStates states;
  private final Replacements replacements;
  private final RequestActions actions;
  private final UnsettledActions unsettled;
  private final CheckSchedule schedule;

  public ReplaceDocumentsWorker(
      SignSpace signSpace,
      SealedStates states,
      Replacements replacements,
      RequestActions actions,
      UnsettledActions unsettled,
      CheckSchedule schedule) {
    this.signSpace = signSpace;
    this.states = states;
    this.replacements = replacements;
    this.actions = actions;
    this.unsettled = unsettled;
    this.schedule = schedule;
  }

  @Override
  public Step step() {
    return Step.REPLACE_DOCUMENTS;
  }

  @Override
  public Outputs work(SigningTask task) {
    SigningState latest = states.currentRequest(task);
    states.requireUploaded(
        task,
        latest,
        "No documents were uploaded to replace those of the signing request. Pass on the variable signingState of the step \"Upload documents\" to this one");
    List<String> earlier = replacements.ended(task, latest);
    Optional<RequestState> reported = actions.readRequest(task, latest);
    String now = schedule.now().toString();
    boolean isComplete =
        reported.filter(request -> request.status() == SigningStatus.COMPLETE).isPresent();
    if (!isComplete) {
      // also if it has the documents already: a late call could replace them
      unsettled.requireNoneOfOthers(task, latest);
    }
    if (reported.filter(t -> t.fileIds().equals(latest.pendingFileIds())).isPresent()) {
      return latest.hasSameDocumentsPending()
          ? done(states.put(task, ofRequest(latest), latest.withSameDocuments()), now)
          : replaced(task, latest, earlier, reported, now);
    }
    boolean isShown = reported.filter(request -> !request.fileIds().isEmpty()).isPresent();
    SigningState state = isShown ? latest : withEarlierAttempt(task, latest, now);
    boolean isInDoubt = !isShown && state.replacementInDoubt() != null;
    if (isComplete) {
      Outputs outputs = states.put(task, ofRequest(state), state.withLateReplacement());
      return done(isInDoubt ? outputs : outputs.put(SigningVariables.REFUSAL, TOO_LATE), now);
    }
    replace(task, state, isInDoubt);
    Optional<RequestState> afterwards = actions.readRequest(task, state);
    return mayBeTooLate(afterwards)
        ? done(
            states.put(
                task, ofRequest(state), state.withReplacementInDoubt(now).withLateReplacement()),
            now)
        : replaced(task, state, earlier, afterwards, now);
  }

  /** The last signature may have been given just before the call. */
  private static boolean mayBeTooLate(Optional<RequestState> afterwards) {
    return afterwards
        .filter(request -> request.status() == SigningStatus.COMPLETE)
        .filter(request -> request.fileIds().isEmpty())
        .isPresent();
  }

  /**
   * The signatures until now are of the former documents, also those that were given during the
   * call.
   *
   * @param earlier attempts, which can no longer take effect
   * @param reported the request since its documents were replaced
   */
  private Outputs replaced(
      SigningTask task,
      SigningState state,
      List<String> earlier,
      Optional<RequestState> reported,
      String now) {
    Instant since = GivenSignatures.afterThose(reported.orElse(null), schedule.now());
    Integer counted = reported.map(RequestState::signaturesCompleted).orElse(null);
    SigningState replaced = state.withPendingAsDocuments(since.toString(), counted, earlier);
    if (reported.isEmpty()) {
      return done(states.put(task, ofRequest(state), replaced), now);
    }
    SignatureGiven[] signatures =
        GivenSignatures.asVariable(reported.get(), replaced.requireRequest());
    Outputs outputs =
        states
            .put(task, ofRequest(state), replaced.withSignatures(signatures))
            .put(SigningVariables.SIGNATURES, signatures);
    return done(outputs, now);
  }

  /** The history shows by it which replacements a state has to include. */
  private static Outputs ofRequest(SigningState state) {
    return new Outputs().put(SigningVariables.SIGNING_REQUEST_ID, state.requireRequest().id());
  }

  private static Outputs done(Outputs outputs, String now) {
    return outputs.put(SigningVariables.PROBLEM, "").put(SigningVariables.NEXT_CHECK_AT, now);
  }

  /** The record of an earlier attempt of this run may have been removed. */
  private SigningState withEarlierAttempt(SigningTask task, SigningState state, String now) {
    return state.replacementInDoubt() == null && replacements.hasEarlierAttempt(task)
        ? state.withReplacementInDoubt(now)
        : state;
  }

  /**
   * @param isInDoubt whether an earlier attempt may have replaced the documents, and SignSpace does
   *     not return the files of the request; then a rejection does not settle it
   */
  private void replace(SigningTask task, SigningState state, boolean isInDoubt) {
    SigningState attempt = state.withReplacementInDoubt(schedule.now().toString());
    task.saveVariables(states.put(task, ofRequest(state), attempt));
    try {
      actions.perform(
          task,
          state,
          (handle, request) -> signSpace.replaceDocuments(handle, request, state.pendingFileIds()));
    } catch (SignSpaceException e) {
      if (e.kind() == SignSpaceException.Kind.REJECTED) {
        unsettled.requireNoneOfThis(task);
      }
      if (!e.isOutcomeUnknown()) {
        // after a rejection, this run ends; after another failure, it is repeated
        boolean isSettled = e.kind() == SignSpaceException.Kind.REJECTED && !isInDoubt;
        states.saveWithReport(
            task,
            isSettled
                ? state.withRejectedReplacement(
                    replacements.latestAttempt(task, task.activityInstanceId()))
                : state);
      }
      throw e;
    }
  }
}
