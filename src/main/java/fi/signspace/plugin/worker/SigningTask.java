package fi.signspace.plugin.worker;

import static java.util.stream.Collectors.toUnmodifiableMap;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.signing.Document;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;
import org.camunda.bpm.client.variable.value.DeferredFileValue;
import org.jspecify.annotations.Nullable;

/** One external task: its inputs, its lock, and where its results go. */
final class SigningTask {

  private final ExternalTask task;
  private final ExternalTaskService service;
  private final EngineApi engine;
  private final TaskInputs inputs;
  private final Outputs leftBehind = new Outputs();
  private final Outputs replacedInputs = new Outputs();
  private final LongSupplier nanoTime;
  private volatile long lockedUntil;
  private volatile boolean mapsResults;

  /**
   * @param nanoTime like {@link System#nanoTime}, a clock that nobody sets
   * @param lockedUntil a moment of it until which the lock surely holds
   */
  SigningTask(
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
  void learnWhereResultsGo() {
    mapsResults = engine.mapsResults(task.getProcessDefinitionId(), task.getActivityId());
  }

  /** Whether the results go where the model maps them, instead of into the process. */
  boolean mapsResults() {
    return mapsResults;
  }

  String id() {
    return task.getId();
  }

  String topic() {
    return task.getTopicName();
  }

  String processInstanceId() {
    return task.getProcessInstanceId();
  }

  String businessKey() {
    return Objects.requireNonNullElse(task.getBusinessKey(), "");
  }

  /** What {@link #fail} has kept of the failure before; empty if there was none. */
  String failureDetails() {
    return Objects.requireNonNullElse(task.getErrorDetails(), "");
  }

  /** How many attempts are left, if one has failed already. */
  Optional<Integer> retries() {
    return Optional.ofNullable(task.getRetries());
  }

  <T> Optional<T> get(Variable<T> variable) {
    return inputs.get(variable);
  }

  <T> T require(Variable<T> variable) {
    return get(variable)
        .orElseThrow(
            () ->
                new NeedsAdminException(
                    "The variable %s is missing, and without it nothing can be done here. Set it in Cockpit, then retry."
                        .formatted(variable.name())));
  }

  /** The start variables that are there, as loosely typed as callers give them. */
  Map<String, @Nullable Object> startValues() {
    return inputs.startValues();
  }

  /** The File variables that are there. */
  Map<String, TaskDocument> files() {
    return inputs.files().entrySet().stream()
        .collect(
            toUnmodifiableMap(Map.Entry::getKey, file -> document(file.getKey(), file.getValue())));
  }

  /** Sets a variable with whatever is reported of this task: only if it is still ours then. */
  <T> void leave(Variable<T> variable, T value) {
    leftBehind.put(variable, value);
  }

  /** Replaces an input on completion, where it was read from, wherever the results go. */
  <T> void replace(Variable<T> input, T value) {
    replacedInputs.put(input, value);
  }

  private TaskDocument document(String name, DeferredFileValue file) {
    // the value itself would hold its bytes for as long as the task is here
    return new TaskDocument(name, file, () -> engine.openFile(task.getProcessInstanceId(), name));
  }

  /**
   * What our own process holds already is not written again: it would be written three times, as
   * the variable and twice as history, which is to tell of changes. In others a parallel step may
   * have written the same variable since, and what follows is to see the results of this one.
   */
  void complete(Outputs outputs) {
    Outputs all = leftBehind.and(outputs);
    if (mapsResults) {
      service.complete(task, replacedInputs.toMap(), noResults().and(all).toMap());
      return;
    }
    Outputs results = replacedInputs.and(all);
    boolean isOurs = SigningProcess.KEY.equals(task.getProcessDefinitionKey());
    service.complete(task, (isOurs ? results.newsTo(inputs) : results).toMap());
  }

  /** Gives the task back as it was fetched, for another worker. */
  void giveBack() {
    service.unlock(task);
  }

  /**
   * @param outputs for the process, unless the results go where the model maps them: then the
   *     message of the error tells the same
   */
  void raiseError(String code, String message, Outputs outputs) {
    if (mapsResults) {
      engine.setLocalVariables(task.getExecutionId(), noResults());
      service.handleBpmnError(task, code, message, leftBehind.toMap());
    } else {
      service.handleBpmnError(task, code, message, leftBehind.and(outputs).toMap());
    }
  }

  /** A mapping may read any result, also after an error, and fails if one is not there. */
  private Outputs noResults() {
    Outputs none = new Outputs();
    Step.of(topic()).results().forEach(none::putNull);
    return none;
  }

  /**
   * @param details what the next attempt finds as {@link #failureDetails}
   * @param retries how many attempts are left; 0 is an incident
   */
  void fail(String message, String details, int retries, Duration wait) {
    service.handleFailure(
        task.getId(), message, details, retries, wait.toMillis(), leftBehind.toMap(), null);
  }

  /** Makes variables durable at once, where {@link #complete} would put them. */
  void keep(Outputs outputs) {
    if (mapsResults) {
      engine.setLocalVariables(task.getExecutionId(), outputs);
    } else {
      inputs.outdate(outputs.toMap().keySet());
      engine.setVariables(task.getExecutionId(), outputs);
    }
  }

  /**
   * Makes a document durable in the process itself: a mapping would copy its bytes.
   *
   * @throws LockLostException if the task is not ours any more
   */
  void keepFile(String name, Document document) {
    holdLockFor(Duration.ofSeconds(1));
    engine.putFile(task.getProcessInstanceId(), name, document);
  }

  /**
   * Makes sure that the task stays ours for some time from now.
   *
   * @throws LockLostException if it is not ours any more
   */
  void holdLockFor(Duration time) {
    holdLockFor(time, Duration.ZERO);
  }

  /**
   * Makes sure that the task stays ours for some time from now.
   *
   * @param spare for how much longer it is locked if it has to be locked anew: whoever asks again
   *     and again then seldom asks the engine
   * @throws LockLostException if it is not ours any more
   */
  synchronized void holdLockFor(Duration time, Duration spare) {
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
  synchronized void extendLock(Duration time) {
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
  boolean isHeldFor(Duration time) {
    return lockedUntil - nanoTime.getAsLong() >= time.toNanos();
  }
}
