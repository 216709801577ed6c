package fi.signspace.plugin.worker.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.testkit.FormProblems;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.ReportedFailure;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckStatusWorkerTest {

  private static final int DOUBTFUL_CHECKS = TestWorkers.DOUBTFUL_CHECKS;

  private final TestWorkers workers = new TestWorkers();
  private final CheckStatusWorker worker = workers.checks;

  @Test
  void a_check_without_a_change_increases_the_next_delay() {
    GivenTask given = known("in_progress", 1, 0, 1);

    Map<String, @Nullable Object> outputs = outputs(given, States.signed(1));

    assertThat(outputs)
        .containsEntry("signingPhase", "awaiting")
        .containsEntry("unchangedChecks", 2)
        .containsEntry("lastCheckAt", "2026-03-01T12:00:00Z")
        .containsEntry("nextCheckAt", "2026-03-01T12:00:40Z")
        .containsEntry("problem", "")
        .doesNotContainKey("signedFileIds");
  }

  @Test
  void a_new_signature_resets_the_delay_and_is_reported() {
    GivenTask given = known("in_progress", 0, 0, 7);

    Map<String, @Nullable Object> outputs = outputs(given, States.signed(1));

    assertThat(outputs)
        .containsEntry("unchangedChecks", 0)
        .containsEntry("nextCheckAt", "2026-03-01T12:00:10Z")
        .containsEntry("signaturesCompleted", 1)
        .containsEntry("signaturesRequested", 2)
        .containsEntry("signingRequestUrl", "https://signspace.example/request-1")
        .containsEntry(
            "signatures",
            "[{\"signedBy\":\"ann@example.com\",\"signedAt\":\"2026-03-01T11:59:00Z\",\"documentsReplacedAt\":null}]");
  }

  @Test
  void with_an_output_mapping_the_state_is_passed_from_check_to_check() {
    GivenTask first = known("in_progress", 1, 0, 0).withOutputMapping();
    Map<String, @Nullable Object> outputs = outputs(first, States.signed(1));
    GivenTask second =
        new GivenTask().with("signingState", outputs.get("signingState")).withOutputMapping();

    assertThat(outputs(second, States.signed(1)))
        .containsEntry("unchangedChecks", 2)
        .containsEntry("nextCheckAt", "2026-03-01T12:00:40Z");
  }

  @Test
  void signatures_until_signspace_has_the_documents_again_are_of_others() {
    RequestState exchanged = States.of(States.ID, SigningStatus.IN_PROGRESS, List.of("foreign-1"));
    Map<String, @Nullable Object> found = outputs(known("in_progress", 0, 0, 0), exchanged);
    GivenTask next = new GivenTask().with("signingState", found.get("signingState"));

    Map<String, @Nullable Object> back = outputs(next, States.signed(1));

    assertThat(List.of(found, back))
        .allSatisfy(
            outputs ->
                assertThat(outputs.get("signatures"))
                    .asString()
                    .contains("\"documentsReplacedAt\":\"2026-03-01T12:00:00Z\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ON_HOLD", "OVERDUE", "IN_PROGRESS", "missing"})
  void other_documents_are_remembered_whatever_the_next_checks_find(String status) {
    List<String> foreign = List.of("foreign-1");
    RequestState exchanged = States.of(States.ID, SigningStatus.OVERDUE, foreign);
    RequestState meanwhile =
        status.equals("missing")
            ? null
            : States.of(States.ID, SigningStatus.valueOf(status), foreign);
    Object found = outputs(known("overdue", 0, 0, 0), exchanged).get("signingState");
    GivenTask next = new GivenTask().with("signingState", found);
    Object waited = outputs(next, meanwhile).get("signingState");
    GivenTask last = new GivenTask().with("signingState", waited);
    Instant ahead = Instant.parse("2026-03-01T12:00:20Z");

    Map<String, @Nullable Object> back = outputs(last, States.signedAt(ahead));

    assertThat(back.get("signatures"))
        .asString()
        .contains("\"documentsReplacedAt\":\"2026-03-01T12:00:20.001Z\"");
  }

  @Test
  void a_complete_request_that_had_other_documents_is_not_signed_until_its_files_are_shown() {
    RequestState exchanged = States.of(States.ID, SigningStatus.OPEN, List.of("foreign-1"));
    Object found = outputs(known("open", 0, 0, 0), exchanged).get("signingState");
    RequestState silent = States.complete(List.of(), List.of("signed-1"));

    Map<String, @Nullable Object> doubtful =
        outputs(new GivenTask().with("signingState", found), silent);
    Map<String, @Nullable Object> shown =
        outputs(
            new GivenTask().with("signingState", doubtful.get("signingState")),
            States.complete("signed-1"));

    assertThat(doubtful).containsEntry("signingPhase", "awaiting");
    assertThat(shown).containsEntry("signingPhase", "signed");
  }

  @Test
  void a_new_status_resets_the_delay() {
    GivenTask given = known("open", 0, 0, 7);

    Map<String, @Nullable Object> outputs = outputs(given, States.signed(0));

    assertThat(outputs)
        .containsEntry("signingStatus", "in_progress")
        .containsEntry("unchangedChecks", 0);
  }

  @Test
  void a_missing_field_in_the_response_does_not_overwrite_a_known_value() {
    RequestState bare =
        new RequestState(
            States.ID,
            SigningStatus.OPEN,
            "open",
            null,
            List.of(),
            List.of(),
            null,
            null,
            List.of(),
            List.of(),
            null,
            null);

    Map<String, @Nullable Object> outputs = outputs(known("open", 1), bare);

    assertThat(outputs)
        .containsEntry("unchangedChecks", 1)
        .doesNotContainKeys("signaturesRequested", "signaturesCompleted", "signingRequestUrl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"OPEN | is open in SignSpace", "COMPLETE | all have signed it"})
  void a_cancelled_request_that_was_sent_again_and_is_reopened_is_a_problem_until_acknowledged(
      SigningStatus former, String said) {
    when(workers.signSpace.getRequests(List.of("former")))
        .thenReturn(List.of(States.of("former", former, List.of())));
    GivenTask given = new GivenTask().state(sentAgain());

    assertThat(outputs(given, States.signed(0)))
        .containsEntry("signingPhase", "problem")
        .hasEntrySatisfying(
            "problem",
            text -> {
              assertThat(text)
                  .asString()
                  .contains("The former signing request former, which was cancelled", said);
              FormProblems.assertIsTranslated(String.valueOf(text));
            });
    assertThat(outputs(given.with("toleratedStatus", "in_progress"), States.signed(0)))
        .containsEntry("signingPhase", "awaiting");
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, COMPLETE, All have signed, signed",
    "COMPLETE, COMPLETE, All have signed, signed",
    "OPEN, CANCELLED, its participants can sign it, problem",
    "COMPLETE, CANCELLED, does not end as cancelled, problem"
  })
  void a_former_request_that_is_reopened_is_also_noticed_at_the_end(
      SigningStatus former, SigningStatus present, String said, String acknowledgedPhase) {
    when(workers.signSpace.getRequests(List.of("former")))
        .thenReturn(List.of(States.of("former", former, List.of())));
    RequestState end =
        present == SigningStatus.COMPLETE ? States.complete("signed-1") : States.of(present);
    SigningState shown = sentAgain().withLastCheck(TestStates.lastCheck(present.text(), 0, 0, 0));

    Map<String, @Nullable Object> outputs = outputs(new GivenTask().state(sentAgain()), end);

    String problem = String.valueOf(outputs.get("problem"));
    assertThat(outputs).containsEntry("signingPhase", "problem");
    assertThat(problem).contains("former signing request former", said);
    FormProblems.assertIsTranslated(problem);
    assertThat(outputs(new GivenTask().state(shown).with("toleratedStatus", present.text()), end))
        .containsEntry("signingPhase", acknowledgedPhase);
  }

  @ParameterizedTest
  @EnumSource(
      value = SigningStatus.class,
      names = {"CANCELLED", "IN_PROGRESS"})
  void a_former_request_that_was_found_open_is_open_until_it_is_shown_as_cancelled(
      SigningStatus present) {
    when(workers.signSpace.getRequests(List.of("former")))
        .thenReturn(List.of(States.of("former", SigningStatus.OPEN, List.of())))
        .thenReturn(List.of())
        .thenReturn(List.of(States.of("former", SigningStatus.CANCELLED, List.of())));
    Object found =
        outputs(new GivenTask().state(sentAgain()), States.of(SigningStatus.OPEN))
            .get("signingState");

    Map<String, @Nullable Object> silent =
        outputs(new GivenTask().with("signingState", found), States.of(present));
    Map<String, @Nullable Object> cancelled =
        outputs(
            new GivenTask().with("signingState", silent.get("signingState")), States.of(present));

    assertThat(silent).containsEntry("signingPhase", "problem");
    assertThat(silent.get("problem")).asString().contains("former signing request former", "open");
    assertThat(cancelled.get("signingPhase")).isNotEqualTo("problem");
  }

  @Test
  void who_keeps_waiting_for_signed_files_does_not_acknowledge_a_former_request() {
    when(workers.signSpace.getRequests(List.of("former")))
        .thenReturn(List.of(States.of("former", SigningStatus.OPEN, List.of())));
    SigningState doubtful = sentAgain().withLastCheck(TestStates.lastCheck("complete", 1, 6, 0));
    GivenTask given = new GivenTask().state(doubtful).with("toleratedStatus", "complete");

    assertThat(outputs(given, States.complete("signed-1")))
        .containsEntry("signingPhase", "problem")
        .extractingByKey("problem")
        .asString()
        .contains("the former signing request former");
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "OPEN"})
  void a_request_is_not_reported_as_cancelled_while_it_may_still_be_reopened(SigningStatus later) {
    Instant now = workers.clock.instant();
    when(workers.history.failuresOf(GivenTask.INSTANCE, Step.REOPEN_SIGNING_REQUEST.topic()))
        .thenReturn(List.of(new ReportedFailure("log-1", "another task", now, "no response")));
    GivenTask given = known("cancelled", 0);

    RetryLaterException early =
        catchThrowableOfType(
            RetryLaterException.class, () -> outputs(given, States.of(SigningStatus.CANCELLED)));

    workers.clock.advance(early.delay());
    assertThat(outputs(given, States.of(later)))
        .containsEntry("signingPhase", later == SigningStatus.CANCELLED ? "cancelled" : "awaiting");
  }

  /** In a parallel branch, or beside a timer that interrupts nothing. */
  @Test
  void a_request_is_not_reported_as_cancelled_while_another_step_re_opens_it() {
    GivenTask given = known("cancelled", 0);
    Instant start = workers.clock.instant();
    when(given.engine.stepsOf(any(), eq(Topic.REOPEN_SIGNING_REQUEST)))
        .thenReturn(List.of("reopen"));
    when(workers.history.activityRuns(GivenTask.INSTANCE, "reopen"))
        .thenReturn(List.of(new ActivityRun("run", "scope", false, start, null)));

    assertThatThrownBy(() -> outputs(given, States.of(SigningStatus.CANCELLED)))
        .isInstanceOf(RetryLaterException.class)
        .hasMessageContaining("being re-opened");
    assertThat(outputs(given, States.of(SigningStatus.OPEN)))
        .containsEntry("signingPhase", "awaiting");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void after_a_re_opening_a_former_response_is_not_believed_unless_it_was_cancelled_again(
      boolean isCancelledAgain) {
    GivenTask given = known("open", 0);
    Instant reopened = workers.clock.instant().minusSeconds(5);
    for (String topic : List.of(Topic.REOPEN_SIGNING_REQUEST, Topic.CANCEL_SIGNING_REQUEST)) {
      when(given.engine.stepsOf(any(), eq(topic))).thenReturn(List.of(topic));
    }
    when(workers.history.activityRuns(GivenTask.INSTANCE, Topic.REOPEN_SIGNING_REQUEST))
        .thenReturn(
            List.of(new ActivityRun("run", "scope", false, reopened.minusMillis(200), reopened)));
    Instant cancelled = reopened.plusSeconds(isCancelledAgain ? 1 : -9);
    when(workers.history.activityRuns(GivenTask.INSTANCE, Topic.CANCEL_SIGNING_REQUEST))
        .thenReturn(
            List.of(
                new ActivityRun("other", "scope", false, cancelled, cancelled.plusMillis(200))));

    RetryLaterException early =
        catchThrowableOfType(
            RetryLaterException.class, () -> outputs(given, States.of(SigningStatus.CANCELLED)));

    assertThat(early == null).isEqualTo(isCancelledAgain);
    workers.clock.advance(early == null ? Duration.ZERO : early.delay());
    assertThat(outputs(given, States.of(SigningStatus.CANCELLED)))
        .containsEntry("signingPhase", "cancelled");
  }

  @Test
  void a_cancelled_request_that_was_sent_again_and_stays_cancelled_is_no_problem() {
    when(workers.signSpace.getRequests(List.of("former")))
        .thenReturn(List.of(States.of("former", SigningStatus.CANCELLED, List.of())));

    assertThat(outputs(new GivenTask().state(sentAgain()), States.signed(0)))
        .containsEntry("signingPhase", "awaiting");
  }

  /** As in a loop of a model, which sends one request after the other. */
  @Test
  void a_former_request_that_was_signed_is_not_one_to_be_cancelled() {
    SigningState first = TestStates.requested("former", TestStates.documents(1), null);
    SigningState second = TestStates.requested(1);
    LastCheck signed =
        new LastCheck("complete", "signed", TestStates.STARTED_AT, 1, 0, 0, null, false, null);
    LastCheck none = LastCheck.none(TestStates.STARTED_AT);
    when(workers.signSpace.getRequests(List.of("former")))
        .thenReturn(List.of(States.of("former", SigningStatus.COMPLETE, List.of())));

    SigningState next = first.withLastCheck(signed).withRequest(second.requireRequest(), none);

    assertThat(next.formerRequestIds()).containsExactly("former");
    assertThat(outputs(new GivenTask().state(next), States.complete("signed-2")))
        .containsEntry("signingPhase", "signed");
    SigningState notSigned = first.withRequest(second.requireRequest(), none);
    assertThat(outputs(new GivenTask().state(notSigned), States.complete("signed-2")))
        .containsEntry("signingPhase", "problem");
  }

  private static SigningState sentAgain() {
    SigningState second = TestStates.requested(1);
    return TestStates.requested("former", TestStates.documents(1), null)
        .withRequest(second.requireRequest(), TestStates.lastCheck("in_progress", 0, 0, 0));
  }

  @Test
  void a_fixed_interval_replaces_the_backoff() {
    GivenTask given =
        known("in_progress", 1, 0, 9).with(SigningVariables.STATUS_CHECK_INTERVAL, " PT6H ");

    Map<String, @Nullable Object> outputs = outputs(given, States.signed(1));

    assertThat(outputs).containsEntry("nextCheckAt", "2026-03-01T18:00:00Z");
  }

  @Test
  void the_backoff_does_not_skip_the_due_date() {
    GivenTask given = due("2026-03-01T12:02:00Z", "in_progress", 1, 0, 9);

    Map<String, @Nullable Object> outputs = outputs(given, States.signed(1));

    assertThat(outputs).containsEntry("nextCheckAt", "2026-03-01T12:02:01Z");
  }

  @Test
  void an_invalid_interval_is_an_incident() {
    GivenTask given = known("open", 0).with(SigningVariables.STATUS_CHECK_INTERVAL, "often");

    assertThatThrownBy(() -> outputs(given, States.signed(0)))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("statusCheckInterval");
  }

  @Test
  void the_signed_files_are_reported_when_the_request_is_signed() {
    Map<String, @Nullable Object> outputs = outputs(known("open", 0), States.complete("s1"));

    assertThat(outputs)
        .containsEntry("signingPhase", "signed")
        .containsEntry("signedFileIds", "[\"s1\"]");
  }

  @Test
  void complete_without_evidence_is_implausible_and_checked_again_soon() {
    GivenTask given = known("complete", 2, 0, 5);

    Map<String, @Nullable Object> outputs = outputs(given, States.complete());

    assertThat(outputs)
        .containsEntry("signingPhase", "awaiting")
        .containsEntry("unconfirmedChecks", 1)
        .containsEntry("nextCheckAt", "2026-03-01T12:00:07Z")
        .containsEntry("problem", "")
        .doesNotContainKey("signedFileIds");
  }

  @Test
  void a_request_with_repeated_implausible_responses_is_a_task_for_a_person() {
    GivenTask given = known("missing", 0, DOUBTFUL_CHECKS, 0);

    Map<String, @Nullable Object> outputs = outputs(given, null);

    assertThat(outputs)
        .containsEntry("signingPhase", "problem")
        .containsEntry("signingStatus", "missing")
        .containsEntry("unconfirmedChecks", DOUBTFUL_CHECKS + 1)
        .doesNotContainKey("signatures");
    assertThat(outputs.get("problem")).asString().contains("does not show");
  }

  @Test
  void an_acknowledged_status_stays_acknowledged() {
    GivenTask given = known("on_hold", 0).with(SigningVariables.TOLERATED_STATUS, "on_hold");

    Map<String, @Nullable Object> outputs = outputs(given, States.of(SigningStatus.ON_HOLD));

    assertThat(outputs)
        .containsEntry("signingPhase", "awaiting")
        .containsEntry("toleratedStatus", "on_hold")
        .containsEntry("problem", "");
  }

  @Test
  void a_status_that_has_changed_is_no_longer_acknowledged() {
    GivenTask given = known("on_hold", 0).with(SigningVariables.TOLERATED_STATUS, "on_hold");

    Map<String, @Nullable Object> outputs = outputs(given, States.of(SigningStatus.OPEN));

    assertThat(outputs).containsEntry("toleratedStatus", "");
  }

  @Test
  void a_request_is_a_problem_from_its_due_time_on() {
    GivenTask given = due("2026-03-01T11:59:59Z", "open", 0, 0, 0);

    Map<String, @Nullable Object> outputs = outputs(given, States.of(SigningStatus.OPEN));

    assertThat(outputs)
        .containsEntry("signingPhase", "problem")
        .containsEntry("signingStatus", "overdue");
  }

  @Test
  void a_refusal_is_shown_once_before_the_problem() {
    GivenTask given = known("on_hold", 0).with(SigningVariables.REFUSAL, "SignSpace refuses it");

    Map<String, @Nullable Object> outputs = outputs(given, States.of(SigningStatus.ON_HOLD));

    assertThat(outputs).containsEntry("refusal", "");
    assertThat(outputs.get("problem"))
        .asString()
        .startsWith("SignSpace refuses it\nThe signing request is on hold");
  }

  @Test
  void a_missing_state_is_an_incident() {
    SigningTask task = new GivenTask().taken();

    assertThatThrownBy(() -> worker.outputs(task, id -> null))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("signingState");
  }

  /** The outputs, and the last check in their state. */
  private Map<String, @Nullable Object> outputs(GivenTask given, @Nullable RequestState state) {
    Outputs outputs = worker.outputs(given.taken(), id -> id.equals(States.ID) ? state : null);
    LastCheck check = Objects.requireNonNull(GivenTask.stateIn(outputs).lastCheck());
    Map<String, @Nullable Object> all = GivenTask.plain(outputs);
    all.put("unchangedChecks", check.unchangedChecks());
    all.put("unconfirmedChecks", check.unconfirmedChecks());
    return all;
  }

  private static GivenTask known(String status, int signatures) {
    return known(status, signatures, 0, 0);
  }

  private static GivenTask known(String status, int signatures, int unconfirmed, int unchanged) {
    return due(null, status, signatures, unconfirmed, unchanged);
  }

  private static GivenTask due(
      @Nullable String dueAt, String status, int signatures, int unconfirmed, int unchanged) {
    LastCheck check = TestStates.lastCheck(status, signatures, unconfirmed, unchanged);
    return new GivenTask().state(TestStates.requested(1, dueAt).withLastCheck(check));
  }
}
