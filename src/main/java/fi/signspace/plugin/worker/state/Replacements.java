package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The replacements of documents in the engine's history. A state has to include every completed
 * one; while the outcome of one is unknown, so are the documents of the request.
 */
public class Replacements {

  /** Each attempt records its request in it before its call. */
  private static final String RECORD = SigningVariables.SIGNING_REQUEST_ID.name();

  private final EngineHistory history;
  private final StateFreshness freshness;

  public Replacements(EngineHistory history, StateFreshness freshness) {
    this.history = history;
    this.freshness = freshness;
  }

  /**
   * The state with the interrupted replacement that it may lack.
   *
   * @throws IncidentException if its documents were replaced after this state was written
   */
  SigningState withUnknown(SigningTask task, SigningState state) {
    List<ActivityRun> replacements = of(task, state);
    long completed = replacements.stream().filter(ActivityRun::isCompleted).count();
    if (completed > state.replacements()) {
      throw StateFreshness.outdated("documents were replaced");
    }
    return state.replacementInDoubt() == null && hasUnknown(task, state, replacements)
        ? state.withReplacementInDoubt(state.requireRequest().documentsSince())
        : state;
  }

  private List<ActivityRun> of(SigningTask task, SigningState state) {
    if (!task.isOfSigningRequest()) {
      return ownReplacements(task, state);
    }
    return history.activityRuns(task.processInstanceId(), SigningProcess.REPLACEMENT).stream()
        .filter(run -> !isAdopted(state) || isRecorded(run))
        .toList();
  }

  /** An adopted request has the documents that former workers have replaced without a record. */
  private static boolean isAdopted(SigningState state) {
    return state.requireRequest().creation().createdBy().isEmpty();
  }

  /** With history of level full, every attempt has left its record before its call. */
  private boolean areRecordsKept(SigningTask task) {
    return history.failures(task.id()).isPresent()
        && !history.hasDeletedVariables(task.processInstanceId());
  }

  private boolean isRecorded(ActivityRun run) {
    return !history.texts(run.id(), RECORD).isEmpty();
  }

  /**
   * The replacements of this request, or of its former ones, in another process than {@code
   * signing-request}. Each has recorded its request before its call. Those of former workers, and
   * those on an engine that keeps no such records, are recognized by the variable of their state;
   * if records were deleted, all count.
   */
  private List<ActivityRun> ownReplacements(SigningTask task, SigningState state) {
    List<ActivityRun> own = new ArrayList<>();
    List<ActivityRun> unrecorded = new ArrayList<>();
    for (String step : task.relatedSteps().ofTopic(Topic.REPLACE_DOCUMENTS)) {
      boolean isOfVariable = task.relatedSteps().sharesStateVariable(step);
      for (ActivityRun run : freshness.runs(task, step)) {
        // a listener of the model may have set others later
        List<String> requests = history.texts(run.id(), RECORD);
        if (requests.stream().anyMatch(state::hasRequest)) {
          own.add(run);
        } else if (requests.isEmpty()
            && !isAdopted(state)
            && (!run.isUnfinished() || !areRecordsKept(task))
            && StateFreshness.isInScope(state, run)
            && (isOfVariable || history.hasDeletedVariables(task.processInstanceId()))) {
          unrecorded.add(run);
        }
      }
    }
    if (!unrecorded.isEmpty()) {
      own.addAll(freshness.sinceCreation(task, state, unrecorded));
    }
    return own;
  }

  /**
   * Whether the outcome of a replacement is unknown: another run of it is open, or was interrupted
   * and no later one was completed. Those of former requests do not matter.
   */
  private boolean hasUnknown(SigningTask task, SigningState state, List<ActivityRun> replacements) {
    return replacements.stream()
        .filter(run -> !run.isCompleted())
        .filter(run -> !run.id().equals(task.activityInstanceId()))
        .filter(run -> !isSettled(task, state, run))
        .anyMatch(run -> isOfRequest(task, state, run));
  }

  /** Whether a run may concern the request; by time if it is of a former worker. */
  private boolean isOfRequest(SigningTask task, SigningState state, ActivityRun run) {
    List<String> requests = history.texts(run.id(), RECORD);
    SentRequest request = state.requireRequest();
    if (!requests.isEmpty()) {
      return requests.contains(request.id());
    }
    return !areRecordsKept(task)
        || StateFreshness.ownCreation(
                state, freshness.creations(task, request.creation().createdBy()))
            .filter(creation -> run.hasEndedBefore(creation.startTime()))
            .isEmpty();
  }

  /**
   * The attempts that have ended. Once they can no longer take effect, a completed replacement
   * settles them; the engine's times may not show which of them was later.
   */
  public List<String> ended(SigningTask task, SigningState state) {
    return of(task, state).stream()
        .filter(run -> !run.isUnfinished())
        .map(run -> latestAttempt(task, run.id()))
        .toList();
  }

  /** Whether SignSpace has rejected the latest attempt of a replacement, or has later documents. */
  public boolean isSettled(SigningTask task, SigningState state, ActivityRun run) {
    Set<String> settled = new HashSet<>(state.rejectedReplacements());
    settled.addAll(state.supersededReplacements());
    return !settled.isEmpty() && settled.contains(latestAttempt(task, run.id()));
  }

  /**
   * Names the latest attempt of a run: the id of the run, from the second attempt on with its
   * number. If records were deleted, no attempt has that name.
   *
   * @param run id of the activity instance
   */
  public String latestAttempt(SigningTask task, String run) {
    if (history.hasDeletedVariables(task.processInstanceId())) {
      return run + " ?";
    }
    int attempts = history.texts(run, RECORD).size();
    return attempts > 1 ? run + " " + attempts : run;
  }

  /**
   * Whether an earlier attempt of this step may have made its call: it has reported a failure, or
   * left its record. The one in the state may have been overwritten.
   */
  public boolean hasEarlierAttempt(SigningTask task) {
    return task.retries().isPresent()
        || !history.texts(task.activityInstanceId(), RECORD).isEmpty()
        || history.hasDeletedVariables(task.processInstanceId());
  }
}
