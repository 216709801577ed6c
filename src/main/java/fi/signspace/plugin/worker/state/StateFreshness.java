package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.worker.task.EngineApi;
import fi.signspace.plugin.worker.task.EngineApi.ActivityRun;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares a state with what the engine itself recorded. A seal proves who wrote a state, not that
 * no later one was written: an older state of the same instance may have been put back. Every
 * creation of the instance has to be known to the state.
 */
public class StateFreshness {

  private final EngineApi engine;

  public StateFreshness(EngineApi engine) {
    this.engine = engine;
  }

  /**
   * @throws IncidentException if a request was created after this state was written
   */
  public void requireLatest(SigningTask task, SigningState state, String createdBy) {
    if (!createdBy.isEmpty() && isOutdated(state, creations(task, createdBy))) {
      throw new IncidentException(
          """
          The variable signingState is older than the history of this process instance: a signing request was created after it \
          was written. Restore its latest value in Cockpit, then retry.\
          """);
    }
  }

  /**
   * Our own process has one request. In others a replacement may be of another one.
   *
   * @throws IncidentException if its documents were replaced after this state was written
   */
  void requireNoLaterReplacement(SigningTask task, SigningState state) {
    if (!task.isOfSigningRequest()) {
      return;
    }
    List<ActivityRun> others =
        engine.activityRuns(task.processInstanceId(), SigningProcess.REPLACEMENT).stream()
            .filter(ActivityRun::isCompleted)
            .filter(run -> !run.id().equals(state.writtenBy()))
            .toList();
    boolean isOutdated =
        !others.isEmpty()
            && Optional.ofNullable(state.writtenBy())
                .flatMap(engine::activityRun)
                .filter(
                    writer ->
                        others.stream().anyMatch(o -> !o.startTime().isBefore(writer.startTime())))
                .isPresent();
    if (isOutdated) {
      throw new IncidentException(
          """
          The variable signingState is older than the history of this process instance: documents were replaced after it was \
          written. Restore its latest value in Cockpit, then retry.\
          """);
    }
  }

  /**
   * The runs of a creation in the instance of a task, its own included.
   *
   * @throws IncidentException if the engine does not show the run of the task itself
   */
  public List<ActivityRun> creations(SigningTask task, String createdBy) {
    List<ActivityRun> runs = engine.activityRuns(task.processInstanceId(), createdBy);
    boolean isReadable =
        !createdBy.equals(task.activityId())
            || runs.stream().anyMatch(run -> run.id().equals(task.activityInstanceId()));
    if (!isReadable) {
      throw new IncidentException(
          """
          The engine shows no history of this process instance to the workers' user, so an earlier creation of the request cannot \
          be ruled out. Grant READ_HISTORY on the process definition to the user (history level activity or higher), then retry.\
          """);
    }
    return runs;
  }

  /** Whether a creation was completed in this instance, and scope, that the state does not know. */
  public boolean isOutdated(SigningState state, List<ActivityRun> creations) {
    String scope = state.binding().scopeId();
    long completed =
        creations.stream()
            .filter(ActivityRun::isCompleted)
            .filter(creation -> scope == null || scope.equals(creation.parentId()))
            .count();
    return completed > state.createdRequests();
  }

  /**
   * Two runs of one creation that see the same state would each create a request. Neither goes on
   * while the other one might: whichever looks later sees the earlier one, whatever the clocks say.
   *
   * @throws IncidentException if there is another one
   */
  public void requireAlone(SigningTask task, List<ActivityRun> creations) {
    String own = task.activityInstanceId();
    creations.stream()
        .filter(run -> run.id().equals(own))
        .flatMap(current -> creations.stream().filter(other -> isBeside(task, current, other)))
        .findFirst()
        .ifPresent(
            other -> {
              throw new IncidentException(
                  """
                  The step %s runs twice in this process instance (%s and %s), and each run would create a signing request of the \
                  same documents. Cancel one of them in Cockpit ("Modify"), then retry the other one.\
                  """
                      .formatted(task.activityId(), own, other.id()));
            });
  }

  /** Our own process has one request; in others, runs of one scope share its variables. */
  private static boolean isBeside(SigningTask task, ActivityRun current, ActivityRun other) {
    return other.isUnfinished()
        && !other.id().equals(current.id())
        && (task.isOfSigningRequest() || Objects.equals(other.parentId(), current.parentId()));
  }

  /**
   * When the last creation was interrupted that the state does not know: whether it has created a
   * request is in doubt.
   */
  public Optional<Instant> interruptedUnknown(SigningState state, List<ActivityRun> creations) {
    String scope = state.binding().scopeId();
    return creations.stream()
        .filter(ActivityRun::canceled)
        .filter(creation -> scope == null || scope.equals(creation.parentId()))
        .filter(creation -> !state.knownCreations().contains(creation.id()))
        .flatMap(creation -> Stream.ofNullable(creation.endTime()))
        .max(Comparator.naturalOrder());
  }
}
