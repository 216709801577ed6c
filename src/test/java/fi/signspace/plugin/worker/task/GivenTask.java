package fi.signspace.plugin.worker.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.model.ExternalStep;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.worker.execution.LockRenewal;
import fi.signspace.plugin.worker.execution.LockTimings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;
import org.camunda.bpm.client.variable.ClientValues;
import org.camunda.bpm.client.variable.value.DeferredFileValue;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.mockito.ArgumentCaptor;

/** A fetched external task with a lock and a controllable clock. */
public final class GivenTask {

  public static final String ID = "task-1";
  public static final String INSTANCE = "instance-1";
  public static final String ACTIVITY = "activity";
  public static final String ACTIVITY_INSTANCE = "activity:1";
  public static final String EXECUTION = "execution-1";
  public static final String SCOPE_EXECUTION = "execution-of-scope";

  /** A call 30 s, the lock 60 s, settling 60 s. */
  public static final LockTimings TIMES =
      new LockTimings(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(60));

  /** With a lock longer than the initial one, so that every call extends it. */
  public static final LockRenewal RENEWAL = new LockRenewal(Duration.ofMinutes(2));

  public static final EngineHistory.ActivityRun OWN_RUN =
      new EngineHistory.ActivityRun(
          ACTIVITY_INSTANCE, "scope", false, Instant.parse("2026-03-01T12:00:00Z"), null);

  public final ExternalTask task = mock();
  public final ExternalTaskService service = mock();
  public final EngineApi engine = mock();
  public final EngineHistory history = mock();
  private final VariableMap variables = Variables.createVariables();
  private final List<EngineApi.FileVariable> files = new ArrayList<>();
  private final Map<String, Boolean> inputs = new HashMap<>();
  private final AtomicLong nanos = new AtomicLong();
  private Duration lock = TIMES.lock();
  private Duration clockAhead = Duration.ZERO;

  public GivenTask() {
    when(engine.history()).thenReturn(history);
    when(task.getId()).thenReturn(ID);
    when(task.getRetries()).thenReturn(null);
    when(task.getTopicName()).thenReturn("signspace.test");
    when(task.getProcessInstanceId()).thenReturn(INSTANCE);
    when(task.getActivityId()).thenReturn(ACTIVITY);
    when(task.getActivityInstanceId()).thenReturn(ACTIVITY_INSTANCE);
    when(task.getProcessDefinitionId()).thenReturn(SigningProcess.KEY + ":1");
    when(task.getExecutionId()).thenReturn(EXECUTION);
    when(task.getBusinessKey()).thenReturn("case-1");
    when(task.getProcessDefinitionKey()).thenReturn(SigningProcess.KEY);
    step(false, false, false);
  }

  private boolean keepsState = true;

  private GivenTask step(boolean hasOutputMapping, boolean mapsState, boolean isInMultiInstance) {
    ExternalStep step =
        new ExternalStep(
            ACTIVITY,
            "Step",
            "t",
            false,
            inputs,
            hasOutputMapping,
            mapsState,
            "signingState",
            keepsState,
            isInMultiInstance,
            isInMultiInstance,
            List.of());
    when(engine.step(any(), any())).thenReturn(step);
    when(engine.findStep(any(), any())).thenReturn(Optional.of(step));
    return this;
  }

  public GivenTask inRun(String activityInstanceId) {
    when(task.getActivityInstanceId()).thenReturn(activityInstanceId);
    return this;
  }

  public GivenTask named(String id) {
    when(task.getId()).thenReturn(id);
    return this;
  }

  public GivenTask with(String name, @Nullable Object value) {
    variables.putValue(name, value);
    return this;
  }

  public <T> GivenTask with(Variable<T> variable, T value) {
    return with(new Outputs().put(variable, value).toMap());
  }

  public GivenTask with(Map<String, Object> values) {
    variables.putAll(values);
    return this;
  }

  /** Sets a sealed state. */
  public GivenTask state(SigningState state) {
    return with(SigningVariables.SIGNING_STATE, TestSeals.SEAL.seal(state));
  }

  public GivenTask json(String name, String text) {
    variables.putValueTyped(name, ClientValues.jsonValue(text));
    return this;
  }

  public GivenTask document(String variable, String fileName, String content) {
    DeferredFileValue file = mock();
    when(file.getFilename()).thenReturn(fileName);
    when(file.getMimeType()).thenReturn("application/pdf");
    when(engine.openFile(EXECUTION, variable))
        .thenAnswer(call -> new ByteArrayInputStream(content.getBytes(UTF_8)));
    variables.putValueTyped(variable, file);
    files.add(new EngineApi.FileVariable(variable, fileName, "application/pdf"));
    when(engine.files(EXECUTION)).thenReturn(List.copyOf(files));
    return this;
  }

  /** A title and one signer. */
  public GivenTask validRequest() {
    return with("title", "Contract")
        .json("participants", "[{\"handle\": \"ann@example.com\", \"role\": \"signer\"}]");
  }

  public GivenTask lockedFor(Duration time) {
    lock = time;
    return this;
  }

  public GivenTask retries(int left) {
    when(task.getRetries()).thenReturn(left);
    return this;
  }

  /** Advances the clock of the lock. */
  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  public GivenTask at(Step step) {
    when(task.getTopicName()).thenReturn(step.topic());
    return this;
  }

  public GivenTask activity(String id) {
    when(task.getActivityId()).thenReturn(id);
    return this;
  }

  public GivenTask property(String name, String value) {
    when(task.getExtensionProperty(name)).thenReturn(value);
    return this;
  }

  /** A step of another process than {@code signing-request}. */
  public GivenTask ofOwnProcess() {
    when(task.getProcessDefinitionKey()).thenReturn("own-process");
    return this;
  }

  /** A step that does not share the state variable of this one. */
  public GivenTask withOwnStateVariableIn(String step) {
    when(engine.findStep(any(), eq(step))).thenReturn(Optional.empty());
    return this;
  }

  /** A cancellation in another process, with an output mapping. */
  public GivenTask withOutputMapping() {
    return at(Step.CANCEL_SIGNING_REQUEST).ofOwnProcess().step(true, true, false);
  }

  /** A status check in a model of a former version, which maps an id and no state. */
  public GivenTask withOutputMappingButNoState() {
    inputs.put(SigningVariables.SIGNING_REQUEST_ID.name(), true);
    return at(Step.CHECK_STATUS).ofOwnProcess().step(true, false, false);
  }

  /** A step whose model writes its state into another variable than the one it reads. */
  public GivenTask ofProcessWithStatesApart() {
    keepsState = false;
    return ofOwnProcess().step(true, true, false);
  }

  /** A step in a multi-instance scope. */
  public GivenTask inScope(String activityInstanceId) {
    return inScope(activityInstanceId, false);
  }

  /** A step in a multi-instance scope, whose model may map its state. */
  public GivenTask inScope(String activityInstanceId, boolean mapsState) {
    when(engine.scopeAround(INSTANCE, ACTIVITY_INSTANCE))
        .thenReturn(Optional.of(new EngineApi.Scope(activityInstanceId, SCOPE_EXECUTION)));
    return ofOwnProcess().step(true, mapsState, true);
  }

  /** Sets when the engine started the instance. */
  public GivenTask instanceStartedAt(Instant start) {
    when(history.recordedInstance(INSTANCE))
        .thenReturn(
            Optional.of(
                new EngineHistory.RecordedInstance(start, "ann", SigningProcess.KEY, null)));
    return this;
  }

  /** The worker's clock is ahead of the engine's; behind it if this is negative. */
  public GivenTask clockAhead(Duration difference) {
    clockAhead = difference;
    return this;
  }

  public SigningTask taken() {
    when(task.getAllVariablesTyped(false)).thenReturn(variables);
    when(task.<TypedValue>getVariableTyped(anyString(), eq(false)))
        .thenAnswer(call -> variables.getValueTyped(call.getArgument(0)));
    SigningTask taken =
        new SigningTask(
            task, service, engine, nanos::get, nanos.get() + lock.toNanos(), clockAhead);
    taken.readStep();
    return taken;
  }

  /** The variables saved in the process, one entry per request. */
  public List<Map<String, Object>> saved() {
    ArgumentCaptor<Outputs> values = ArgumentCaptor.captor();
    verify(engine, atLeast(0)).setVariables(eq(EXECUTION), values.capture());
    return values.getAllValues().stream().map(Outputs::toMap).toList();
  }

  /** The saved documents: variable, file name and content. */
  public List<String> savedFiles() {
    ArgumentCaptor<String> names = ArgumentCaptor.captor();
    ArgumentCaptor<Document> documents = ArgumentCaptor.captor();
    verify(engine, atLeast(0)).putFile(eq(EXECUTION), names.capture(), documents.capture());
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < names.getAllValues().size(); i++) {
      Document document = documents.getAllValues().get(i);
      kept.add(
          "%s = %s: %s"
              .formatted(
                  names.getAllValues().get(i),
                  document.name(),
                  new String(document.content(), UTF_8)));
    }
    return kept;
  }

  /** The state in saved or reported variables, without its writer. */
  public static SigningState stateIn(Map<String, Object> values) {
    // as JSON, it is in quotes
    return TestSeals.SEAL
        .open(String.valueOf(plain(values).get("signingState")).replace("\"", ""))
        .withWriter(null);
  }

  public static SigningState stateIn(Outputs outputs) {
    return stateIn(outputs.toMap());
  }

  /** The states saved in the process, oldest first. */
  public List<SigningState> savedStates() {
    return saved().stream().map(GivenTask::stateIn).toList();
  }

  /** The local variables saved in the step, one entry per request. */
  public List<Map<String, Object>> savedInStep() {
    ArgumentCaptor<Outputs> values = ArgumentCaptor.captor();
    verify(engine, atLeast(0)).setLocalVariables(eq(EXECUTION), values.capture());
    return values.getAllValues().stream().map(Outputs::toMap).toList();
  }

  /** The variables of the completion. */
  public Map<String, @Nullable Object> completedWith() {
    return plain(rawCompletedWith());
  }

  /** The same, as it was sent. */
  public Map<String, Object> rawCompletedWith() {
    ArgumentCaptor<Map<String, Object>> values = ArgumentCaptor.captor();
    verify(service, atLeast(0)).complete(eq(task), values.capture());
    verify(service, atLeast(0)).complete(eq(task), values.capture(), any());
    return values.getValue();
  }

  /** Variables as plain values: JSON as its text, a file as its name and content. */
  public static Map<String, @Nullable Object> plain(Outputs outputs) {
    return plain(outputs.toMap());
  }

  public static Map<String, @Nullable Object> plain(Map<String, Object> values) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    values.forEach((name, value) -> plain.put(name, plain(value)));
    return plain;
  }

  private static @Nullable Object plain(Object value) {
    if (value instanceof FileValue file) {
      return file.getFilename() + ": " + text(file.getValue());
    }
    return value instanceof TypedValue typed ? typed.getValue() : value;
  }

  private static String text(InputStream content) {
    try (content) {
      return new String(content.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
