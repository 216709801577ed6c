package fi.signspace.plugin.worker.task;

import static java.util.stream.Collectors.toUnmodifiableMap;

import fi.signspace.plugin.model.ExternalStep;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.signing.Document;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;
import org.camunda.bpm.client.variable.value.DeferredFileValue;
import org.jspecify.annotations.Nullable;

/** One external task: its inputs, its lock, and where its results go. */
public final class SigningTask {

  private final ExternalTask task;
  private final ExternalTaskService service;
  private final EngineApi engine;
  private final TaskInputs inputs;
  private final Outputs leftBehind = new Outputs();
  private final Outputs replacedInputs = new Outputs();
  private volatile Outputs savedState = new Outputs();
  private final LongSupplier nanoTime;
  private volatile long lockedUntil;
  private volatile @Nullable ExternalStep step;
  private volatile EngineApi.@Nullable Scope scope;

  /**
   * @param nanoTime like {@link System#nanoTime}, a clock that nobody sets
   * @param lockedUntil a moment of it until which the lock surely holds
   */
  public SigningTask(
      ExternalTask task,
      ExternalTaskService service,
      EngineApi engine,
      LongSupplier nanoTime,
      long lockedUntil) {
    this.task = task;
    this.service = service;
    this.engine = engine;
    this.nanoTime = nanoTime;
    this.lockedUntil = lockedUntil;
    this.inputs = new TaskInputs(task);
  }

  /**
   * Looks the step up in its model. If it maps its results, they are variables of the step alone,
   * which the mapping reads; otherwise they are variables of the process.
   */
  public void resolveOutputMapping() {
    step = engine.step(task.getProcessDefinitionId(), task.getActivityId());
  }

  private ExternalStep step() {
    return Objects.requireNonNull(step, "the model has not been looked at");
  }

  /** Whether the results go where the model maps them, instead of into the process. */
  boolean hasOutputMapping() {
    return step().hasOutputMapping();
  }

  /** Whether the model maps a value to this input, so that it is not taken from the process. */
  public boolean isMapped(Variable<?> input) {
    return step().sets(input.name());
  }

  public String id() {
    return task.getId();
  }

  public String topic() {
    return task.getTopicName();
  }

  public String processInstanceId() {
    return task.getProcessInstanceId();
  }

  public String processDefinitionId() {
    return task.getProcessDefinitionId();
  }

  public String activityId() {
    return task.getActivityId();
  }

  /** This run of the activity, by the id under which the engine's history has it. */
  public String activityInstanceId() {
    return task.getActivityInstanceId();
  }

  /** Whether this is a step of our own process, and not of one that an analyst made. */
  public boolean isOfSigningRequest() {
    return SigningProcess.KEY.equals(task.getProcessDefinitionKey());
  }

  /** What the model calls the request of this step, where a process makes several. */
  public String requestName() {
    return Objects.requireNonNullElse(
        task.getExtensionProperty(SigningProcess.REQUEST_NAME_PROPERTY), "");
  }

  /** Whether the model goes on with the phase when a download finds the request not signed. */
  public boolean followsPhase() {
    return "true".equals(task.getExtensionProperty(SigningProcess.FOLLOWS_PHASE_PROPERTY));
  }

  /** Whether an upload is to check the whole request and not just the documents. */
  public boolean checksWholeRequest() {
    return "true".equals(task.getExtensionProperty(SigningProcess.WHOLE_REQUEST_PROPERTY))
        || get(SigningVariables.WHOLE_REQUEST).orElse(false);
  }

  /** The activity instance of the scope that the model repeats for several items, if it does. */
  public Optional<String> scopeId() {
    return scope().map(EngineApi.Scope::activityInstanceId);
  }

  /** Asked for once: it does not change while the task is here. */
  private Optional<EngineApi.Scope> scope() {
    if (scope == null && step().isInMultiInstance()) {
      scope =
          engine
              .scopeAround(task.getProcessInstanceId(), task.getActivityInstanceId())
              .orElse(null);
    }
    return Optional.ofNullable(scope);
  }

  /**
   * Gives the scope that the model repeats a state of its own, unless the model does so itself: the
   * items would share the one of the process otherwise.
   */
  public void declareState(String sealed) {
    if (!step().mapsState()) {
      scope()
          .ifPresent(
              scope ->
                  engine.setLocalVariables(
                      scope.executionId(),
                      new Outputs().put(SigningVariables.SIGNING_STATE, sealed)));
    }
  }

  /** The sealed state as it was found, whoever wrote it. */
  public Optional<String> sealedState() {
    return text(SigningVariables.SIGNING_STATE.name());
  }

  /** The request that an unsealed variable names: a claim of whoever wrote it. */
  public Optional<String> claimedRequestId() {
    return text(SigningVariables.SIGNING_REQUEST_ID.name());
  }

  /** The files that an unsealed variable names. */
  public List<String> claimedFileIds() {
    return inputs.texts(SigningVariables.FILE_IDS);
  }

  /** The signed files that an unsealed variable names. */
  public List<String> claimedSignedFileIds() {
    return inputs.texts(SigningVariables.SIGNED_FILE_IDS);
  }

  /** Like {@link #text}, of a variable that is perhaps not fetched with the task. */
  public Optional<String> lookUp(String variable) {
    return engine.text(task.getExecutionId(), variable);
  }

  /**
   * Like {@link #sealedState}, where this step will write it, as it is now: another step may have
   * written it since.
   */
  public Optional<String> currentSealedState() {
    // an input of the step is a copy
    String from =
        isMapped(SigningVariables.SIGNING_STATE) ? processInstanceId() : task.getExecutionId();
    return Optional.ofNullable(step().keptState())
        .flatMap(variable -> engine.text(from, variable))
        // a long state is a text in JSON
        .map(text -> text.replace("\"", ""));
  }

  /** The other steps of the model that upload documents, if this one overwrites the state. */
  public List<String> otherUploads() {
    return step().keptState() == null
        ? List.of()
        : engine.stepsOf(processDefinitionId(), SigningProcess.Topic.UPLOAD_DOCUMENT).stream()
            .filter(id -> !id.equals(activityId()))
            .toList();
  }

  /** Whether the engine has recorded that a creation of this instance gave the id of a request. */
  public boolean hasCreated(String requestId) {
    return engine
        .stepsOf(processDefinitionId(), SigningProcess.Topic.CREATE_SIGNING_REQUEST)
        .stream()
        .anyMatch(
            step ->
                engine.hasWritten(
                    processInstanceId(),
                    step,
                    SigningVariables.SIGNING_REQUEST_ID.name(),
                    requestId));
  }

  /** A variable that is text; empty if it is not there, blank, or anything else. */
  public Optional<String> text(String variable) {
    return inputs.text(variable);
  }

  public String businessKey() {
    return Objects.requireNonNullElse(task.getBusinessKey(), "");
  }

  /** What {@link #fail} has kept of the failure before; empty if there was none. */
  public String failureDetails() {
    return Objects.requireNonNullElse(task.getErrorDetails(), "");
  }

  /** How many attempts are left, if one has failed already. */
  public Optional<Integer> retries() {
    return Optional.ofNullable(task.getRetries());
  }

  public <T> Optional<T> get(Variable<T> variable) {
    return inputs.get(variable);
  }

  <T> T require(Variable<T> variable) {
    return get(variable)
        .orElseThrow(
            () ->
                new IncidentException(
                    "The variable %s is missing, and without it nothing can be done here. Set it in Cockpit, then retry."
                        .formatted(variable.name())));
  }

  /** The start variables that are there, as loosely typed as callers give them. */
  public Map<String, @Nullable Object> startValues() {
    return inputs.startValues();
  }

  /** The File variables that are there. */
  public Map<String, TaskDocument> files() {
    return inputs.files().entrySet().stream()
        .collect(
            toUnmodifiableMap(Map.Entry::getKey, file -> document(file.getKey(), file.getValue())));
  }

  /** Every File variable that the step sees, fetched with the task or not. */
  public List<TaskDocument> allFiles() {
    return engine.files(task.getExecutionId()).stream()
        .map(file -> document(file.name(), file.fileName(), file.mimeType()))
        .toList();
  }

  /** Sets a variable with whatever is reported of this task: only if it is still ours then. */
  public <T> void leave(Variable<T> variable, T value) {
    leftBehind.put(variable, value);
  }

  /** Replaces an input on completion, where it was read from, wherever the results go. */
  public <T> void replace(Variable<T> input, T value) {
    replacedInputs.put(input, value);
  }

  /** The value itself would hold its bytes for as long as the task is here. */
  private TaskDocument document(String name, DeferredFileValue file) {
    return document(
        name,
        Objects.requireNonNullElse(file.getFilename(), ""),
        Objects.requireNonNullElse(file.getMimeType(), "application/octet-stream"));
  }

  private TaskDocument document(String name, String fileName, String mimeType) {
    return new TaskDocument(
        name, fileName, mimeType, () -> engine.openFile(task.getExecutionId(), name));
  }

  /**
   * What our own process holds already is not written again: it would be written three times, as
   * the variable and twice as history, which is to tell of changes. In others a parallel step may
   * have written the same variable since, and what follows is to see the results of this one.
   */
  public void complete(Outputs outputs) {
    Outputs all = leftBehind.and(outputs);
    if (hasOutputMapping()) {
      service.complete(
          task, replacedInputs.and(unmappedState(all)).toMap(), noResults().and(all).toMap());
      return;
    }
    Outputs results = replacedInputs.and(all);
    service.complete(
        task, (isOfSigningRequest() ? results.withoutUnchanged(inputs) : results).toMap());
  }

  /**
   * A model from before there was a state does not map it: then it is a variable of the process.
   */
  private Outputs unmappedState(Outputs outputs) {
    return step().mapsState() ? new Outputs() : outputs.only(SigningVariables.SIGNING_STATE);
  }

  /** Gives the task back as it was fetched, for another worker. */
  public void unlock() {
    service.unlock(task);
  }

  /**
   * @param outputs for the process, unless the results go where the model maps them: then the
   *     message of the error tells the same
   */
  public void raiseError(String code, String message, Outputs outputs) {
    if (hasOutputMapping()) {
      engine.setLocalVariables(task.getExecutionId(), noResults());
      service.handleBpmnError(task, code, message, leftBehind.toMap());
    } else {
      service.handleBpmnError(task, code, message, leftBehind.and(outputs).toMap());
    }
  }

  /**
   * A mapping may read any result, also after an error, and fails if one is not there. The state
   * stays what it was.
   */
  private Outputs noResults() {
    Outputs none = new Outputs();
    Step.of(topic()).results().stream()
        .filter(
            result -> step().mapsState() || !result.equals(SigningVariables.SIGNING_STATE.name()))
        .forEach(none::putNull);
    if (!step().mapsState()) {
      Step.FORMER_RESULTS.forEach(none::putNull);
      return none;
    }
    sealedState().ifPresent(state -> none.put(SigningVariables.SIGNING_STATE, state));
    return none.and(savedState);
  }

  /**
   * @param details what the next attempt finds as {@link #failureDetails}
   * @param retries how many attempts are left; 0 is an incident
   */
  public void fail(String message, String details, int retries, Duration wait) {
    service.handleFailure(
        task.getId(), message, details, retries, wait.toMillis(), leftBehind.toMap(), null);
  }

  /** Makes variables durable at once, where {@link #complete} would put them. */
  public void keep(Outputs outputs) {
    savedState = savedState.and(outputs.only(SigningVariables.SIGNING_STATE));
    if (hasOutputMapping() && step().mapsState()) {
      engine.setLocalVariables(task.getExecutionId(), outputs);
    } else {
      inputs.markStale(outputs.toMap().keySet());
      engine.setVariables(task.getExecutionId(), outputs);
    }
  }

  /**
   * Makes a document durable where the step sees it, and not only in the step: a mapping would copy
   * its bytes.
   *
   * @throws LockLostException if the task is not ours any more
   */
  public void keepFile(String name, Document document) {
    ensureLockedFor(Duration.ofSeconds(1));
    engine.putFile(task.getExecutionId(), name, document);
  }

  /** Reads a File variable where the step sees it; the reader closes it. */
  public InputStream open(String variable) {
    return engine.openFile(task.getExecutionId(), variable);
  }

  /** The names of all variables that the step sees now. */
  public Set<String> variableNames() {
    return engine.variableNames(task.getExecutionId());
  }

  /** Removes a variable where the step sees it. */
  public void remove(String variable) {
    engine.removeVariable(task.getExecutionId(), variable);
  }

  /** When the engine started the instance of this task; empty if it does not tell. */
  public Optional<EngineApi.RecordedInstance> recordedInstance() {
    return engine.recordedInstance(task.getProcessInstanceId());
  }

  /** The user tasks that were completed in the instance of this task, as far as that is told. */
  public List<EngineApi.RecordedDecision> decisions() {
    return engine.decisions(task.getProcessInstanceId());
  }

  /**
   * Makes sure that the task stays ours for some time from now.
   *
   * @throws LockLostException if it is not ours any more
   */
  public void ensureLockedFor(Duration time) {
    ensureLockedFor(time, Duration.ZERO);
  }

  /**
   * Makes sure that the task stays ours for some time from now.
   *
   * @param spare for how much longer it is locked if it has to be locked anew: whoever asks again
   *     and again then seldom asks the engine
   * @throws LockLostException if it is not ours any more
   */
  public synchronized void ensureLockedFor(Duration time, Duration spare) {
    if (!isHeldFor(time)) {
      extendLock(time.plus(spare));
    }
  }

  /**
   * Makes the task ours for some time from now, however long it was before. Where several threads
   * work on a task, one at a time: the engine takes back what comes while it changes the lock.
   *
   * @throws LockLostException if it is not ours any more
   */
  public synchronized void extendLock(Duration time) {
    // taken before the question: the engine counts from a later moment
    long now = nanoTime.getAsLong();
    try {
      service.extendLock(task, time.toMillis());
    } catch (BadRequestException | NotFoundException e) {
      throw new LockLostException("The task is no longer locked by this worker", e);
    }
    lockedUntil = now + time.toNanos();
  }

  /** Whether the task surely stays ours for some time from now. */
  public boolean isHeldFor(Duration time) {
    return lockedUntil - nanoTime.getAsLong() >= time.toNanos();
  }
}
