package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The steps of a task's process that may concern the same signing request, by activity id. Steps of
 * {@code signing-request} are those of its model; in other processes also those that the instance
 * has run although the model does not show them.
 */
public final class RelatedSteps {

  private final SigningTask task;
  private final EngineApi engine;
  private final Map<String, List<String>> steps = new ConcurrentHashMap<>();

  RelatedSteps(SigningTask task, EngineApi engine) {
    this.task = task;
    this.engine = engine;
  }

  /** The upload steps, including the task's own. */
  public List<String> uploads() {
    return ofTopic(SigningProcess.Topic.UPLOAD_DOCUMENT);
  }

  /** The other upload steps, if the task overwrites the state that it reads. */
  public List<String> otherUploads() {
    return task.keepsState() ? others(uploads()) : List.of();
  }

  /** The other creation steps: regardless of their variables, they may have one state. */
  public List<String> otherCreations() {
    return others(ofTopic(SigningProcess.Topic.CREATE_SIGNING_REQUEST));
  }

  /** The creation steps of another process that write to the task's state variable. */
  public List<String> creationsIntoState() {
    return task.isOfSigningRequest()
        ? List.of()
        : ofTopic(SigningProcess.Topic.CREATE_SIGNING_REQUEST).stream()
            .filter(this::sharesStateVariable)
            .toList();
  }

  /** Whether another download of the instance may run at the same time as the task. */
  public boolean mayDownloadConcurrently() {
    return task.step().isInMultiInstance()
        || task.step().isInSubProcess()
        || ofTopic(SigningProcess.Topic.DOWNLOAD_DOCUMENT).size() > 1;
  }

  /** Whether, according to the history, a creation of this instance returned this id. */
  public boolean haveCreated(String requestId) {
    String variable = SigningVariables.SIGNING_REQUEST_ID.name();
    return ofTopic(SigningProcess.Topic.CREATE_SIGNING_REQUEST).stream()
        .anyMatch(
            step ->
                engine.history().hasWritten(task.processInstanceId(), step, variable, requestId));
  }

  /** Whether a step writes its state to a variable of the same name as the task. */
  public boolean sharesStateVariable(String stepId) {
    return engine
        .findStep(task.processDefinitionId(), stepId)
        .filter(other -> task.step().stateVariable().equals(other.stateVariable()))
        .isPresent();
  }

  /** The sub-processes around a step of the model inside its multi-instance item. */
  public List<String> subProcessesInItem(String stepId) {
    return engine.subProcessesInItem(task.processDefinitionId(), stepId);
  }

  /** The sealed states that the open runs of a step see, not verified. */
  public Stream<String> sealedStatesOf(String stepId) {
    return engine.openSteps(task.processInstanceId(), stepId).stream()
        .flatMap(
            execution -> engine.text(execution, SigningVariables.SIGNING_STATE.name()).stream())
        .map(SigningTask::unquoted);
  }

  private List<String> others(List<String> ids) {
    return ids.stream().filter(id -> !id.equals(task.activityId())).toList();
  }

  /**
   * The steps of a topic. The model does not show those whose topic is an expression, or that a
   * migration removed.
   */
  public List<String> ofTopic(String topic) {
    return steps.computeIfAbsent(
        topic,
        unknown -> {
          List<String> recorded =
              task.isOfSigningRequest()
                  ? List.of()
                  : engine.history().activitiesWith(task.processInstanceId(), topic);
          return Stream.concat(
                  engine.stepsOf(task.processDefinitionId(), topic).stream(), recorded.stream())
              .distinct()
              .toList();
        });
  }
}
