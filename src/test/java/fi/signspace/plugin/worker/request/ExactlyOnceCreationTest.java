package fi.signspace.plugin.worker.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.Participant;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.testkit.FormProblems;
import fi.signspace.plugin.testkit.SettableClock;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.execution.LockTimings;
import fi.signspace.plugin.worker.request.CreateSigningRequestWorker.Created;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.OpenRun;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.client.task.ExternalTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

/** The cases of docs/adr/0006-create-exactly-once.md, one by one. */
class ExactlyOnceCreationTest {

  private static final List<String> FILES = List.of("file-1", "file-2");
  private static final RequestState OURS = States.of("ours", SigningStatus.OPEN, FILES);
  private static final RequestState FOREIGN =
      States.of("foreign", SigningStatus.OPEN, List.of("file-9"));

  private static final Duration CLOCKS_APART = Duration.ofSeconds(20);

  private static final ActivityRun OWN_RUN =
      new ActivityRun(GivenTask.ACTIVITY_INSTANCE, "s", false, States.CREATED, null);

  private final TestWorkers workers = new TestWorkers();
  private final SettableClock clock = workers.clock;
  private final Instant start = clock.instant();
  private final SignSpace signSpace = workers.signSpace;
  private final GivenTask given = new GivenTask();
  private SigningState state = TestStates.uploaded(2);

  @Test
  void without_a_marker_the_lock_is_ensured_the_marker_saved_and_the_call_made() {
    given.lockedFor(Duration.ofSeconds(39));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);

    RequestState state = ensure(given.taken());

    assertThat(state).isEqualTo(OURS);
    InOrder order = inOrder(given.service, given.engine, signSpace);
    order.verify(given.service).extendLock(any(ExternalTask.class), anyLong());
    order.verify(given.engine).setVariables(anyString(), any());
    order.verify(signSpace).createSigningRequest(any(), any());
    assertThat(given.savedStates()).containsExactly(attempt(start));
    verify(signSpace, never()).listRequests(anyInt());
  }

  @Test
  void a_request_of_an_earlier_attempt_is_adopted_and_none_is_created() {
    recorded(Duration.ofSeconds(1));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN, OURS));

    RequestState state = ensure(given.taken());

    assertThat(state).isEqualTo(OURS);
    verifyNothingCreatedOrRecorded();
    assertThat(workers.meters.get("signspace.duplicates.avoided").counter().count()).isEqualTo(1);
  }

  @Test
  void a_request_that_is_listed_without_its_files_is_read_and_adopted() {
    recorded(Duration.ofSeconds(1));
    RequestState listed = States.of("ours", SigningStatus.OPEN, List.of());
    when(signSpace.listRequests(200)).thenReturn(List.of(listed));
    when(signSpace.getRequests(List.of("ours"))).thenReturn(List.of(OURS));

    assertThat(ensure(given.taken())).isEqualTo(OURS);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void while_another_run_of_the_step_is_open_nothing_is_created() {
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", false, start, null));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("runs twice");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void while_another_step_with_the_same_state_is_open_in_the_scope_nothing_is_created() {
    recordedRuns(OWN_RUN);
    recordedRunOfAnotherStep("s");

    assertThatThrownBy(() -> ensure(given.ofOwnProcess().taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("run at the same time");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void documents_that_another_step_has_sent_are_not_sent_a_second_time() {
    recordedRuns(runSince(start));
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of(GivenTask.ACTIVITY, "other"));
    when(workers.history.activityRuns(GivenTask.INSTANCE, "other"))
        .thenReturn(List.of(new ActivityRun("other:1", "s", false, start, start)));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN, OURS));
    given.validRequest();

    assertThat(ensure(given.ofOwnProcess().taken())).isEqualTo(OURS);
    assertThat(ensure(given.ofProcessWithStatesApart().taken())).isEqualTo(OURS);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void documents_that_a_step_has_sent_that_the_model_does_not_show_are_not_sent_a_second_time() {
    recordedRuns(runSince(start));
    when(given.history.activitiesWith(
            GivenTask.INSTANCE, SigningProcess.Topic.CREATE_SIGNING_REQUEST))
        .thenReturn(List.of(GivenTask.ACTIVITY, "removed"));
    when(workers.history.activityRuns(GivenTask.INSTANCE, "removed"))
        .thenReturn(List.of(new ActivityRun("removed:1", "s", false, start, start)));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN, OURS));
    given.validRequest();

    assertThat(ensure(given.ofOwnProcess().taken())).isEqualTo(OURS);

    verifyNothingCreatedOrRecorded();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void documents_of_another_creation_that_was_interrupted_are_not_sent_before_it_has_settled(
      boolean keepsState) {
    recordedRuns(runSince(start));
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of(GivenTask.ACTIVITY, "other"));
    when(workers.history.activityRuns(GivenTask.INSTANCE, "other"))
        .thenReturn(List.of(new ActivityRun("other:1", "s", true, start, start)));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);
    given.validRequest();
    GivenTask own = keepsState ? given.ofOwnProcess() : given.ofProcessWithStatesApart();

    assertThatThrownBy(() -> ensure(own.taken())).isInstanceOf(RetryLaterException.class);
    verifyNothingCreatedOrRecorded();

    clock.advance(Duration.ofHours(2));
    assertThat(ensure(own.taken())).isEqualTo(OURS);
  }

  @Test
  void another_step_whose_scope_has_a_variable_of_its_own_has_a_state_of_its_own() {
    recordedRuns(runSince(start));
    recordedRunOfAnotherStep("another scope");
    when(given.engine.scopesOf(GivenTask.INSTANCE, "signingState"))
        .thenReturn(Set.of("another scope"));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);

    assertThat(ensure(given.ofOwnProcess().taken())).isEqualTo(OURS);
  }

  @Test
  void a_step_of_another_scope_that_sees_the_same_state_is_another_step_with_the_same_state() {
    recordedRuns(runSince(start));
    recordedRunOfAnotherStep("another scope");
    when(given.engine.scopesOf(GivenTask.INSTANCE, "signingState"))
        .thenReturn(Set.of("another scope"));
    when(given.engine.openSteps(GivenTask.INSTANCE, "other")).thenReturn(List.of("execution"));
    when(given.engine.text("execution", "signingState"))
        .thenReturn(Optional.of(TestSeals.SEAL.seal(state)));

    assertThatThrownBy(() -> ensure(given.ofOwnProcess().taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("run at the same time");
    assertThatThrownBy(() -> ensure(given.ofProcessWithStatesApart().taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("run at the same time");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_request_that_another_step_has_created_since_the_task_was_fetched_is_not_created_again() {
    recordedRuns(runSince(start));
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of(GivenTask.ACTIVITY, "other"));
    Creation creation =
        new Creation(
            TestStates.STARTED_AT, "other", "Contract", "robot@example.com", null, List.of(), null);
    SigningState current =
        state.withRequest(
            new SentRequest(
                "theirs", creation, null, state.pending(), TestStates.STARTED_AT, List.of()),
            TestStates.lastCheck("open", 0, 0, 0));
    when(given.engine.text(GivenTask.EXECUTION, "signingState"))
        .thenReturn(Optional.of(TestSeals.SEAL.seal(current)));

    assertThatThrownBy(() -> ensure(given.ofOwnProcess().taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("of another step, which is not finished");

    verifyNothingCreatedOrRecorded();
  }

  @ParameterizedTest
  @CsvSource({
    "upload:1, upload:0, uploaded after it was written",
    "upload:1, upload:1 upload:2, uploaded after it was written",
    "later, later, uploaded again",
    "later, upload:0 later, uploaded again"
  })
  void after_an_interrupted_run_that_may_have_sent_other_documents_nothing_is_created(
      String uploadedBy, String runs, String problem) {
    state = TestStates.fresh().withPending(TestStates.documents(2), uploadedBy, "upload");
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", true, start, start));
    recordedUploads(runs.split(" ", -1));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    clock.advance(Duration.ofHours(5));

    assertThatThrownBy(() -> ensure(given.validRequest().taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining(problem);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void the_documents_of_an_interrupted_run_are_those_of_its_record() {
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", true, start, start));
    state = recordedWithSigner("other");
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);
    given.validRequest();
    clock.advance(delay());

    assertThat(ensure(given.taken())).isEqualTo(OURS);
  }

  /** Those before the interrupted run, oldest first; one with the name "later" begins after it. */
  private void recordedUploads(String... runs) {
    List<ActivityRun> uploads = new ArrayList<>();
    for (String run : runs) {
      Instant begun = start.plusSeconds(run.equals("later") ? 60 : uploads.size() - 60L);
      uploads.add(new ActivityRun(run, "s", false, begun, begun));
    }
    when(workers.history.activityRuns(GivenTask.INSTANCE, "upload")).thenReturn(uploads);
  }

  private void recordedRunOfAnotherStep(String scope) {
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of(GivenTask.ACTIVITY, "other"));
    when(workers.history.openRuns(GivenTask.INSTANCE))
        .thenReturn(
            Map.of(
                GivenTask.ACTIVITY_INSTANCE,
                new OpenRun(GivenTask.ACTIVITY_INSTANCE, GivenTask.ACTIVITY, GivenTask.INSTANCE),
                scope,
                new OpenRun(scope, "sub", GivenTask.INSTANCE),
                "other:1",
                new OpenRun("other:1", "other", scope)));
  }

  @Test
  void a_request_of_an_interrupted_unrecorded_run_is_searched_for_until_it_has_settled() {
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", true, start, start));
    recordedUploads("upload:1");
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken())).isInstanceOf(RetryLaterException.class);
    verifyNothingCreatedOrRecorded();

    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN, OURS));
    given.validRequest();
    assertThat(ensure(given.taken())).isEqualTo(OURS);
    verifyNothingCreatedOrRecorded();
  }

  @Test
  void without_a_record_of_the_creation_the_title_is_that_of_signspace_and_no_one_was_asked() {
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", true, start, start));
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS));

    Created created =
        workers.creation.ensure(given.taken(), state, ExactlyOnceCreationTest::request);

    Creation creation = created.state().requireRequest().creation();
    assertThat(creation.title()).isEqualTo(OURS.title());
    assertThat(creation.participants()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "Guarantee of 1,000,000 EUR")
  void without_a_record_of_the_creation_a_request_with_another_title_is_an_incident(
      @Nullable String title) {
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", true, start, start));
    when(signSpace.listRequests(200)).thenReturn(List.of(States.titled("ours", FILES, title)));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("no record of its creation");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void of_a_request_that_may_be_of_a_run_without_a_record_no_participants_are_claimed() {
    ActivityRun recorded = new ActivityRun("recorded", "s", true, start, start);
    ActivityRun later =
        new ActivityRun("later", "s", true, start.plusSeconds(1), start.plusSeconds(2));
    recordedRuns(OWN_RUN, recorded, later);
    state = recordedWithSigner("recorded");
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS));

    SentRequest adopted =
        workers
            .creation
            .ensure(given.taken(), state, ExactlyOnceCreationTest::requestOfAnn)
            .state()
            .requireRequest();

    assertThat(adopted.creation().knownParticipants()).isEmpty();
    assertThat(adopted.signers())
        .as("who may have been asked has to have signed")
        .containsExactly("ceo@bank.example", "ann@example.com");
    assertThat(adopted.creation().title()).isEqualTo(OURS.title());
  }

  @ParameterizedTest
  @ValueSource(strings = {"recorded", GivenTask.ACTIVITY_INSTANCE})
  void a_record_of_this_run_or_the_last_one_before_it_describes_the_request(String run) {
    recordedRuns(OWN_RUN, new ActivityRun("recorded", "s", true, start, start));
    state = recordedWithSigner(run);
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS));

    assertThat(adopted().requireRequest().creation()).isEqualTo(state.creation());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "Guarantee of 1,000,000 EUR")
  void a_request_that_another_run_has_recorded_with_another_title_is_an_incident(
      @Nullable String title) {
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", true, start, start));
    state = recordedWithSigner("other");
    when(signSpace.listRequests(200)).thenReturn(List.of(States.titled("ours", FILES, title)));

    assertThatThrownBy(this::adopted).isInstanceOf(IncidentException.class);

    verifyNothingCreatedOrRecorded();
  }

  private SigningState adopted() {
    return workers.creation.ensure(given.taken(), state, ExactlyOnceCreationTest::request).state();
  }

  /**
   * A marker with a participant.
   *
   * @param run the run of the step that has written it
   */
  private SigningState recordedWithSigner(String run) {
    return TestStates.uploaded(2)
        .withCreation(
            new Creation(
                start.toString(),
                GivenTask.ACTIVITY,
                OURS.title(),
                "me@example.com",
                null,
                List.of(new Participant("ceo@bank.example", "signer", null, null, null)),
                run));
  }

  @Test
  void rejected_input_leaves_a_state_without_a_creation() {
    GivenTask task = new GivenTask().state(state);
    SigningTask taken = task.taken();

    assertThatThrownBy(() -> workers.create().work(taken))
        .isInstanceOf(InputRejectedException.class);
    taken.raiseError("code", "text", new Outputs());

    ArgumentCaptor<Map<String, Object>> left = ArgumentCaptor.captor();
    verify(task.service).handleBpmnError(eq(task.task), any(), any(), left.capture());
    assertThat(left.getValue())
        .containsEntry(
            "signingState",
            TestSeals.SEAL.seal(
                state
                    .withFailures(1, GivenTask.ACTIVITY_INSTANCE)
                    .withKnownCreations(Stream.of(GivenTask.ACTIVITY_INSTANCE))
                    .withWriter(GivenTask.ACTIVITY_INSTANCE)));
  }

  private void recordedRuns(ActivityRun... runs) {
    when(workers.history.activityRuns(GivenTask.INSTANCE, GivenTask.ACTIVITY))
        .thenReturn(List.of(runs));
  }

  @Test
  void before_the_earlier_attempt_has_settled_nothing_is_created_although_none_is_found() {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));

    assertThat(delay())
        .as("the other worker's clock may be behind")
        .isEqualTo(Duration.ofSeconds(100).plusMillis(1));
    clock.advance(Duration.ofSeconds(99));
    workers.setClock(Duration.ofMinutes(10));
    assertThat(delay())
        .as("of whatever time the clock says by now")
        .isEqualTo(Duration.ofMillis(1_001));

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void of_an_attempt_by_a_clock_that_is_ahead_the_recorded_time_counts() {
    recorded(Duration.ofMinutes(-5));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));

    assertThat(delay()).isEqualTo(Duration.ofSeconds(400).plusMillis(1));
  }

  @Test
  void an_attempt_of_hours_ago_may_be_of_now_if_a_clock_is_wrong() {
    recorded(Duration.ofHours(2));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);

    assertThat(delay()).isEqualTo(Duration.ofSeconds(100).plusMillis(1));
    verifyNothingCreatedOrRecorded();
    clock.advance(Duration.ofSeconds(101));
    assertThat(ensure(given.taken())).isEqualTo(OURS);
  }

  private Duration delay() {
    return catchThrowableOfType(RetryLaterException.class, () -> ensure(given.taken())).delay();
  }

  @Test
  void after_the_earlier_attempt_has_settled_the_marker_is_renewed_and_the_request_created() {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);
    clock.advance(delay());

    assertThat(ensure(given.taken())).isEqualTo(OURS);

    InOrder order = inOrder(given.service, given.engine, signSpace);
    order.verify(signSpace).listRequests(200);
    order.verify(given.engine).setVariables(anyString(), any());
    order.verify(given.service).extendLock(any(ExternalTask.class), anyLong());
    order.verify(signSpace).createSigningRequest(any(), any());
    assertThat(given.savedStates()).containsExactly(attempt(clock.instant()));
  }

  @Test
  void a_lock_that_another_worker_has_taken_before_the_marker_prevents_the_call() {
    SigningTask task = given.taken();
    doThrow(Failures.badRequest())
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(LockLostException.class);

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  @Test
  void two_requests_with_our_files_are_an_incident_that_names_both() {
    recorded(Duration.ofHours(1));
    RequestState second = States.of("second", SigningStatus.CANCELLED, List.of("file-2"));
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS, second));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("ours (open")
        .hasMessageContaining("second (cancelled");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void of_two_requests_with_our_files_the_one_that_the_admin_has_chosen_is_adopted() {
    recorded(Duration.ofHours(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, "second");
    RequestState second = States.of("second", SigningStatus.OPEN, FILES);
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS, second));

    assertThat(ensure(given.taken())).isEqualTo(second);

    verifyNothingCreatedOrRecorded();
  }

  static Stream<RequestState> notSurelyOurs() {
    return Stream.of(
        States.of("other", SigningStatus.OPEN, List.of("file-1")),
        States.of("other", SigningStatus.OPEN, List.of("file-1", "file-2", "file-9")),
        States.titled("other", FILES, "Something else"));
  }

  @ParameterizedTest
  @MethodSource("notSurelyOurs")
  void a_request_that_only_partly_matches_is_an_incident(RequestState other) {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN, other));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("other (open");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_request_with_our_files_and_another_title_is_adopted_if_the_admin_has_chosen_it() {
    recorded(Duration.ofHours(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, "other");
    RequestState other = States.titled("other", FILES, "Something else");
    when(signSpace.listRequests(200)).thenReturn(List.of(other));

    assertThat(ensure(given.taken())).isEqualTo(other);
  }

  @Test
  void a_request_that_is_older_than_the_process_is_not_adopted() {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS));
    given.instanceStartedAt(OURS.createdAt().plus(Duration.ofMinutes(2)));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("or is older than the process");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_task_that_has_failed_before_searches_first_even_without_a_recorded_attempt() {
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS));

    assertThat(ensure(given.retries(4).taken())).isEqualTo(OURS);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void
      a_task_that_an_earlier_attempt_can_have_held_searches_first_where_others_can_remove_the_marker() {
    recordedRuns(runSince(start.minus(GivenTask.TIMES.lockForOneCall()).plus(CLOCKS_APART)));
    when(signSpace.listRequests(200)).thenReturn(List.of(OURS));

    assertThat(ensure(given.ofOwnProcess().taken())).isEqualTo(OURS);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_task_that_no_earlier_attempt_can_have_held_creates_without_a_search() {
    recordedRuns(runSince(start.minus(LockTimings.MARGIN).plusSeconds(1)));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);

    assertThat(ensure(given.ofOwnProcess().taken())).isEqualTo(OURS);

    verify(signSpace, never()).listRequests(anyInt());
  }

  private static ActivityRun runSince(Instant startTime) {
    return new ActivityRun(GivenTask.ACTIVITY_INSTANCE, "s", false, startTime, null);
  }

  private static Stream<RequestState> responsesAboutAnother() {
    return Stream.of(FOREIGN, States.titled("foreign", List.of(), "Of another process"));
  }

  @ParameterizedTest
  @MethodSource("responsesAboutAnother")
  void a_response_about_another_request_leaves_the_outcome_unknown(RequestState response) {
    when(signSpace.createSigningRequest(any(), any())).thenReturn(response);
    SigningTask task = given.taken();

    assertThatThrownBy(() -> ensure(task))
        .isInstanceOf(SignSpaceException.class)
        .hasMessageContaining("other files");

    assertThatReportKeepsTheMarker(task);
  }

  @Test
  void a_choice_that_is_neither_of_the_two_is_an_incident_again() {
    recorded(Duration.ofHours(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, "foreign");
    RequestState second = States.of("second", SigningStatus.OPEN, List.of("file-2"));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN, OURS, second));

    assertThatThrownBy(() -> ensure(given.taken())).isInstanceOf(IncidentException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_request_chosen_by_the_admin_is_adopted_although_the_list_may_be_incomplete() {
    recorded(Duration.ofHours(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, "ours");
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(100, FOREIGN));
    when(signSpace.getRequests(List.of("ours"))).thenReturn(List.of(OURS));

    assertThat(ensure(given.taken())).isEqualTo(OURS);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_request_with_other_files_is_not_adopted_even_if_the_admin_has_chosen_it() {
    recorded(Duration.ofHours(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, "foreign");
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(100, FOREIGN));
    when(signSpace.getRequests(List.of("foreign"))).thenReturn(List.of(FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken())).isInstanceOf(IncidentException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_list_that_may_be_truncated_is_requested_with_the_maximum_length() {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(200)).thenReturn(Collections.nCopies(200, FOREIGN));
    when(signSpace.listRequests(10_000)).thenReturn(List.of(FOREIGN, OURS));

    assertThat(ensure(given.taken())).isEqualTo(OURS);

    verifyNothingCreatedOrRecorded();
  }

  @ParameterizedTest
  @CsvSource({"50, false", "99, false", "100, true", "128, true", "129, false", "150, true"})
  void a_list_of_a_round_length_may_be_truncated(int length, boolean isInDoubt) {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(length, FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(isInDoubt ? UnconfirmedException.class : RetryLaterException.class);
  }

  @Test
  void a_list_that_may_be_incomplete_is_requested_again() {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(anyInt()))
        .thenAnswer(call -> Collections.nCopies(call.getArgument(0), FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(UnconfirmedException.class)
        .hasMessageContaining("only some of its requests")
        .hasMessageContaining("start a new one");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_list_that_only_seemed_to_be_truncated_settles_the_attempt() {
    recorded(Duration.ofHours(2));
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(100, FOREIGN));
    SigningTask first = given.taken();
    assertThatThrownBy(() -> ensure(first)).isInstanceOf(UnconfirmedException.class);
    SigningState reported = GivenTask.stateIn(reported(first));
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(101, FOREIGN));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);
    state = reported;
    failed(1);
    clock.advance(delay());

    assertThat(ensure(given.taken())).isEqualTo(OURS);

    verify(signSpace).createSigningRequest(any(), any());
  }

  @Test
  void a_list_that_signspace_seems_to_truncate_is_requested_again() {
    recorded(Duration.ofHours(1));
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(100, FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(UnconfirmedException.class)
        .hasMessageContaining("only some of its requests");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_request_without_files_in_the_response_might_be_ours_and_is_requested_again() {
    recorded(Duration.ofDays(1));
    RequestState silent = States.of("silent", SigningStatus.OPEN, List.of());
    when(signSpace.listRequests(anyInt())).thenReturn(List.of(FOREIGN, silent));
    when(signSpace.getRequests(List.of("silent"))).thenReturn(List.of(silent));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(UnconfirmedException.class)
        .hasMessageContaining("or without their files");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_chosen_request_without_files_in_the_response_is_adopted_if_title_and_age_match() {
    recorded(Duration.ofMinutes(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, "silent");
    RequestState silent = silent("Contract", start.minusSeconds(30));
    when(signSpace.listRequests(anyInt())).thenReturn(List.of(silent));
    when(signSpace.getRequests(List.of("silent"))).thenReturn(List.of(silent));

    assertThat(ensure(given.taken())).isEqualTo(silent);

    verifyNothingCreatedOrRecorded();
  }

  static Stream<RequestState> silentAndForeign() {
    Instant now = new SettableClock().instant();
    return Stream.of(
        silent("Other", now),
        silent(null, now),
        silent("Contract", null),
        silent("Contract", now.minus(Duration.ofMinutes(2).plusSeconds(1))));
  }

  @ParameterizedTest
  @MethodSource("silentAndForeign")
  void a_chosen_request_without_files_in_the_response_is_rejected_otherwise(RequestState silent) {
    recorded(Duration.ofMinutes(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, "silent");
    when(signSpace.listRequests(anyInt())).thenReturn(List.of(silent));
    when(signSpace.getRequests(List.of("silent"))).thenReturn(List.of(silent));

    assertThatThrownBy(() -> ensure(given.taken())).isInstanceOf(IncidentException.class);

    verifyNothingCreatedOrRecorded();
  }

  private static RequestState silent(@Nullable String title, @Nullable Instant createdAt) {
    return new RequestState(
        "silent",
        SigningStatus.OPEN,
        "open",
        title,
        List.of(),
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        null,
        createdAt);
  }

  @Test
  void a_state_that_another_step_still_uses_is_an_incident() {
    given.ofOwnProcess();
    when(given.task.getActivityId()).thenReturn("another step");
    state =
        TestStates.requested(1)
            .withPending(List.of(TestStates.document(2)), GivenTask.ID, GivenTask.ACTIVITY);

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("which is not finished");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void in_another_process_a_repeated_step_creates_another_request() {
    given.ofOwnProcess();
    state =
        TestStates.requested(1)
            .withPending(List.of(TestStates.document(2)), GivenTask.ID, GivenTask.ACTIVITY);
    when(signSpace.createSigningRequest(any(), any()))
        .thenReturn(States.of("second", SigningStatus.OPEN, List.of("file-2")));

    Created created =
        workers.creation.ensure(given.taken(), state, ExactlyOnceCreationTest::request);

    assertThat(created.state().formerRequestIds()).containsExactly(States.ID);
    assertThat(created.state().requireRequest().fileIds()).containsExactly("file-2");
  }

  @Test
  void a_response_with_the_id_of_the_former_request_is_not_believed() {
    state = cancelled();
    found(SigningStatus.CANCELLED);
    when(signSpace.createSigningRequest(any(), any()))
        .thenReturn(States.of(States.ID, SigningStatus.OPEN, List.of()));

    assertThatThrownBy(
            () -> workers.creation.ensure(given.taken(), state, ExactlyOnceCreationTest::request))
        .isInstanceOf(SignSpaceException.class)
        .hasMessageContaining("which is a former request");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothing_that_is_known_about_another_request_is_shown(boolean isSentAgain) {
    if (isSentAgain) {
      state = cancelled();
      found(SigningStatus.CANCELLED);
    }
    when(signSpace.createSigningRequest(any(), any()))
        .thenReturn(
            new RequestState(
                "second",
                SigningStatus.OPEN,
                "open",
                "Contract",
                state.pending().stream().map(SentDocument::fileId).toList(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null));

    Outputs outputs = workers.create().work(given.validRequest().state(state).taken());

    assertThat(GivenTask.plain(outputs))
        .containsEntry("signaturesRequested", null)
        .containsEntry("signaturesCompleted", null)
        .containsEntry("signingRequestUrl", null)
        .containsEntry("signatures", null)
        .containsEntry("formerSigningRequestIds", isSentAgain ? "[\"request-1\"]" : null);
  }

  @Test
  void a_request_that_is_cancelled_in_signspace_is_sent_again() {
    state = cancelled();
    found(SigningStatus.CANCELLED);
    when(signSpace.createSigningRequest(any(), any()))
        .thenReturn(States.of("second", SigningStatus.OPEN, List.of("file-3")));

    Created created =
        workers.creation.ensure(given.taken(), state, ExactlyOnceCreationTest::request);

    assertThat(created.state().formerRequestIds()).containsExactly(States.ID);
    assertThat(created.state().requireRequest().fileIds()).containsExactly("file-3");
    verify(signSpace, never()).listRequests(anyInt());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CANCELLED")
  void a_request_that_is_no_longer_cancelled_is_not_sent_again(SigningStatus status) {
    state = cancelled();
    found(status);

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining(States.ID)
        .hasMessageContaining("so no other one was sent")
        .satisfies(failure -> FormProblems.assertIsTranslated(failure.getMessage()));

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  @Test
  void a_request_with_files_of_the_cancelled_one_is_not_created() {
    state = cancelled().withPending(TestStates.documents(3), GivenTask.ID, GivenTask.ACTIVITY);

    assertThatRequestExistsAlready();
  }

  @Test
  void a_cancelled_request_to_which_a_replacement_gave_the_files_is_not_the_new_one() {
    state = cancelled().withCreation(TestStates.creation(start.toString(), null));
    RequestState former = States.of(States.ID, SigningStatus.CANCELLED, List.of("file-3"));
    RequestState second = States.of("second", SigningStatus.OPEN, List.of("file-3"));
    when(signSpace.listRequests(200)).thenReturn(List.of(former, second));

    assertThat(ensure(given.taken())).isEqualTo(second);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void after_a_lost_response_the_second_request_is_found_and_never_the_cancelled_one() {
    state = cancelled().withCreation(TestStates.creation(start.toString(), null));
    given.with(SigningVariables.SIGNING_REQUEST_ID, States.ID);
    RequestState former = States.titled(States.ID, List.of(), "Contract");
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(10_000, former));
    when(signSpace.getRequests(any())).thenReturn(List.of(former));

    assertThatThrownBy(() -> ensure(given.taken()))
        .as("of the same title, and created within the minute before")
        .isInstanceOf(UnconfirmedException.class);
    verifyNothingCreatedOrRecorded();

    RequestState second = States.of("second", SigningStatus.OPEN, List.of("file-3"));
    when(signSpace.listRequests(anyInt())).thenReturn(List.of(former, second));
    assertThat(ensure(given.taken())).isEqualTo(second);
    verifyNothingCreatedOrRecorded();
  }

  @Test
  void while_an_earlier_former_request_is_open_no_other_one_is_created() {
    SigningState second = TestStates.requested("second", TestStates.documents(2), null);
    state =
        TestStates.requested("first", TestStates.documents(1), null)
            .withRequest(second.requireRequest(), cancelled().lastCheck())
            .withPending(List.of(TestStates.document(3)), GivenTask.ID, GivenTask.ACTIVITY);
    when(signSpace.getRequests(List.of("second")))
        .thenReturn(List.of(States.of("second", SigningStatus.CANCELLED, FILES)));
    when(signSpace.getRequests(List.of("first")))
        .thenReturn(List.of(States.of("first", SigningStatus.OPEN, List.of("file-1"))));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining("The former signing request first")
        .satisfies(failure -> FormProblems.assertIsTranslated(failure.getMessage()));
    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  /** A check has found the request cancelled, and a new document is uploaded. */
  private static SigningState cancelled() {
    return TestStates.requested(2)
        .withLastCheck(
            new LastCheck(
                "cancelled", "cancelled", TestStates.STARTED_AT, 0, 0, 0, null, false, null))
        .withPending(List.of(TestStates.document(3)), GivenTask.ID, GivenTask.ACTIVITY);
  }

  private void found(SigningStatus status) {
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.of(States.ID, status, FILES)));
  }

  @Test
  void signing_request_never_creates_a_second_request() {
    state =
        TestStates.requested(2)
            .withPending(TestStates.documents(3), GivenTask.ID, GivenTask.ACTIVITY);

    assertThatRequestExistsAlready();
  }

  private void assertThatRequestExistsAlready() {
    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("The signing request %s of this process exists already", States.ID);
    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_chosen_request_with_other_files_is_named_in_the_incident() {
    recorded(Duration.ofDays(1));
    given.with(SigningVariables.SIGNING_REQUEST_ID, " foreign ");
    when(signSpace.listRequests(anyInt())).thenReturn(Collections.nCopies(10_000, FOREIGN));
    when(signSpace.getRequests(List.of("foreign"))).thenReturn(List.of(FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageStartingWith(
            "The signing request foreign does not have the files of this process. ")
        .hasMessageContaining("set the variable signingRequestId");

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_search_that_fails_creates_nothing() {
    recorded(Duration.ofHours(1));
    SignSpaceException failure = Failures.notDone();
    when(signSpace.listRequests(anyInt())).thenThrow(failure);

    assertThatThrownBy(() -> ensure(given.taken())).isSameAs(failure);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void of_a_time_in_the_distant_future_only_the_possible_difference_of_clocks_counts() {
    recorded(Duration.ofDays(-900));
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));

    assertThat(delay()).isEqualTo(Duration.ofSeconds(3_700).plusMillis(1));
  }

  @Test
  void a_retry_after_a_failure_that_the_state_has_recorded_creates_the_request() {
    state = state.withFailures(2, OWN_RUN.id());
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);

    assertThat(ensure(failed(2).taken())).isEqualTo(OURS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void a_retry_without_the_record_of_the_attempt_before_it_waits_and_leaves_one(int known) {
    state = state.withFailures(known, OWN_RUN.id());
    SigningTask task = failed(2).taken();

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
    assertThat(GivenTask.stateIn(reported(task)))
        .isEqualTo(state.withUnrecordedUntil(start).withFailures(3, OWN_RUN.id()));
  }

  /** Others can set the retry counter, to that of any failure. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 899, 900, 999, 1000, 5000})
  void a_retry_counter_is_no_record(int retries) {
    state = state.withFailures(1, OWN_RUN.id());

    assertThatThrownBy(() -> ensure(failed(2).retries(retries).taken()))
        .isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_retry_of_an_admin_creates_the_request_at_once(boolean isOfOwnProcess) {
    state = state.withFailures(1, OWN_RUN.id());
    failed(1).retries(3);
    if (isOfOwnProcess) {
      given.ofOwnProcess();
    }
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);

    assertThat(ensure(given.taken())).isEqualTo(OURS);
  }

  /** A worker that was killed, or an instance that was suspended, reports no failure. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void a_record_that_was_set_and_is_missing_is_waited_for(int reported) {
    state = state.withFailures(reported, OWN_RUN.id());
    Instant since = start.minus(LockTimings.MARGIN);
    recordedRuns(runSince(since));
    if (reported > 0) {
      failed(reported);
      when(workers.history.failures(GivenTask.ID))
          .thenReturn(Optional.of(new TaskFailures(reported, since)));
    }
    when(workers.history.hasSetVariables(GivenTask.INSTANCE, since)).thenReturn(true);
    SigningTask task = given.taken();

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
    assertThat(GivenTask.stateIn(reported(task)).unrecordedUntil()).isEqualTo(start.toString());
  }

  /** In a process with parallel branches, all their steps set variables. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void in_other_processes_each_run_records_its_attempts(boolean isRecorded) {
    Instant since = start.minus(LockTimings.MARGIN);
    recordedRuns(runSince(since));
    given.ofOwnProcess();
    when(workers.history.hasSetVariables(GivenTask.INSTANCE, since)).thenReturn(true);
    when(workers.history.hasSet(OWN_RUN.id(), "creationRecordedAt", since)).thenReturn(isRecorded);
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);
    given.validRequest();
    SigningTask task = given.taken();

    if (isRecorded) {
      assertThatThrownBy(() -> ensure(task)).isInstanceOf(RetryLaterException.class);
      verifyNothingCreatedOrRecorded();
    } else {
      assertThat(ensure(task)).isEqualTo(OURS);
      assertThat(given.savedInStep()).contains(Map.of("creationRecordedAt", start.toString()));
    }
  }

  @Test
  void a_deleted_history_does_not_show_that_a_run_has_made_no_attempt() {
    recordedRuns(runSince(start.minus(LockTimings.MARGIN)));
    given.ofOwnProcess();
    when(workers.history.hasDeletedVariables(GivenTask.INSTANCE)).thenReturn(true);
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken())).isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void variables_that_were_set_before_the_last_failure_are_those_of_its_record() {
    state = state.withFailures(1, OWN_RUN.id());
    recordedRuns(runSince(start.minus(Duration.ofHours(1))));
    when(workers.history.hasSetVariables(GivenTask.INSTANCE, start.minus(Duration.ofHours(1))))
        .thenReturn(true);
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);

    assertThat(ensure(failed(1).taken())).isEqualTo(OURS);
  }

  @Test
  void a_run_that_was_cancelled_does_not_stand_for_an_attempt_without_a_record() {
    state = TestStates.fresh().withPending(TestStates.documents(2), "up", "upload");
    recordedRuns(OWN_RUN, new ActivityRun("other", "s", true, start, start));
    recordedUploads("up");
    given.validRequest();
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    clock.advance(Duration.ofHours(5));

    assertThatThrownBy(() -> ensure(failed(1).taken())).isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void the_record_of_an_earlier_attempt_does_not_stand_for_a_later_one() {
    recorded(Duration.ofHours(1));
    SigningState first = state.withFailures(1, OWN_RUN.id());
    state = first;
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    SigningTask task = failed(2).taken();

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
    assertThat(GivenTask.stateIn(reported(task)))
        .isEqualTo(first.withUnrecordedUntil(start).withFailures(3, OWN_RUN.id()));
  }

  @Test
  void the_record_of_an_earlier_attempt_does_not_stand_for_one_that_could_not_report() {
    recorded(Duration.ofHours(1));
    state = state.withFailures(1, OWN_RUN.id());
    Instant since = start.minus(Duration.ofMinutes(1));
    failed(1);
    when(workers.history.failures(GivenTask.ID))
        .thenReturn(Optional.of(new TaskFailures(1, since)));
    when(workers.history.hasSetVariables(GivenTask.INSTANCE, since)).thenReturn(true);
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));

    assertThatThrownBy(() -> ensure(given.taken())).isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_worker_that_was_killed_after_its_record_is_waited_for_from_then_on() {
    recorded(Duration.ofHours(2));
    recordedRuns(runSince(start.minus(Duration.ofHours(3))));
    when(workers.history.hasSetVariables(any(), any())).thenReturn(true);
    when(signSpace.listRequests(200)).thenReturn(List.of(FOREIGN));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(OURS);
    clock.advance(delay());

    assertThat(ensure(given.taken())).isEqualTo(OURS);
  }

  @Test
  void without_a_history_of_failures_each_retry_waits() {
    state = state.withFailures(1, OWN_RUN.id());

    assertThatThrownBy(() -> ensure(given.retries(999).taken()))
        .isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void rejected_input_does_not_stand_for_an_attempt_without_a_record() {
    SigningTask task = failed(1).taken();

    assertThatThrownBy(
            () ->
                workers.creation.ensure(
                    task,
                    state,
                    () -> {
                      throw new InputRejectedException("title is missing");
                    }))
        .isInstanceOf(RetryLaterException.class);

    assertThat(GivenTask.stateIn(reported(task)).knownCreations()).isEmpty();
  }

  @Test
  void the_failures_of_another_run_are_no_record_of_this_one() {
    state = state.withFailures(1, "another run");

    assertThatThrownBy(() -> ensure(failed(1).taken())).isInstanceOf(RetryLaterException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void a_search_that_fails_counts_as_an_attempt_that_has_created_nothing() {
    state = state.withFailures(1, OWN_RUN.id());
    SigningTask task = failed(1).taken();
    when(signSpace.listRequests(anyInt())).thenThrow(Failures.notDone());

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(SignSpaceException.class);

    assertThat(GivenTask.stateIn(reported(task))).isEqualTo(state.withFailures(2, OWN_RUN.id()));
  }

  @Test
  void a_rejection_removes_the_marker_with_the_report() {
    SigningTask task = given.taken();
    when(signSpace.createSigningRequest(any(), any())).thenThrow(Failures.rejected());

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(SignSpaceException.class);
    task.raiseError("code", "problem", new Outputs());

    ArgumentCaptor<Map<String, Object>> left = ArgumentCaptor.captor();
    verify(given.service)
        .handleBpmnError(eq(given.task), eq("code"), eq("problem"), left.capture());
    assertThat(left.getValue()).containsOnlyKeys("signingState");
    assertThat(GivenTask.stateIn(left.getValue()))
        .isEqualTo(
            state
                .withFailures(1, OWN_RUN.id())
                .withKnownCreations(Stream.of(GivenTask.ACTIVITY_INSTANCE)));
  }

  @Test
  void a_failed_connection_removes_the_marker_with_the_report() {
    SigningTask task = given.taken();
    when(signSpace.createSigningRequest(any(), any())).thenThrow(Failures.notDone());

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(SignSpaceException.class);

    assertThatReportRemovesTheMarker(task);
  }

  @Test
  void a_lost_response_keeps_the_marker() {
    SigningTask task = given.taken();
    when(signSpace.createSigningRequest(any(), any())).thenThrow(Failures.lostResponse());

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(SignSpaceException.class);

    assertThatReportKeepsTheMarker(task);
  }

  @Test
  void an_unreadable_response_keeps_the_marker() {
    SigningTask task = given.taken();
    when(signSpace.createSigningRequest(any(), any()))
        .thenThrow(SignSpaceException.unreadableResponse("what?", null));

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(SignSpaceException.class);

    assertThatReportKeepsTheMarker(task);
  }

  @Test
  void a_lost_lock_ends_the_work_before_the_marker() {
    given.lockedFor(Duration.ZERO);
    doThrow(Failures.badRequest())
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());

    assertThatThrownBy(() -> ensure(given.taken())).isInstanceOf(LockLostException.class);

    verifyNothingCreatedOrRecorded();
  }

  @Test
  void an_engine_that_does_not_save_the_marker_prevents_the_call() {
    RuntimeException failure = Failures.connectionLost();
    doThrow(failure).when(given.engine).setVariables(anyString(), any());

    assertThatThrownBy(() -> ensure(given.taken())).isSameAs(failure);

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  @Test
  void an_engine_that_is_slow_to_save_the_marker_prevents_the_call() {
    SigningTask task = given.taken();
    engineTakesToSaveTheMarker(Duration.ofSeconds(10).plusMillis(1));

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(RetryLaterException.class);

    verify(signSpace, never()).createSigningRequest(any(), any());
    assertThatReportRemovesTheMarker(task);
  }

  @Test
  void an_engine_that_is_slow_to_extend_the_lock_prevents_the_call() {
    SigningTask task = given.lockedFor(Duration.ZERO).taken();
    doAnswer(
            call -> {
              given.advance(Duration.ofSeconds(11));
              return null;
            })
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());

    assertThatThrownBy(() -> ensure(task)).isInstanceOf(RetryLaterException.class);

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  private RequestState ensure(SigningTask task) {
    Created created = workers.creation.ensure(task, state, ExactlyOnceCreationTest::request);
    assertThat(created.state().requireRequest().id()).isEqualTo(created.reported().id());
    assertThat(created.state().requireRequest().documents()).isEqualTo(state.pending());
    return created.reported();
  }

  private void recorded(Duration ago) {
    state = attempt(start.minus(ago));
  }

  /** A marker of a creation attempt. */
  private static SigningState attempt(Instant startedAt) {
    return TestStates.uploaded(2)
        .withCreation(
            new Creation(
                startedAt.toString(),
                GivenTask.ACTIVITY,
                "Contract",
                "me@example.com",
                null,
                List.of(),
                GivenTask.ACTIVITY_INSTANCE));
  }

  /** The engine has a record of failures of the task. */
  private GivenTask failed(int attempts) {
    when(workers.history.failures(GivenTask.ID))
        .thenReturn(Optional.of(new TaskFailures(attempts, start)));
    return given.retries(999);
  }

  private void engineTakesToSaveTheMarker(Duration time) {
    doAnswer(
            call -> {
              clock.advance(time);
              return null;
            })
        .when(given.engine)
        .setVariables(anyString(), any());
  }

  private void verifyNothingCreatedOrRecorded() {
    verify(signSpace, never()).createSigningRequest(any(), any());
    assertThat(given.saved()).isEmpty();
  }

  private void assertThatReportRemovesTheMarker(SigningTask task) {
    Map<String, Object> left = reported(task);
    assertThat(left).containsOnlyKeys("signingState");
    assertThat(GivenTask.stateIn(left).creation()).isNull();
    assertThat(GivenTask.stateIn(left))
        .as("a retry could still create a request, so this run is not known yet")
        .isEqualTo(state.withFailures(1, OWN_RUN.id()));
  }

  private void assertThatReportKeepsTheMarker(SigningTask task) {
    assertThat(GivenTask.stateIn(reported(task)))
        .isEqualTo(attempt(start).withFailures(1, OWN_RUN.id()));
    assertThat(given.savedStates()).containsExactly(attempt(start));
  }

  private Map<String, Object> reported(SigningTask task) {
    task.fail("message", "message", 5, Duration.ofSeconds(1));
    ArgumentCaptor<Map<String, Object>> left = ArgumentCaptor.captor();
    verify(given.service)
        .handleFailure(
            eq(GivenTask.ID),
            eq("message"),
            eq("message"),
            eq(5),
            eq(1000L),
            left.capture(),
            isNull());
    return left.getValue();
  }

  private static SigningRequest request() {
    return requestOf(List.of());
  }

  private static SigningRequest requestOfAnn() {
    return requestOf(
        List.of(
            new fi.signspace.plugin.signing.Participant(
                "ann@example.com",
                fi.signspace.plugin.signing.Participant.Role.SIGNER,
                null,
                null,
                null)));
  }

  private static SigningRequest requestOf(
      List<fi.signspace.plugin.signing.Participant> participants) {
    return new SigningRequest(
        "me@example.com", "Contract", participants, null, false, List.of(), Map.of(), Map.of());
  }
}
