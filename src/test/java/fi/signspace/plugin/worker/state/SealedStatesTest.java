package fi.signspace.plugin.worker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.actuate.health.Status;

/** The cases of docs/adr/0017-sealed-state.md, one by one. */
class SealedStatesTest {

  private static final SigningState STATE = TestStates.requested(2);

  private final TestWorkers workers = new TestWorkers();
  private final SealedStates states = workers.states;

  @Test
  void a_valid_state_is_used() {
    SigningTask task = new GivenTask().state(STATE).taken();

    assertThat(states.ownOrNew(task)).isEqualTo(STATE);
    assertThat(states.requestOf(task)).isEqualTo(STATE);
    assertThat(states.currentRequest(task)).isEqualTo(STATE);
    assertThat(states.unverifiedRequestId(task)).contains(States.ID);
  }

  @Test
  void a_state_that_another_step_has_written_meanwhile_is_not_overwritten() {
    GivenTask given = new GivenTask().ofOwnProcess().state(STATE);
    SigningTask task = given.taken();
    SigningState replaced = STATE.withLateReplacement();

    variableHas(given, STATE);
    assertThatCode(() -> states.requireUnchanged(task, STATE)).doesNotThrowAnyException();
    variableHas(given, replaced);
    assertThatThrownBy(() -> states.requireUnchanged(task, STATE))
        .isInstanceOf(RetryLaterException.class);

    states.save(task, replaced);
    variableHas(given, replaced.withWriter(GivenTask.ACTIVITY_INSTANCE));
    assertThatCode(() -> states.requireUnchanged(task, replaced))
        .as("this step has written it itself")
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"awaiting, true", "signed, false", "cancelled, false"})
  void the_state_of_another_open_request_is_not_overwritten(String phase, boolean isRefused) {
    GivenTask given = new GivenTask().ofProcessWithStatesApart().state(STATE);
    SigningTask task = given.taken();
    SigningState other =
        SigningState.initial(
                new Binding(GivenTask.INSTANCE, TestStates.API_URL, "", null, "another"))
            .withRequest(
                STATE.requireRequest(),
                new LastCheck("open", phase, TestStates.STARTED_AT, 0, 0, 0, null, false, null));
    variableHas(given, other);

    Throwable refusal = catchThrowable(() -> states.requireUnchanged(task, STATE));

    assertThat(refusal != null).isEqualTo(isRefused);
    if (isRefused) {
      assertThat(refusal).isInstanceOf(IncidentException.class).hasMessageContaining("over that");
    }
  }

  private static void variableHas(GivenTask given, SigningState state) {
    Optional<String> sealed = Optional.of(TestSeals.SEAL.seal(state));
    when(given.engine.text(any(), eq("signingState"))).thenReturn(sealed);
    when(given.engine.textAround(any(), any(), eq("signingState"))).thenReturn(sealed);
  }

  @Test
  void a_valid_state_is_used_regardless_of_unsealed_variables() {
    SigningTask task =
        new GivenTask().state(STATE).with("signingRequestId", "request-of-another").taken();

    assertThat(states.requestOf(task)).isEqualTo(STATE);
    assertThat(states.unverifiedRequestId(task)).contains(States.ID);
  }

  @Test
  void a_state_that_was_written_as_json_is_read() {
    SigningState large = TestStates.requested(100);
    Outputs outputs = states.put(new GivenTask().taken(), new Outputs(), large);

    SigningTask task = new GivenTask().with(outputs.toMap()).taken();

    assertThat(GivenTask.plain(outputs).get("signingState"))
        .asString()
        .startsWith("\"")
        .hasSizeGreaterThan(4000);
    assertThat(states.requestOf(task)).isEqualTo(large.withWriter(GivenTask.ACTIVITY_INSTANCE));
  }

  @Test
  void every_written_state_names_the_step_that_wrote_it() {
    GivenTask given = new GivenTask();
    SigningTask task = given.taken();

    Outputs outputs = states.put(task, new Outputs(), STATE);
    states.save(task, STATE.withWriter("an earlier step"));
    states.saveWithReport(task, STATE.withWriter("an earlier step"));
    task.fail("", "", 1, Duration.ofSeconds(1));

    SigningState written = STATE.withWriter(GivenTask.ACTIVITY_INSTANCE);
    assertThat(outputs.toMap()).containsEntry("signingState", TestSeals.SEAL.seal(written));
    assertThat(given.saved()).containsExactly(Map.of("signingState", TestSeals.SEAL.seal(written)));
    verify(given.service)
        .handleFailure(
            GivenTask.ID,
            "",
            "",
            1,
            1_000L,
            Map.of("signingState", TestSeals.SEAL.seal(written)),
            null);
  }

  @Test
  void without_a_state_and_an_id_a_request_begins() {
    SigningTask task = new GivenTask().taken();

    SigningState state = states.ownOrNew(task);

    assertThat(state).isEqualTo(SigningState.initial(state.binding()));
    assertThat(state.binding())
        .isEqualTo(
            new Binding(GivenTask.INSTANCE, TestStates.API_URL, "", null, state.binding().key()));
    assertThat(UUID.fromString(state.binding().key())).isNotNull();
    verify(workers.signSpace, never()).getRequests(any());
  }

  @Test
  void two_new_requests_have_different_keys() {
    SigningTask task = new GivenTask().taken();

    assertThat(states.ownOrNew(task).binding()).isNotEqualTo(states.ownOrNew(task).binding());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", States.ID})
  void a_state_of_another_instance_is_ignored_with_the_id_copied_from_there(String id) {
    SigningTask task =
        new GivenTask().state(of("instance-0", "")).with("signingRequestId", id).taken();

    assertThat(states.ownOrNew(task).request()).isNull();
    assertThatThrownBy(() -> states.requestOf(task)).isInstanceOf(IncidentException.class);
    verify(workers.signSpace, never()).getRequests(any());
  }

  @Test
  void a_state_of_another_instance_with_a_different_id_is_an_incident() {
    SigningTask task =
        new GivenTask().state(of("instance-0", "")).with("signingRequestId", "foreign").taken();

    assertThatThrownBy(() -> states.ownOrNew(task))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("foreign");
  }

  @Test
  void without_a_state_an_id_is_an_incident_and_signspace_is_not_called() {
    SigningTask task = new GivenTask().with("signingRequestId", "foreign").taken();

    assertThatThrownBy(() -> states.ownOrNew(task))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("foreign")
        .hasMessageContaining("signingState");
    verify(workers.signSpace, never()).getRequests(any());
  }

  @Test
  void a_missing_key_delays_the_task_and_takes_the_node_out_of_service() {
    String keyId = TestSeals.keys("secret of another node").currentId();
    String sealed = TestSeals.with("secret of another node").seal(STATE);
    SigningTask task = new GivenTask().with("signingState", sealed).taken();

    RetryLaterException failure =
        catchThrowableOfType(RetryLaterException.class, () -> states.ownOrNew(task));

    assertThat(failure).hasMessageContaining(keyId).hasMessageContaining("former-secrets");
    assertThat(failure.delay()).isPositive();
    assertThat(workers.health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(workers.health.health().getDetails().toString()).contains(keyId);
    workers.clock.advance(Duration.ofMinutes(3));
    assertThat(workers.health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void a_node_with_the_former_secret_continues_and_seals_with_the_new_one() {
    StateSeal rotated = TestSeals.with("new secret", "secret of the tests");
    TestWorkers node = new TestWorkers(rotated, null);
    SigningTask task = new GivenTask().state(STATE).taken();

    SigningState state = node.states.requestOf(task);
    Object sealed =
        node.states.put(new GivenTask().taken(), new Outputs(), state).toMap().get("signingState");

    assertThat(state).isEqualTo(STATE);
    assertThat(TestSeals.with("new secret").open(String.valueOf(sealed)))
        .isEqualTo(STATE.withWriter(GivenTask.ACTIVITY_INSTANCE));
    assertThat(node.health.health().getStatus()).isEqualTo(Status.UP);
  }

  static Stream<String> broken() {
    String genuine = TestSeals.SEAL.seal(STATE);
    return Stream.of(
        "signed", genuine.substring(0, genuine.length() - 2), genuine + "AA", "a.b.c", "..");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void a_broken_state_is_an_incident_and_never_a_new_request(String text) {
    GivenTask given = new GivenTask().with("signingState", text).with("signingRequestId", "any");

    assertThatThrownBy(() -> states.ownOrNew(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("signingState was not written by a worker");
    assertThatThrownBy(() -> states.requestOf(given.taken())).isInstanceOf(IncidentException.class);
    assertThat(states.unverifiedRequestId(given.taken())).isEmpty();
    verifyNoInteractions(given.service);
    assertThat(given.saved()).isEmpty();
    assertThat(workers.health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void a_state_of_another_signspace_is_an_incident_that_names_both() {
    when(workers.signSpace.apiUrl()).thenReturn("https://other.example/api/v1");
    SigningTask task = new GivenTask().state(STATE).taken();

    assertThatThrownBy(() -> states.ownOrNew(task))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining(TestStates.API_URL, "https://other.example/api/v1");
  }

  @Test
  void states_of_two_request_names_cannot_be_swapped() {
    SigningState lease = of(GivenTask.INSTANCE, "lease");
    GivenTask annex =
        new GivenTask()
            .ofOwnProcess()
            .state(lease)
            .property(SigningProcess.REQUEST_NAME_PROPERTY, "annex");

    assertThatThrownBy(() -> states.requestOf(annex.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("belongs to another request");
    assertThat(states.ownOrNew(annex.taken()).binding().requestName()).isEqualTo("annex");
    annex.property(SigningProcess.REQUEST_NAME_PROPERTY, "lease");
    assertThat(states.requestOf(annex.taken())).isEqualTo(lease);
  }

  @Test
  void states_of_two_multi_instance_items_cannot_be_swapped() {
    SigningState first = inScope("item-1");

    assertThat(states.requestOf(new GivenTask().inScope("item-1").state(first).taken()))
        .isEqualTo(first);
    SigningTask second = new GivenTask().inScope("item-2").state(first).taken();
    assertThatThrownBy(() -> states.requestOf(second)).isInstanceOf(IncidentException.class);
    assertThat(states.ownOrNew(second).binding().scopeId()).isEqualTo("item-2");
    assertThat(states.ownOrNew(second).request()).isNull();
    SigningTask outside = new GivenTask().state(first).taken();
    assertThatThrownBy(() -> states.requestOf(outside)).isInstanceOf(IncidentException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_multi_instance_item_gets_its_own_state(boolean isMapped) {
    GivenTask given = new GivenTask().inScope("item-1", isMapped).at(Step.UPLOAD_DOCUMENT);

    SigningState state = states.ownOrNew(given.taken());

    ArgumentCaptor<Outputs> declared = ArgumentCaptor.captor();
    verify(given.engine).setLocalVariables(eq(GivenTask.SCOPE_EXECUTION), declared.capture());
    assertThat(GivenTask.stateIn(declared.getValue())).isEqualTo(state);
  }

  @Test
  void a_mapping_of_the_id_of_one_request_and_the_state_of_another_is_an_incident() {
    SigningTask task =
        new GivenTask()
            .withOutputMappingButNoState()
            .state(STATE)
            .with("signingRequestId", "request-of-another")
            .taken();

    assertThatThrownBy(() -> states.requestOf(task))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("request-of-another", States.ID, "Correct the model");
  }

  static Stream<Step> recordedSteps() {
    return Step.ALL.stream()
        .filter(step -> SigningProcess.RECORDED_STEPS.containsKey(step.topic()));
  }

  @ParameterizedTest
  @MethodSource("recordedSteps")
  void a_step_of_the_process_with_another_id_than_its_earlier_runs_is_an_incident(Step step) {
    GivenTask given = new GivenTask().at(step).state(STATE);
    String expected = SigningProcess.RECORDED_STEPS.get(step.topic());

    assertThatThrownBy(() -> states.requestOf(given.activity(expected + "V2").taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("must have the id " + expected);
    assertThat(states.requestOf(given.activity(expected).taken())).isEqualTo(STATE);
  }

  private static SigningState of(String instance, String requestName) {
    return withBinding(new Binding(instance, TestStates.API_URL, requestName, null, "k"));
  }

  private static SigningState inScope(String scope) {
    return withBinding(new Binding(GivenTask.INSTANCE, TestStates.API_URL, "", scope, "k"));
  }

  private static SigningState withBinding(Binding binding) {
    return SigningState.initial(binding)
        .withRequest(STATE.requireRequest(), TestStates.lastCheck("open", 0, 0, 0));
  }
}
