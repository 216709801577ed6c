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
  private final Outputs reportVariables = new Outputs();
  private final Outputs replacedInputs = new Outputs();
  private volatile Outputs savedState = new Outputs();
  private final TaskLock lock;
  private final Duration clockDifference;
  private volatile @Nullable ExternalStep step;
  private volatile EngineApi.@Nullable Scope scope;
  private final RelatedSteps relatedSteps;

  /**
   * @param nanoTime like {@link System#nanoTime}, a monotonic clock
   * @param lockedUntil the time of that clock until which the lock is certain to be held
   * @param clockDifference how far this worker's clock is ahead of the engine's
   */
  public SigningTask(
      ExternalTask task,
      ExternalTaskService service,
      EngineApi engine,
      LongSupplier nanoTime,
      long lockedUntil,
      Duration clockDifference) {
    this.task = task;
    this.service = service;
    this.engine = engine;
    this.clockDifference = clockDifference;
    this.lock = new TaskLock(task, service, nanoTime, lockedUntil);
    this.inputs = new TaskInputs(task);
    this.relatedSteps = new RelatedSteps(this, engine);
  }

  /**
   * Reads the step from its model. With an output mapping, the results are local variables of the
   * step, which the mapping reads; otherwise they are variables of the process.
   */
  public void readStep() {
    step = engine.step(task.getProcessDefinitionId(), task.getActivityId());
  }

  ExternalStep step() {
    return Objects.requireNonNull(step, "the model has not been read");
  }

  /** Whether the model maps the results, instead of writing them into the process. */
  boolean hasOutputMapping() {
    return step().hasOutputMapping();
  }

  /** Whether the model maps a value to this input, so that it is not read from the process. */
  public boolean isMapped(Variable<?> input) {
    return step().sets(input.name());
  }

  /**
   * An input of steps in other processes. In {@code signing-request}, a variable with this name is
   * one of a process that calls it, unless the model maps it.
   */
  public Optional<String> ownInput(Variable<String> input) {
    return isOfSigningRequest() && !isMapped(input) ? Optional.empty() : get(input);
  }

  public TaskLock lock() {
    return lock;
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

  /** The id of this run of the activity in the engine's history. */
  public String activityInstanceId() {
    return task.getActivityInstanceId();
  }

  /** Whether this is a step of {@code signing-request}, and not of another process. */
  public boolean isOfSigningRequest() {
    return SigningProcess.KEY.equals(task.getProcessDefinitionKey());
  }

  /** The name of this step's request in a process with several requests. */
  public String requestName() {
    return Objects.requireNonNullElse(
        task.getExtensionProperty(SigningProcess.REQUEST_NAME_PROPERTY), "");
  }

  /** Whether the model continues with the phase when a download finds the request not signed. */
  public boolean followsPhase() {
    return "true".equals(task.getExtensionProperty(SigningProcess.FOLLOWS_PHASE_PROPERTY));
  }

  /** Whether the model acts on notices that this check finds due. */
  public boolean givesNotices() {
    return "true".equals(task.getExtensionProperty(SigningProcess.GIVES_NOTICES_PROPERTY));
  }

  /** Whether an upload validates the whole request and not only the documents. */
  public boolean checksWholeRequest() {
    return "true".equals(task.getExtensionProperty(SigningProcess.WHOLE_REQUEST_PROPERTY))
        || get(SigningVariables.WHOLE_REQUEST).orElse(false);
  }

  /** The activity instance of the enclosing multi-instance scope, if any. */
  public Optional<String> scopeId() {
    return scope().map(EngineApi.Scope::activityInstanceId);
  }

  /** Read once: it does not change while the task is locked. */
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
   * Sets the state in the enclosing multi-instance scope: otherwise the items would share the state
   * of the process.
   */
  public void declareState(String sealed) {
    Variable<String> variable = new Variable<>(step().stateVariable(), String.class);
    scope()
        .ifPresent(
            scope ->
                engine.setLocalVariables(scope.executionId(), new Outputs().put(variable, sealed)));
  }

  /** The sealed state, not verified. */
  public Optional<String> sealedState() {
    return text(SigningVariables.SIGNING_STATE.name());
  }

  /** The id of the request in an unsealed variable, which anyone may have written. */
  public Optional<String> claimedRequestId() {
    return text(SigningVariables.SIGNING_REQUEST_ID.name());
  }

  /** The ids of the files in an unsealed variable. */
  public List<String> claimedFileIds() {
    return inputs.texts(SigningVariables.FILE_IDS);
  }

  /** The ids of the signed files in an unsealed variable. */
  public List<String> claimedSignedFileIds() {
    return inputs.texts(SigningVariables.SIGNED_FILE_IDS);
  }

  /** Like {@link #text}, for a variable that may not have been fetched with the task. */
  public Optional<String> readText(String variable) {
    return engine.text(task.getExecutionId(), variable);
  }

  /**
   * The current value of {@link #sealedState} in the variable that this step will write: another
   * step may have written it in the meantime.
   */
  public Optional<String> currentSealedState() {
    return step().keepsState() ? overwrittenState() : Optional.empty();
  }

  /** The current value of the variable that this step will write its state to, not verified. */
  public Optional<String> overwrittenState() {
    String variable = step().stateVariable();
    // if the model maps the state, this step sees a copy of the variable in its scope
    Optional<String> state =
        isMapped(SigningVariables.SIGNING_STATE)
            ? engine.textAround(processInstanceId(), activityInstanceId(), variable)
            : engine.text(task.getExecutionId(), variable);
    return state.map(SigningTask::unquoted);
  }

  /** Whether this step writes its state to the variable that it has read. */
  public boolean keepsState() {
    return step().keepsState();
  }

  /**
   * The sealed state that {@link #currentSealedState} returns unless another step has written it.
   */
  public Optional<String> ownSealedState() {
    boolean isSavedThere = !(hasOutputMapping() && step().mapsState());
    Optional<String> saved =
        isSavedThere ? savedState.text(SigningVariables.SIGNING_STATE) : Optional.empty();
    return saved.map(SigningTask::unquoted).or(this::sealedState);
  }

  /** The scopes with a variable of the name that this step writes its state to. */
  public Set<String> scopesOfStateVariable() {
    return engine.scopesOf(processInstanceId(), step().stateVariable());
  }

  /** A long state is a JSON string. */
  static String unquoted(String state) {
    return state.replace("\"", "");
  }

  /** The steps of the same process that may concern the same signing request. */
  public RelatedSteps relatedSteps() {
    return relatedSteps;
  }

  /** A text variable; empty if it is missing, blank or of another type. */
  public Optional<String> text(String variable) {
    return inputs.text(variable);
  }

  public String businessKey() {
    return Objects.requireNonNullElse(task.getBusinessKey(), "");
  }

  /** The details that {@link #fail} has stored for the previous failure; empty without one. */
  public String failureDetails() {
    return Objects.requireNonNullElse(task.getErrorDetails(), "");
  }

  /** The remaining attempts, if one has failed already. */
  public Optional<Integer> retries() {
    return Optional.ofNullable(task.getRetries());
  }

  public <T> Optional<T> get(Variable<T> variable) {
    return inputs.get(variable);
  }

  /** The start variables, loosely typed. */
  public Map<String, @Nullable Object> startValues() {
    return inputs.startValues();
  }

  /** The fetched File variables. */
  public Map<String, TaskDocument> files() {
    return inputs.files().entrySet().stream()
        .collect(
            toUnmodifiableMap(Map.Entry::getKey, file -> document(file.getKey(), file.getValue())));
  }

  /** All File variables that the step sees, fetched or not. */
  public List<TaskDocument> allFiles() {
    return engine.files(task.getExecutionId()).stream()
        .map(file -> document(file.name(), file.fileName(), file.mimeType()))
        .toList();
  }

  /** Sets a variable together with the report of this task, so only if the lock is still held. */
  public <T> void putWithReport(Variable<T> variable, @Nullable T value) {
    reportVariables.put(variable, value);
  }

  /** Sets a variable of this run alone, at once. */
  public void setInRun(Variable<String> variable, String value) {
    engine.setLocalVariables(task.getExecutionId(), new Outputs().put(variable, value));
  }

  /**
   * Replaces an input on completion in the scope it was read from, regardless of the output
   * mapping.
   */
  public <T> void replace(Variable<T> input, T value) {
    replacedInputs.put(input, value);
  }

  /** Does not use the value itself, which would keep its content in memory with the task. */
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
   * In {@code signing-request}, unchanged variables are not written again: each would cost a
   * variable and two history rows. In other processes, a parallel step may have written the same
   * variable, and the next step has to see the results of this one.
   */
  public void complete(Outputs outputs) {
    Outputs all = reportVariables.and(outputs);
    if (hasOutputMapping()) {
      service.complete(
          task, replacedInputs.and(unmappedState(all)).toMap(), noResults().and(all).toMap());
      return;
    }
    Outputs results = replacedInputs.and(all);
    service.complete(
        task, (isOfSigningRequest() ? results.withoutUnchanged(inputs) : results).toMap());
  }

  /** A model of a former version does not map the state: then it is a variable of the process. */
  private Outputs unmappedState(Outputs outputs) {
    return step().mapsState() ? new Outputs() : outputs.only(SigningVariables.SIGNING_STATE);
  }

  /** Unlocks the unchanged task for another worker. */
  public void unlock() {
    service.unlock(task);
  }

  /**
   * @param outputs for the process; ignored with an output mapping, where the message contains the
   *     same
   */
  public void raiseError(String code, String message, Outputs outputs) {
    if (hasOutputMapping()) {
      engine.setLocalVariables(task.getExecutionId(), noResults());
      service.handleBpmnError(task, code, message, reportVariables.toMap());
    } else {
      service.handleBpmnError(task, code, message, reportVariables.and(outputs).toMap());
    }
  }

  /**
   * Sets all results to null except the state, since an output mapping also runs after an error and
   * fails if a variable is missing.
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
   * @param details the {@link #failureDetails} of the next attempt
   * @param retries the remaining attempts; 0 creates an incident
   */
  public void fail(String message, String details, int retries, Duration wait) {
    service.handleFailure(
        task.getId(), message, details, retries, wait.toMillis(), reportVariables.toMap(), null);
  }

  /**
   * Persists variables immediately, in the scope that {@link #complete} writes to.
   *
   * @throws LockLostException if the lock was lost
   */
  public void saveVariables(Outputs outputs) {
    lock.ensureFor(Duration.ofSeconds(1));
    savedState = savedState.and(outputs.only(SigningVariables.SIGNING_STATE));
    if (hasOutputMapping() && step().mapsState()) {
      engine.setLocalVariables(task.getExecutionId(), outputs);
    } else {
      inputs.markStale(outputs.toMap().keySet());
      engine.setVariables(task.getExecutionId(), outputs);
    }
  }

  /**
   * Persists a document in the scope where the step sees it, not locally: an output mapping would
   * copy its content.
   *
   * @throws LockLostException if the lock was lost
   */
  public void saveFile(String name, Document document) {
    lock.ensureFor(Duration.ofSeconds(1));
    engine.putFile(task.getExecutionId(), name, document);
  }

  /** Opens a File variable that the step sees; the caller closes it. */
  public InputStream open(String variable) {
    return engine.openFile(task.getExecutionId(), variable);
  }

  /** The current names of all variables that the step sees. */
  public Set<String> variableNames() {
    return engine.variableNames(task.getExecutionId());
  }

  /** Removes a variable from the scope where the step sees it. */
  public void remove(String variable) {
    engine.removeVariable(task.getExecutionId(), variable);
  }

  /**
   * How far this worker's clock was ahead of the engine's when it fetched the task; negative if it
   * was behind.
   */
  public Duration clockDifference() {
    return clockDifference;
  }

  /** The engine's record of the start of this instance; empty if it is not readable. */
  public Optional<EngineHistory.RecordedInstance> recordedInstance() {
    return engine.history().recordedInstance(task.getProcessInstanceId());
  }

  /** The completed user tasks of this instance that the workers' user can read. */
  public List<EngineHistory.RecordedDecision> decisions() {
    return engine.history().decisions(task.getProcessInstanceId());
  }
}
