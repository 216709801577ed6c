package fi.signspace.plugin.worker.state;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares a state with the engine's history. A seal proves who wrote a state, not that it is the
 * latest: an older state of the same instance may have been restored. The state has to include
 * every creation of the instance.
 */
public class StateFreshness {

  private final EngineHistory history;

  public StateFreshness(EngineHistory history) {
    this.history = history;
  }

  /**
   * @throws IncidentException if a request was created after this state was written, or if the
   *     history does not show that
   */
  void requireLatest(SigningTask task, SigningState state, String createdBy) {
    if (createdBy.isEmpty()) {
      return;
    }
    List<ActivityRun> creations = creations(task, createdBy);
    requireOwnCreation(state, creations);
    requireLatest(state, withOtherSteps(task, state, createdBy, creations));
  }

  /** A history that was removed does not contradict a state either. */
  private static void requireOwnCreation(SigningState state, List<ActivityRun> creations) {
    boolean isRecorded = state.request() != null && state.request().creation().run() != null;
    if (isRecorded && ownCreation(state, creations).isEmpty()) {
      throw new IncidentException(
          """
          The history of this process instance does not contain the creation of its signing request: it was removed, or the workers' user \
          cannot read it, so it is unknown whether the variable signingState is the latest. Grant READ_HISTORY on the process definition to \
          the user, then retry. If the history was removed, look at the request in SignSpace, and cancel this process instance.\
          """);
    }
  }

  /**
   * @throws IncidentException if a request was created after this state was written
   */
  public void requireLatest(SigningState state, List<ActivityRun> creations) {
    if (isOutdated(state, creations)) {
      throw outdated("a signing request was created");
    }
  }

  /** Those of these runs that began after the creation of the state's request. */
  List<ActivityRun> sinceCreation(SigningTask task, SigningState state, List<ActivityRun> runs) {
    String createdBy = state.requireRequest().creation().createdBy();
    List<ActivityRun> creations = creations(task, createdBy);
    Optional<ActivityRun> own = ownCreation(state, creations);
    // if no other state was there to be replaced in, the engine's times do not matter
    boolean isOnlyState = hasAll(state, withOtherSteps(task, state, createdBy, creations));
    return own.stream()
        .flatMap(
            creation ->
                runs.stream()
                    .filter(isOfState(task, state))
                    .filter(run -> isOnlyState || isAfter(run, creation)))
        .toList();
  }

  /** These creations, and those of other steps that create requests into the same state. */
  private List<ActivityRun> withOtherSteps(
      SigningTask task, SigningState state, String createdBy, List<ActivityRun> creations) {
    List<String> others =
        task.relatedSteps().creationsIntoState().stream()
            .filter(step -> !step.equals(createdBy))
            .toList();
    return Stream.concat(creations.stream(), ofState(task, state, others, creations)).toList();
  }

  /**
   * The runs of steps of another process than {@code signing-request}. If several scopes have a
   * state of their own, those directly in the scope of this one.
   *
   * @param steps that write to the state variable of the task
   */
  private Stream<ActivityRun> ofState(
      SigningTask task, SigningState state, List<String> steps, List<ActivityRun> creations) {
    if (steps.isEmpty() || ownCreation(state, creations).isEmpty()) {
      return Stream.empty();
    }
    Predicate<ActivityRun> isOfState = isOfState(task, state);
    return steps.stream().flatMap(step -> runs(task, step).stream()).filter(isOfState);
  }

  private Predicate<ActivityRun> isOfState(SigningTask task, SigningState state) {
    Set<String> variables = task.scopesOfStateVariable();
    if (state.binding().scopeId() == null && variables.size() > 1) {
      OpenRuns open = new OpenRuns(history.openRuns(task.processInstanceId()));
      // a step with an input mapping has a copy
      Set<String> scopes = open.scopesAmong(variables);
      if (scopes.size() > 1) {
        String scope =
            open.innermost(task.activityInstanceId(), scopes).orElse(task.processInstanceId());
        return run -> scope.equals(run.parentId());
      }
    }
    return run -> isInScope(state, run);
  }

  /**
   * The runs of a creation in the instance of a task, including its own.
   *
   * @throws IncidentException if the engine does not return the run of the task itself
   */
  public List<ActivityRun> creations(SigningTask task, String createdBy) {
    List<ActivityRun> runs = runs(task, createdBy);
    boolean isReadable = !createdBy.equals(task.activityId()) || ownRun(task, runs).isPresent();
    if (!isReadable) {
      throw new IncidentException(
          """
          The workers' user cannot read the history of this process instance, so an earlier creation of the request cannot \
          be ruled out. Grant READ_HISTORY on the process definition to the user (history level activity or higher), then retry.\
          """);
    }
    return runs;
  }

  /** The runs of a step; their parent is the multi-instance item, if they are in one. */
  List<ActivityRun> runs(SigningTask task, String step) {
    List<ActivityRun> runs = history.activityRuns(task.processInstanceId(), step);
    for (String subProcess : task.relatedSteps().subProcessesInItem(step)) {
      List<ActivityRun> around = history.activityRuns(task.processInstanceId(), subProcess);
      runs = runs.stream().map(run -> run.in(around)).toList();
    }
    return runs;
  }

  /**
   * @param later what happened after the state was written
   */
  static IncidentException outdated(String later) {
    return new IncidentException(
        """
        The variable signingState is older than the history of this process instance: %s after it was written. Restore its latest value in \
        Cockpit, then retry. If that is lost, look for the request in SignSpace by its title and cancel it there, then cancel this process \
        instance and start a new one.\
        """
            .formatted(later));
  }

  /**
   * Whether the state lacks a creation that was completed in this instance and scope. A loop of a
   * model may give each of its rounds a state: earlier creations than its own do not count then. A
   * state that was written before it recorded those is compared by the engine's times.
   */
  public boolean isOutdated(SigningState state, List<ActivityRun> creations) {
    if (hasAll(state, creations)) {
      return false;
    }
    Optional<ActivityRun> own = ownCreation(state, creations);
    if (own.isEmpty()) {
      return true;
    }
    List<String> known = state.knownCreations();
    boolean isRecorded = known.contains(own.get().id());
    return completed(state, creations)
        .anyMatch(run -> isRecorded ? !known.contains(run.id()) : isAfter(run, own.get()));
  }

  /** Whether the state has a request for each creation that was completed in its scope. */
  private static boolean hasAll(SigningState state, List<ActivityRun> creations) {
    return completed(state, creations).count() <= state.createdRequests();
  }

  private static Stream<ActivityRun> completed(SigningState state, List<ActivityRun> creations) {
    return creations.stream()
        .filter(ActivityRun::isCompleted)
        .filter(creation -> isInScope(state, creation));
  }

  static Optional<ActivityRun> ownCreation(SigningState state, List<ActivityRun> creations) {
    return Optional.ofNullable(state.request())
        .flatMap(
            request ->
                creations.stream()
                    .filter(run -> run.id().equals(request.creation().run()))
                    .findFirst());
  }

  private static boolean isAfter(ActivityRun run, ActivityRun other) {
    return run.startTime().isAfter(other.startTime());
  }

  /** Only the items of a multi-instance scope have a state each. */
  public static boolean isInScope(SigningState state, ActivityRun run) {
    String scope = state.binding().scopeId();
    return scope == null || scope.equals(run.parentId());
  }

  /** The runs of the other creation steps in the instance of a task. */
  public List<ActivityRun> otherCreations(SigningTask task) {
    return task.relatedSteps().otherCreations().stream()
        .flatMap(step -> runs(task, step).stream())
        .toList();
  }

  /**
   * The attempts of this run that have reported a failure. The retry counter does not show them: an
   * admin can set it. Empty if they are unknown.
   */
  public Optional<TaskFailures> failures(SigningTask task) {
    return task.retries().isEmpty() ? Optional.of(TaskFailures.NONE) : history.failures(task.id());
  }

  /**
   * Whether an attempt of this run may have set its record since then. {@code signing-request} has
   * one step at a time. In other processes, parallel steps set variables too, so that each attempt
   * also sets one of its run.
   */
  public boolean mayHaveRecorded(SigningTask task, Instant since) {
    String instance = task.processInstanceId();
    return task.isOfSigningRequest()
        ? history.hasSetVariables(instance, since)
        : history.hasSet(
                task.activityInstanceId(), SigningVariables.CREATION_RECORDED_AT.name(), since)
            || history.hasDeletedVariables(instance);
  }

  /** The run of the task itself. */
  public static Optional<ActivityRun> ownRun(SigningTask task, List<ActivityRun> runs) {
    return runs.stream().filter(run -> run.id().equals(task.activityInstanceId())).findFirst();
  }

  /**
   * When the last creation that the state does not include was interrupted: it is unknown whether
   * it created a request.
   */
  public Optional<Instant> interruptedUnknown(SigningState state, List<ActivityRun> creations) {
    return unknown(state, creations)
        .flatMap(creation -> Stream.ofNullable(creation.endTime()))
        .max(Comparator.naturalOrder());
  }

  /**
   * The request of an interrupted creation can be searched for only by the documents that it has
   * sent: those of its record, or those that were uploaded last before it began.
   *
   * @throws IncidentException if the state may have others
   */
  public void requireDocumentsOf(
      SigningTask task, SigningState state, List<ActivityRun> creations) {
    String recorded = state.creation() == null ? null : state.creation().run();
    List<ActivityRun> interrupted =
        unknown(state, creations).filter(run -> !run.id().equals(recorded)).toList();
    if (interrupted.isEmpty() || state.uploadStep() == null) {
      return;
    }
    List<ActivityRun> uploads = uploads(task, state);
    for (ActivityRun creation : interrupted) {
      boolean isOfPending =
          uploads.stream()
              .filter(upload -> !upload.startTime().isAfter(creation.startTime()))
              .max(Comparator.comparing(ActivityRun::startTime))
              .filter(upload -> upload.id().equals(state.uploadedBy()))
              .isPresent();
      if (!isOfPending) {
        throw new IncidentException(
            """
            A creation of the signing request was interrupted at %s, and the documents have been uploaded again since, so its request cannot \
            be searched for. Restore the latest value of signingState in Cockpit, then retry. If that is lost, look for the request in \
            SignSpace by its title and cancel it there, then cancel this process instance and start a new one.\
            """
                .formatted(creation.endTime()));
      }
    }
  }

  /**
   * @throws IncidentException if documents were uploaded after this state was written
   */
  void requireLatestUpload(SigningTask task, SigningState state) {
    uploads(task, state).stream()
        .filter(ActivityRun::isCompleted)
        .max(Comparator.comparing(ActivityRun::endTime))
        .filter(upload -> !upload.id().equals(state.uploadedBy()))
        .ifPresent(
            later -> {
              throw outdated("documents were uploaded");
            });
  }

  /** None if the state was written before the upload step was recorded. */
  private List<ActivityRun> uploads(SigningTask task, SigningState state) {
    return state.uploadStep() == null
        ? List.of()
        : runs(task, state.uploadStep()).stream()
            .filter(upload -> isInScope(state, upload))
            .toList();
  }

  private static Stream<ActivityRun> unknown(SigningState state, List<ActivityRun> creations) {
    return creations.stream()
        .filter(ActivityRun::canceled)
        .filter(creation -> isInScope(state, creation))
        .filter(creation -> !state.knownCreations().contains(creation.id()));
  }
}
