package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.task.ExternalTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

class OutcomeReporterTest {

  private static final Map<String, Object> NOTHING = Map.of();

  private final List<Duration> pauses = new ArrayList<>();
  private final GivenTask given = new GivenTask();
  private final OutcomeReporter reporter = reporter(pauses::add);

  static Stream<ExternalTaskClientException> transientFailures() {
    return Stream.of(Failures.engineError(), Failures.connectionLost());
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void the_log_names_a_request_that_was_created_although_its_task_has_ended(CapturedOutput log) {
    doThrow(Failures.notFound()).when(given.service).complete(any(ExternalTask.class), anyMap());
    Outputs outputs = new Outputs().put(SigningVariables.SIGNING_REQUEST_ID, "request-1");

    reporter.report(given.at(Step.CREATE_SIGNING_REQUEST).taken(), new Outcome.Completed(outputs));

    assertThat(log.getOut()).contains("request-1", GivenTask.INSTANCE);
  }

  @Test
  void a_task_that_is_done_is_completed_once_with_its_outputs() {
    Outputs outputs = new Outputs().put(SigningVariables.PROBLEM, "wrong");

    reporter.report(given.taken(), new Outcome.Completed(outputs));

    verify(given.service).complete(given.task, Map.of("problem", "wrong"));
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("transientFailures")
  void a_completion_that_fails_temporarily_is_retried_with_backoff(
      ExternalTaskClientException failure) {
    doThrow(failure, failure)
        .doNothing()
        .when(given.service)
        .complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Completed(new Outputs()));

    verify(given.service, times(3)).complete(given.task, NOTHING);
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).hasSize(2).isSorted();
  }

  @Test
  void a_completion_of_a_task_that_has_ended_is_not_retried() {
    doThrow(Failures.notFound()).when(given.service).complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Completed(new Outputs()));

    verify(given.service, times(1)).complete(given.task, NOTHING);
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void results_that_the_engine_rejects_are_an_incident_immediately(
      ExternalTaskClientException failure) {
    doThrow(failure).when(given.service).complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Completed(new Outputs()));

    verify(given.service, times(1)).complete(given.task, NOTHING);
    verifyIncident("rejects its results");
    assertThat(pauses).isEmpty();
  }

  static Stream<ExternalTaskClientException> rejections() {
    return Stream.of(Failures.badRequest(), Failures.httpError(413), Failures.httpError(422));
  }

  @Test
  void a_task_that_another_worker_has_locked_is_ignored() {
    doThrow(Failures.badRequest()).when(given.service).complete(any(ExternalTask.class), anyMap());
    doThrow(Failures.badRequest())
        .when(given.service)
        .handleFailure(anyString(), any(), any(), anyInt(), anyLong(), any(), any());

    reporter.report(given.taken(), new Outcome.Completed(new Outputs()));

    verify(given.service, times(1)).complete(given.task, NOTHING);
    verifyIncident("rejects its results");
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void an_undeliverable_completion_is_never_reported_as_failed_work() {
    doThrow(Failures.engineError()).when(given.service).complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Completed(new Outputs()));

    verify(given.service, times(12)).complete(given.task, NOTHING);
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).as("no pause after the last attempt").hasSize(11);
  }

  @Test
  void a_process_that_cannot_continue_after_the_task_is_an_incident_with_the_reason() {
    doThrow(Failures.processFailure())
        .when(given.service)
        .complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Completed(new Outputs()));

    verify(given.service, times(3)).complete(given.task, NOTHING);
    verifyIncident("cannot continue: Unknown property used in expression: ${phas}. Correct");
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofSeconds(1));
  }

  private void verifyIncident(String words) {
    verify(given.service)
        .handleFailure(
            eq(GivenTask.ID), contains(words), anyString(), eq(0), eq(0L), anyMap(), any());
  }

  @Test
  void an_interruption_ends_the_retries_and_is_propagated() {
    OutcomeReporter interrupted =
        reporter(
            wait -> {
              throw new InterruptedException();
            });
    doThrow(Failures.engineError())
        .when(given.service)
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());

    interrupted.report(given.taken(), new Outcome.BusinessError("title: missing"));

    assertThat(Thread.interrupted()).isTrue();
    verify(given.service, times(1))
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void correctable_input_is_the_bpmn_error_with_the_problem() {
    reporter.report(given.taken(), new Outcome.BusinessError("title: missing"));

    verify(given.service)
        .handleBpmnError(
            given.task,
            "signspace.requestRejected",
            "title: missing",
            Map.of("problem", "title: missing"));
    verifyNoMoreInteractions(given.service);
  }

  static Stream<RuntimeException> failuresToPrepareAnOutputMapping() {
    return Stream.of(new IncidentException("no permission"), new UnconfirmedException("HTTP 500"));
  }

  @ParameterizedTest
  @MethodSource("failuresToPrepareAnOutputMapping")
  void an_error_whose_variables_cannot_be_set_becomes_an_incident_with_both_reasons(
      RuntimeException failure) {
    given.withOutputMappingButNoState();
    doThrow(failure).when(given.engine).setLocalVariables(any(), any());

    reporter.report(given.taken(), new Outcome.BusinessError("the title is missing"));

    verifyIncident("the title is missing");
    verifyIncident(failure.getMessage());
  }

  @Test
  void an_error_that_the_model_does_not_catch_becomes_an_incident() {
    doThrow(Failures.engineError())
        .when(given.service)
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());

    reporter.report(given.taken(), new Outcome.BusinessError("title: missing"));

    verify(given.service)
        .handleFailure(
            eq(GivenTask.ID),
            contains("title: missing"),
            anyString(),
            eq(0),
            eq(0L),
            anyMap(),
            any());
  }

  @Test
  void an_error_that_an_unreachable_engine_did_not_receive_is_not_an_incident() {
    doThrow(Failures.connectionLost())
        .when(given.service)
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());

    reporter.report(given.taken(), new Outcome.BusinessError("title: missing"));

    verify(given.service, never())
        .handleFailure(anyString(), any(), any(), anyInt(), anyLong(), any(), any());
  }

  @Test
  void a_transient_failure_is_retried_with_backoff() {
    reporter.report(given.retries(999).taken(), new Outcome.Retry("busy", null));

    verify(given.service).handleFailure(GivenTask.ID, "busy", "busy", 998, 20_000, NOTHING, null);
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void a_delay_requested_by_signspace_takes_precedence() {
    reporter.report(given.taken(), new Outcome.Retry("busy", Duration.ofSeconds(42)));

    verify(given.service).handleFailure(GivenTask.ID, "busy", "busy", 999, 42_000, NOTHING, null);
  }

  @Test
  void a_permanent_failure_is_an_incident_immediately() {
    doThrow(Failures.connectionLost())
        .doNothing()
        .when(given.service)
        .handleFailure(anyString(), any(), any(), anyInt(), anyLong(), any(), any());

    reporter.report(given.taken(), new Outcome.Incident("scope missing"));

    verify(given.service, times(2))
        .handleFailure(GivenTask.ID, "scope missing", "scope missing", 0, 0, NOTHING, null);
  }

  @Test
  void a_task_whose_lock_was_lost_is_not_reported() {
    reporter.report(given.taken(), new Outcome.Discarded("lock lost"));

    verifyNoInteractions(given.service);
  }

  @Test
  void a_long_message_is_truncated_but_not_within_a_character() {
    String signature = "\uD83D\uDD8A";
    ArgumentCaptor<String> message = ArgumentCaptor.captor();

    reporter.report(given.taken(), new Outcome.Incident("x" + signature.repeat(2000)));

    verify(given.service)
        .handleFailure(anyString(), message.capture(), any(), anyInt(), anyLong(), any(), any());
    assertThat(message.getValue()).isEqualTo("x" + signature.repeat(1999) + "…");
  }

  private static OutcomeReporter reporter(OutcomeReporter.Sleeper sleeper) {
    return new OutcomeReporter(
        new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE), Schedules.NO_CHANCE, sleeper);
  }
}
