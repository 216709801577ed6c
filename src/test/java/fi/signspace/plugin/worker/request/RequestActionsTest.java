package fi.signspace.plugin.worker.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.ReplacedDocument;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.testkit.FormProblems;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.state.GivenSignatures;
import fi.signspace.plugin.worker.state.GivenSignatures.GivenSignature;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.ReportedFailure;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Cancelling, re-opening and replacing in any state of the request in SignSpace. */
class RequestActionsTest {

  private static final List<String> NEW_FILES = List.of("file-2", "file-3");
  private static final List<SentDocument> NEW_DOCUMENTS =
      List.of(TestStates.document(2), TestStates.document(3));

  private final TestWorkers workers = new TestWorkers();
  private final SignSpace signSpace = workers.signSpace;
  private final TopicWorker cancel = workers.cancel();
  private final TopicWorker reopen = workers.reopen();
  private final TopicWorker replace = workers.replace();

  @Test
  void an_open_request_is_cancelled_with_the_handle_that_created_it() {
    signSpaceReturns(SigningStatus.IN_PROGRESS);

    Outputs outputs = cancel.work(given().with("actingHandle", "other@example.com").taken());

    assertThat(outputs.toMap()).isEmpty();
    verify(signSpace).cancelRequest("robot@example.com", States.ID);
  }

  @Test
  void no_step_acts_while_a_call_of_another_one_may_still_take_effect() {
    signSpaceReturns(SigningStatus.CANCELLED);
    Instant now = workers.clock.instant();
    failed("log-1", "another task", Step.CANCEL_SIGNING_REQUEST, now, "SignSpace is slow");

    RetryLaterException early =
        catchThrowableOfType(RetryLaterException.class, () -> reopen.work(given().taken()));

    assertThat(early).hasMessageContaining("signspace.cancelSigningRequest of " + now);
    workers.setClock(Duration.ofMinutes(30));
    assertThatThrownBy(() -> replace.work(withNewFiles().taken()))
        .isInstanceOf(RetryLaterException.class);
    verify(signSpace, never()).reopenRequest(anyString(), anyString());
    verify(signSpace, never()).replaceDocuments(anyString(), anyString(), any());

    workers.clock.advance(early.delay());
    reopen.work(given().taken());
    verify(signSpace).reopenRequest("robot@example.com", States.ID);
  }

  @ParameterizedTest
  @CsvSource({"PT-3H, PT3H, true", "PT-3H, PT0S, false", "PT0S, PT0S, true"})
  void the_time_of_a_failure_is_compared_with_the_clock_of_the_engine(
      Duration recorded, Duration workerAhead, boolean waits) {
    signSpaceReturns(SigningStatus.OPEN);
    Instant time = workers.clock.instant().plus(recorded);
    failed("log-1", "another task", Step.REOPEN_SIGNING_REQUEST, time, "SignSpace is slow");
    SigningTask task = given().clockAhead(workerAhead).taken();

    if (waits) {
      assertThatThrownBy(() -> cancel.work(task)).isInstanceOf(RetryLaterException.class);
    } else {
      assertThat(cancel.work(task).toMap()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "OPEN"})
  void a_request_is_not_believed_to_be_cancelled_while_it_may_still_be_reopened(
      SigningStatus status) {
    signSpaceReturns(status);
    Instant now = workers.clock.instant();
    failed("log-1", "another task", Step.REOPEN_SIGNING_REQUEST, now, "SignSpace is slow");

    RetryLaterException early =
        catchThrowableOfType(RetryLaterException.class, () -> cancel.work(given().taken()));

    verify(signSpace, never()).cancelRequest(anyString(), anyString());
    workers.clock.advance(early.delay());
    assertThat(cancel.work(given().taken()).toMap()).isEmpty();
  }

  @Test
  void documents_are_not_believed_to_be_there_while_others_may_still_replace_them() {
    SigningState again = signSpaceHasTheDocumentsOf(TestStates.requested(2));
    Instant now = workers.clock.instant();
    failed("log-1", "another task", Step.REPLACE_DOCUMENTS, now, "SignSpace is slow");

    assertThatThrownBy(() -> replace.work(new GivenTask().state(again).taken()))
        .isInstanceOf(RetryLaterException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "1, true, true, PT0S, true",
    "1, false, true, PT0S, false",
    "60, false, true, PT0S, true", // its first worker may have stopped
    "6, false, true, PT0S, false",
    "6, false, false, PT0S, true", // without a log of failures
    "1, true, true, PT3H, true", // the clock of the engine may have been wrong
    "1, true, true, PT-3H, true",
  })
  void a_replacement_waits_until_earlier_calls_of_another_one_can_no_longer_take_effect(
      int seconds, boolean isInterrupted, boolean isLogged, Duration age, boolean waits) {
    signSpaceReturns(States.of(States.ID, SigningStatus.OPEN, List.of()));
    Instant end = workers.clock.instant().minus(age);
    GivenTask given =
        withNewFiles().at(Step.REPLACE_DOCUMENTS).activity(SigningProcess.REPLACEMENT);
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    when(workers.history.failures(GivenTask.ID))
        .thenReturn(isLogged ? Optional.of(TaskFailures.NONE) : Optional.empty());
    when(workers.history.activityRuns(GivenTask.INSTANCE, "replace"))
        .thenReturn(
            List.of(
                new ActivityRun("run", "scope", isInterrupted, end.minusSeconds(seconds), end)));

    if (waits) {
      RetryLaterException early =
          catchThrowableOfType(RetryLaterException.class, () -> replace.work(given.taken()));
      assertThat(early).hasMessageContaining("signspace.replaceDocuments of " + end);
      verify(signSpace, never()).replaceDocuments(anyString(), anyString(), any());
      workers.clock.advance(early.delay());
    }
    replace.work(given.taken());
    verify(signSpace).replaceDocuments(anyString(), anyString(), any());
  }

  @Test
  void a_replacement_waits_for_each_interrupted_one() {
    signSpaceReturns(States.of(States.ID, SigningStatus.OPEN, List.of()));
    GivenTask given =
        withNewFiles().at(Step.REPLACE_DOCUMENTS).activity(SigningProcess.REPLACEMENT);
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    Instant now = workers.clock.instant();
    ActivityRun settled = new ActivityRun("run-1", "scope", true, now.minusSeconds(1), now);
    Instant before = now.minusSeconds(600);
    ActivityRun later = new ActivityRun("run-2", "scope", true, before.minusSeconds(1), before);
    when(workers.history.activityRuns(GivenTask.INSTANCE, "replace")).thenReturn(List.of(settled));
    assertThatThrownBy(() -> replace.work(given.taken())).isInstanceOf(RetryLaterException.class);
    workers.clock.advance(Duration.ofMinutes(5));
    when(workers.history.activityRuns(GivenTask.INSTANCE, "replace"))
        .thenReturn(List.of(settled, later));

    assertThatThrownBy(() -> replace.work(given.taken()))
        .as("by the engine's times, it was earlier")
        .isInstanceOf(RetryLaterException.class)
        .hasMessageContaining("of " + before);
  }

  @Test
  void a_corrected_replacement_does_not_wait_for_the_rejected_one() {
    signSpaceReturns(States.of(States.ID, SigningStatus.OPEN, List.of()));
    Instant end = workers.clock.instant();
    GivenTask given = new GivenTask().state(newFilesUploaded().withRejectedReplacement("run"));
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    when(workers.history.activityRuns(GivenTask.INSTANCE, "replace"))
        .thenReturn(List.of(new ActivityRun("run", "scope", true, end.minusSeconds(1), end)));

    replace.work(given.taken());

    verify(signSpace).replaceDocuments(anyString(), anyString(), any());
  }

  @Test
  void a_rejected_replacement_is_not_recorded_while_an_earlier_attempt_may_still_succeed() {
    signSpaceReturns(SigningStatus.OPEN);
    doThrow(Failures.rejected()).when(signSpace).replaceDocuments(anyString(), anyString(), any());
    Instant now = workers.clock.instant();
    failed("log-1", GivenTask.ID, Step.REPLACE_DOCUMENTS, now, "SignSpace is slow");
    GivenTask given = withNewFiles().ofOwnProcess().at(Step.REPLACE_DOCUMENTS);

    assertThatThrownBy(() -> replace.work(given.taken())).isInstanceOf(RetryLaterException.class);

    assertThat(given.savedStates())
        .extracting(SigningState::replacementInDoubt)
        .doesNotContainNull()
        .hasSize(1);
  }

  private static Stream<SignSpaceException> refusals() {
    return Stream.of(Failures.rejected(), Failures.permanent());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void a_refusal_is_not_believed_while_an_earlier_attempt_may_still_succeed(
      SignSpaceException refusal) {
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.of(SigningStatus.CANCELLED)))
        .thenReturn(List.of());
    doThrow(refusal).when(signSpace).reopenRequest(anyString(), anyString());
    Instant now = workers.clock.instant();
    failed("log-1", GivenTask.ID, Step.REOPEN_SIGNING_REQUEST, now, "SignSpace is slow");

    RetryLaterException early =
        catchThrowableOfType(
            RetryLaterException.class,
            () -> reopen.work(given().at(Step.REOPEN_SIGNING_REQUEST).taken()));

    workers.clock.advance(early.delay());
    assertThat(reopen.work(given().at(Step.REOPEN_SIGNING_REQUEST).taken()).toMap())
        .containsOnlyKeys("refusal");
    // what was sent at first is carried out late
    workers.clock.advance(early.delay().negated());
    signSpaceReturns(SigningStatus.OPEN);
    assertThat(reopen.work(given().at(Step.REOPEN_SIGNING_REQUEST).taken()).toMap()).isEmpty();
  }

  @Test
  void failures_of_the_same_action_of_waiting_and_of_other_steps_delay_no_action() {
    signSpaceReturns(SigningStatus.OPEN);
    Instant now = workers.clock.instant();
    failed("log-1", GivenTask.ID, Step.CANCEL_SIGNING_REQUEST, now, "SignSpace is slow");
    cancel.work(given().taken());
    failed("log-2", "another task", Step.CHECK_STATUS, now, "SignSpace is slow");
    cancel.work(given().taken());
    failed("log-4", "another task", Step.CANCEL_SIGNING_REQUEST, now, "SignSpace is slow");
    cancel.work(given().at(Step.CANCEL_SIGNING_REQUEST).taken());
    failed(
        "log-3",
        "another task",
        Step.REOPEN_SIGNING_REQUEST,
        now,
        "SignSpace may still carry out …");
    cancel.work(given().taken());

    verify(signSpace, times(4)).cancelRequest("robot@example.com", States.ID);
  }

  @Test
  void no_step_acts_while_one_of_several_calls_may_still_take_effect() {
    signSpaceReturns(SigningStatus.OPEN);
    Instant now = workers.clock.instant();
    ReportedFailure settled = failure("log-1", now);
    ReportedFailure other = failure("log-2", now.minusSeconds(600));
    failed(Step.REOPEN_SIGNING_REQUEST, settled);
    assertThatThrownBy(() -> cancel.work(given().taken())).isInstanceOf(RetryLaterException.class);
    workers.clock.advance(Duration.ofMinutes(5));
    failed(Step.REOPEN_SIGNING_REQUEST, settled, other);

    assertThatThrownBy(() -> cancel.work(given().taken()))
        .as("by the engine's times, it was earlier")
        .isInstanceOf(RetryLaterException.class)
        .hasMessageContaining("of " + other.time());
  }

  private static ReportedFailure failure(String id, Instant time) {
    return new ReportedFailure(id, "another task", time, "SignSpace is slow");
  }

  private void failed(String id, String task, Step step, Instant time, String message) {
    failed(step, new ReportedFailure(id, task, time, message));
  }

  private void failed(Step step, ReportedFailure... failures) {
    when(workers.history.failuresOf(eq(GivenTask.INSTANCE), anyString()))
        .thenAnswer(
            call -> call.getArgument(1).equals(step.topic()) ? List.of(failures) : List.of());
  }

  private static Stream<RequestState> others() {
    return Stream.of(
        States.titled(States.ID, List.of("file-9"), "Of another process"),
        States.createdAt(States.ID, List.of(), States.CREATED.plusSeconds(60)));
  }

  @ParameterizedTest
  @MethodSource("others")
  void no_action_is_taken_if_signspace_shows_another_request(RequestState other) {
    signSpaceReturns(other);

    for (TopicWorker worker : List.of(cancel, reopen)) {
      assertThatThrownBy(() -> worker.work(given().taken()))
          .isInstanceOf(IncidentException.class)
          .hasMessageContaining("another time of creation, or with other files and another title");
    }

    verify(signSpace, never()).cancelRequest(anyString(), anyString());
    verify(signSpace, never()).reopenRequest(anyString(), anyString());
  }

  @Test
  void a_request_that_signspace_does_not_show_is_for_a_person_and_not_for_an_administrator() {
    doThrow(Failures.permanent()).when(signSpace).cancelRequest(anyString(), anyString());
    when(signSpace.getRequests(List.of(States.ID))).thenReturn(List.of());

    Outputs gone = cancel.work(given().taken());
    signSpaceReturns(SigningStatus.OPEN);

    assertThat(gone.toMap().get("refusal")).asString().contains("does not show");
    FormProblems.assertIsTranslated(String.valueOf(gone.toMap().get("refusal")));
    assertThatThrownBy(() -> cancel.work(given().taken())).isInstanceOf(SignSpaceException.class);
  }

  @ParameterizedTest
  @MethodSource("ended")
  void a_request_that_is_cancelled_or_complete_already_is_not_cancelled(RequestState state) {
    signSpaceReturns(state);

    Outputs outputs = cancel.work(given().taken());

    assertThatLateDecisionIsReported(state, outputs);
    verify(signSpace, never()).cancelRequest(anyString(), anyString());
  }

  @ParameterizedTest
  @MethodSource("ended")
  void a_rejected_cancellation_is_ignored_if_the_request_has_ended(RequestState state) {
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.of(SigningStatus.OPEN)))
        .thenReturn(List.of(state));
    doThrow(Failures.rejected()).when(signSpace).cancelRequest(anyString(), anyString());

    Outputs outputs = cancel.work(given().taken());

    assertThatLateDecisionIsReported(state, outputs);
  }

  @Test
  void a_rejected_cancellation_is_returned_with_the_text_of_signspace() {
    signSpaceReturns(SigningStatus.OPEN);
    doThrow(Failures.rejected()).when(signSpace).cancelRequest(anyString(), anyString());

    Outputs outputs = cancel.work(given().taken());

    assertThat(outputs.toMap()).isEqualTo(Map.of("refusal", "SignSpace refuses it"));
  }

  @Test
  void a_request_that_signspace_does_not_show_is_cancelled_anyway() {
    when(signSpace.getRequests(any())).thenReturn(List.of());

    cancel.work(given().taken());

    verify(signSpace).cancelRequest("robot@example.com", States.ID);
  }

  @Test
  void a_transient_failure_is_not_a_rejection() {
    SignSpaceException failure = Failures.lostResponse();
    signSpaceReturns(SigningStatus.OPEN);
    doThrow(failure).when(signSpace).cancelRequest(anyString(), anyString());

    assertThatThrownBy(() -> cancel.work(given().taken())).isSameAs(failure);
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "ON_HOLD", "OVERDUE", "UNKNOWN"})
  void a_request_that_is_not_open_is_reopened(SigningStatus status) {
    signSpaceReturns(status);

    Outputs outputs = reopen.work(given().taken());

    assertThat(outputs.toMap()).isEmpty();
    verify(signSpace).reopenRequest("robot@example.com", States.ID);
  }

  @ParameterizedTest
  @MethodSource("openOrComplete")
  void a_request_that_is_open_or_complete_already_is_not_reopened(RequestState state) {
    signSpaceReturns(state);

    Outputs outputs = reopen.work(given().taken());

    assertThatLateDecisionIsReported(state, outputs);
    verify(signSpace, never()).reopenRequest(anyString(), anyString());
  }

  @Test
  void a_complete_request_without_evidence_is_unchanged_and_the_case_worker_is_informed() {
    signSpaceReturns(States.complete());

    assertThat(reopen.work(given().taken()).toMap().get("refusal")).asString().contains("complete");
    assertThat(cancel.work(given().taken()).toMap().get("refusal")).asString().contains("complete");

    verify(signSpace, never()).reopenRequest(anyString(), anyString());
    verify(signSpace, never()).cancelRequest(anyString(), anyString());
  }

  @Test
  void a_rejected_reopening_is_returned_with_the_text_of_signspace() {
    signSpaceReturns(SigningStatus.CANCELLED);
    doThrow(Failures.rejected()).when(signSpace).reopenRequest(anyString(), anyString());

    Outputs outputs = reopen.work(given().taken());

    assertThat(outputs.toMap()).isEqualTo(Map.of("refusal", "SignSpace refuses it"));
  }

  @Test
  void new_documents_are_sent_and_the_status_is_checked_immediately_afterwards() {
    signSpaceReturns(SigningStatus.IN_PROGRESS);

    GivenTask given = withNewFiles();

    Outputs outputs = replace.work(given.taken());

    verify(signSpace).replaceDocuments("robot@example.com", States.ID, NEW_FILES);
    assertThat(given.savedStates())
        .extracting(SigningState::replacementInDoubt)
        .containsExactly("2026-03-01T12:00:00Z");
    assertThat(outputs.toMap())
        .containsOnlyKeys(
            "signingState", "signatures", "problem", "nextCheckAt", "signingRequestId")
        .containsEntry("problem", "")
        .containsEntry("nextCheckAt", "2026-03-01T12:00:00Z");
    assertThat(outputs.toMap().get("signatures"))
        .asString()
        .contains("\"documentsReplacedAt\":\"2026-03-01T12:00:00Z\"");
    SigningState state = GivenTask.stateIn(outputs);
    assertThat(state.pending()).isEmpty();
    assertThat(state.replacementInDoubt()).isNull();
    assertThat(state.requireRequest().documents()).isEqualTo(NEW_DOCUMENTS);
    assertThat(state.requireRequest().documentsSince()).isEqualTo("2026-03-01T12:00:00Z");
    assertThat(state.requireRequest().replaced())
        .containsExactly(new ReplacedDocument(TestStates.document(1), "2026-03-01T12:00:00Z"));
  }

  @Test
  void documents_that_the_request_has_already_are_not_sent_again() {
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.of(States.ID, SigningStatus.OPEN, NEW_FILES)));

    Outputs outputs = replace.work(withNewFiles().taken());

    assertThat(outputs.toMap()).containsEntry("problem", "");
    assertThat(GivenTask.stateIn(outputs).requireRequest().documents()).isEqualTo(NEW_DOCUMENTS);
    verify(signSpace, never()).replaceDocuments(anyString(), anyString(), any());
  }

  @ParameterizedTest
  @CsvSource({"true, ''", "true, run-1", "false, run-1"})
  void a_replacement_supersedes_the_interrupted_ones_before_it(boolean isSent, String interrupted) {
    Instant end = GivenTask.OWN_RUN.startTime();
    ActivityRun run = new ActivityRun("run-1", "scope", true, end.minusSeconds(900), end);
    when(workers.history.activityRuns(GivenTask.INSTANCE, SigningProcess.REPLACEMENT))
        .thenReturn(interrupted.isEmpty() ? List.of() : List.of(run));
    workers.clock.advance(Duration.ofMinutes(10));
    signSpaceReturns(States.of(States.ID, SigningStatus.OPEN, isSent ? List.of() : NEW_FILES));

    SigningState state = GivenTask.stateIn(replace.work(withNewFiles().taken()));

    assertThat(String.join("", state.supersededReplacements())).isEqualTo(interrupted);
    assertThat(state.replacementInDoubt()).isNull();
  }

  @Test
  void a_replacement_by_the_same_documents_leaves_their_signatures() {
    SigningState state = TestStates.requested(2);
    SigningState again = signSpaceHasTheDocumentsOf(state);

    SigningState after = GivenTask.stateIn(replace.work(new GivenTask().state(again).taken()));

    assertThat(after.requireRequest()).isEqualTo(state.requireRequest());
    assertThat(after.pending()).isEmpty();
    assertThat(after.replacements()).isOne();
  }

  @ParameterizedTest
  @CsvSource({"PT-5M, PT0S", "PT2S, PT3S"})
  void a_signature_until_the_end_of_the_replacement_is_of_the_former_documents(
      Duration clockAtTheCall, Duration signedAfterTheCreation) {
    workers.clock.advance(Duration.between(workers.clock.instant(), States.CREATED));
    Instant signedAt = States.CREATED.plus(signedAfterTheCreation);
    RequestState signed = States.signedAt(signedAt);
    signSpaceReturns(SigningStatus.OPEN);
    doAnswer(
            call -> {
              signSpaceReturns(signed);
              workers.clock.advance(clockAtTheCall);
              return null;
            })
        .when(signSpace)
        .replaceDocuments(anyString(), anyString(), any());

    SigningState state = GivenTask.stateIn(replace.work(withNewFiles().taken()));

    assertThat(GivenSignatures.of(signed, state.requireRequest()))
        .extracting(GivenSignature::documentsReplacedAt)
        .containsExactly(signedAt.plusMillis(1));
  }

  @Test
  void the_documents_of_a_complete_request_are_unchanged_and_the_case_worker_is_informed() {
    signSpaceReturns(SigningStatus.COMPLETE);

    Outputs outputs = replace.work(withNewFiles().taken());

    assertThat(outputs.toMap())
        .containsOnlyKeys("refusal", "problem", "nextCheckAt", "signingState", "signingRequestId")
        .containsEntry("nextCheckAt", "2026-03-01T12:00:00Z");
    assertThat(outputs.toMap().get("refusal")).asString().contains("were not replaced");
    verify(signSpace, never()).replaceDocuments(anyString(), anyString(), any());
  }

  @Test
  void rejected_new_documents_are_for_a_person_to_correct() {
    SignSpaceException refusal = Failures.rejected();
    signSpaceReturns(SigningStatus.OPEN);
    doThrow(refusal).when(signSpace).replaceDocuments(anyString(), anyString(), any());

    GivenTask given = withNewFiles();
    SigningTask task = given.taken();

    assertThatThrownBy(() -> replace.work(task)).isSameAs(refusal);

    assertThat(replace.step().isCorrectable()).isTrue();
    task.complete(new Outputs());
    SigningState state = GivenTask.stateIn(given.rawCompletedWith());
    assertThat(state.replacementInDoubt()).isNull();
    assertThat(state.rejectedReplacements()).containsExactly(GivenTask.ACTIVITY_INSTANCE);
  }

  /** What shows that an earlier attempt may have replaced the documents. */
  private enum Trace {
    STATE,
    REPORTED_FAILURE,
    RECORDED_REQUEST,
    DELETED_RECORDS
  }

  private GivenTask attempted(Trace trace) {
    return switch (trace) {
      case STATE ->
          new GivenTask().state(newFilesUploaded().withReplacementInDoubt("2026-03-01T11:59:00Z"));
      case REPORTED_FAILURE -> withNewFiles().retries(4);
      case RECORDED_REQUEST -> {
        when(workers.history.texts(GivenTask.ACTIVITY_INSTANCE, "signingRequestId"))
            .thenReturn(List.of(States.ID));
        yield withNewFiles();
      }
      case DELETED_RECORDS -> {
        when(workers.history.hasDeletedVariables(GivenTask.INSTANCE)).thenReturn(true);
        yield withNewFiles();
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void a_rejection_after_a_replacement_in_doubt_does_not_settle_it(Trace trace) {
    GivenTask given = attempted(trace);
    signSpaceReturns(States.of(States.ID, SigningStatus.OPEN, List.of()));
    doThrow(Failures.rejected()).when(signSpace).replaceDocuments(anyString(), anyString(), any());
    SigningTask task = given.taken();

    assertThatThrownBy(() -> replace.work(task)).isInstanceOf(SignSpaceException.class);

    task.complete(new Outputs());
    SigningState state = GivenTask.stateIn(given.rawCompletedWith());
    assertThat(state.replacementInDoubt()).isNotNull();
    assertThat(state.rejectedReplacements()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_completion_after_a_replacement_in_doubt_does_not_settle_it(Trace trace) {
    signSpaceReturns(States.of(States.ID, SigningStatus.COMPLETE, List.of()));

    Outputs outputs = replace.work(attempted(trace).taken());

    verify(signSpace, never()).replaceDocuments(any(), any(), any());
    assertThat(GivenTask.plain(outputs)).doesNotContainKey("refusal");
    assertThat(GivenTask.stateIn(outputs).replacementInDoubt()).isNotNull();
    assertThat(GivenTask.stateIn(outputs).replacements()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"'', 1, true", "file-9, 1, false"})
  void a_request_that_is_complete_at_once_may_have_the_former_documents(
      String shown, int replacements, boolean isInDoubt) {
    List<String> files = shown.isEmpty() ? List.of() : List.of(shown);
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.of(States.ID, SigningStatus.OPEN, List.of())))
        .thenReturn(List.of(States.of(States.ID, SigningStatus.COMPLETE, files)));

    SigningState state = GivenTask.stateIn(replace.work(withNewFiles().taken()));

    assertThat(state.replacements()).isEqualTo(replacements);
    assertThat(state.replacementInDoubt() != null).isEqualTo(isInDoubt);
  }

  @Test
  void documents_of_an_unfinished_upload_are_not_sent() {
    GivenTask given =
        new GivenTask()
            .state(
                TestStates.requested(1).withUploading(NEW_DOCUMENTS, "task-2", GivenTask.ACTIVITY));

    assertThatThrownBy(() -> replace.work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("from the middle of an upload");
  }

  private static Stream<RequestState> ended() {
    return Stream.of(States.of(SigningStatus.CANCELLED), States.complete("signed-1"));
  }

  private static Stream<RequestState> openOrComplete() {
    return Stream.of(
        States.of(SigningStatus.OPEN),
        States.of(SigningStatus.IN_PROGRESS),
        States.complete("signed-1"));
  }

  /** Returns the state in which the same documents are to replace them. */
  private SigningState signSpaceHasTheDocumentsOf(SigningState state) {
    signSpaceReturns(States.of(States.ID, SigningStatus.OPEN, state.requireRequest().fileIds()));
    return state.withPending(state.requireRequest().documents(), "task-2", GivenTask.ACTIVITY);
  }

  private void signSpaceReturns(SigningStatus status) {
    signSpaceReturns(States.of(status));
  }

  private void signSpaceReturns(RequestState state) {
    when(signSpace.getRequests(List.of(States.ID))).thenReturn(List.of(state));
  }

  private static void assertThatLateDecisionIsReported(RequestState state, Outputs outputs) {
    boolean isTooLate = state.status() == SigningStatus.COMPLETE;
    assertThat(outputs.toMap().keySet()).isEqualTo(isTooLate ? Set.of("refusal") : Set.of());
    assertThat(outputs.toMap().values())
        .allSatisfy(refusal -> assertThat(refusal).asString().contains("complete"));
  }

  private static GivenTask given() {
    return new GivenTask().state(TestStates.requested(1));
  }

  private static GivenTask withNewFiles() {
    return new GivenTask().state(newFilesUploaded());
  }

  private static SigningState newFilesUploaded() {
    return TestStates.requested(1).withPending(NEW_DOCUMENTS, "task-2", GivenTask.ACTIVITY);
  }
}
