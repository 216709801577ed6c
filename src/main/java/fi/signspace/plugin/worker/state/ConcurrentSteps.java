package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.OpenRun;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds steps of a process instance that use one state at the same time: each would create a
 * request of the same documents, or replace the documents or the result of the other. The one that
 * reads later sees the other, regardless of the clocks, and does not continue.
 */
public class ConcurrentSteps {

  private final EngineHistory history;

  public ConcurrentSteps(EngineHistory history) {
    this.history = history;
  }

  /**
   * @throws IncidentException if another run of this creation is open with the same state
   */
  public void requireSingleRun(SigningTask task, SigningState state, List<ActivityRun> creations) {
    StateFreshness.ownRun(task, creations).stream()
        .flatMap(current -> creations.stream().filter(other -> isConcurrent(state, current, other)))
        .findFirst()
        .ifPresent(
            other -> {
              throw new IncidentException(
                  """
                  The step %s runs twice in this process instance (%s and %s), and each run would create a signing request of the \
                  same documents. Cancel one of them in Cockpit ("Modify"), then retry the other one.\
                  """
                      .formatted(task.activityId(), task.activityInstanceId(), other.id()));
            });
  }

  /** Only the items of a multi-instance scope have a state each. */
  private static boolean isConcurrent(SigningState state, ActivityRun current, ActivityRun other) {
    return other.isUnfinished()
        && !other.id().equals(current.id())
        && (state.binding().scopeId() == null
            || Objects.equals(other.parentId(), current.parentId()));
  }

  /**
   * @param isSame whether a sealed state is the one of this task
   * @throws IncidentException if another creation step runs that has the same state, or writes its
   *     own into the same variable
   */
  public void requireNoOtherCreation(SigningTask task, Predicate<String> isSame) {
    List<String> others = task.relatedSteps().otherCreations();
    runningInto(task, others)
        .or(
            () ->
                others.stream()
                    .filter(id -> task.relatedSteps().sealedStatesOf(id).anyMatch(isSame))
                    .findFirst())
        .ifPresent(
            other -> {
              throw sameTime(
                  task,
                  other,
                  "each would create a signing request, and one of them would be lost");
            });
  }

  /**
   * @throws IncidentException if another upload runs that writes into the same variable
   */
  public void requireNoOtherUpload(SigningTask task) {
    if (task.isOfSigningRequest()) {
      return;
    }
    runningInto(task, task.relatedSteps().uploads())
        .ifPresent(
            other -> {
              throw sameTime(task, other, "the documents of one would replace those of the other");
            });
  }

  private static IncidentException sameTime(SigningTask task, String other, String consequence) {
    return new IncidentException(
        """
        The step %s and %s run at the same time and use the same variable signingState, so %s. Give each request of the process \
        a request name, an upload and a state of its own in the model. In this process instance, cancel one of the steps in \
        Cockpit ("Modify"), then retry the other one.\
        """
            .formatted(
                task.activityId(),
                other.equals(task.activityId()) ? "another run of it" : "the step " + other,
                consequence));
  }

  /** One of these steps that is open and writes its state into the variable of this task. */
  private Optional<String> runningInto(SigningTask task, List<String> steps) {
    List<String> sharing = steps.stream().filter(task.relatedSteps()::sharesStateVariable).toList();
    if (sharing.isEmpty()) {
      return Optional.empty();
    }
    OpenRuns open = openRuns(task);
    List<OpenRun> others =
        open.runs().values().stream()
            .filter(run -> sharing.contains(run.activityId()))
            .filter(run -> !run.id().equals(task.activityInstanceId()))
            .filter(run -> task.scopeId().map(open.around(run.id())::contains).orElse(true))
            .toList();
    if (others.isEmpty()) {
      return Optional.empty();
    }
    Set<String> owners = task.scopesOfStateVariable();
    Optional<String> own = open.innermost(task.activityInstanceId(), owners);
    return others.stream()
        .filter(run -> open.innermost(run.id(), owners).equals(own))
        .map(OpenRun::activityId)
        .findFirst();
  }

  /**
   * Otherwise this upload would silently replace the pending documents of another one, and its
   * documents would be sent under the title of that one. An upload may be repeated in its scope.
   *
   * @throws IncidentException if the state has documents of another upload that are not sent yet
   */
  public void requireNoOtherPending(SigningTask task, SigningState state) {
    String uploadedIn = state.uploadStep();
    if (uploadedIn == null || state.pending().isEmpty() || task.isOfSigningRequest()) {
      return;
    }
    if (task.relatedSteps().otherUploads().contains(uploadedIn)) {
      throw pending(task, "the step " + uploadedIn);
    }
    if (uploadedIn.equals(task.activityId()) && isInOtherScope(task, state.uploadedBy())) {
      throw pending(task, "another run of the step " + uploadedIn);
    }
  }

  private boolean isInOtherScope(SigningTask task, String upload) {
    if (upload.equals(task.activityInstanceId())) {
      return false;
    }
    OpenRuns open = openRuns(task);
    return history.activityRuns(task.processInstanceId(), task.activityId()).stream()
        .filter(run -> run.id().equals(upload))
        .flatMap(run -> Stream.ofNullable(run.parentId()))
        .anyMatch(
            scope ->
                open.runs().containsKey(scope)
                    && !open.around(task.activityInstanceId()).contains(scope));
  }

  private static IncidentException pending(SigningTask task, String other) {
    return new IncidentException(
        """
        The documents that %s has uploaded are not part of a signing request yet, and the step %s would replace \
        them: both use the same variable signingState. Give each request of the process a request name and a state of its own \
        in the model, or create the request of the former documents before this step.\
        """
            .formatted(other, task.activityId()));
  }

  private OpenRuns openRuns(SigningTask task) {
    return new OpenRuns(history.openRuns(task.processInstanceId()));
  }
}
