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
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.Outputs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.task.ExternalTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.ArgumentCaptor;

class OutcomeReporterTest {

  private static final Map<String, Object> NOTHING = Map.of();

  private final List<Duration> pauses = new ArrayList<>();
  private final GivenTask given = new GivenTask();
  private final OutcomeReporter reporter = reporter(pauses::add);

  static Stream<ExternalTaskClientException> passing() {
    return Stream.of(Failures.engineError(), Failures.connectionLost());
  }

  @Test
  void a_task_that_is_done_is_completed_once_with_its_outputs() {
    Outputs outputs = new Outputs().put(SigningVariables.PROBLEM, "wrong");

    reporter.report(given.taken(), new Outcome.Done(outputs));

    verify(given.service).complete(given.task, Map.of("problem", "wrong"));
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("passing")
  void a_completion_that_fails_for_a_while_is_repeated_with_growing_pauses(
      ExternalTaskClientException failure) {
    doThrow(failure, failure)
        .doNothing()
        .when(given.service)
        .complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Done(new Outputs()));

    verify(given.service, times(3)).complete(given.task, NOTHING);
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).hasSize(2).isSorted();
  }

  @Test
  void a_completion_of_a_task_that_has_ended_is_not_repeated() {
    doThrow(Failures.notFound()).when(given.service).complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Done(new Outputs()));

    verify(given.service, times(1)).complete(given.task, NOTHING);
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("refusing")
  void results_that_the_engine_does_not_take_are_an_incident_at_once(
      ExternalTaskClientException failure) {
    doThrow(failure).when(given.service).complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Done(new Outputs()));

    verify(given.service, times(1)).complete(given.task, NOTHING);
    verifyIncident("does not take its results");
    assertThat(pauses).isEmpty();
  }

  static Stream<ExternalTaskClientException> refusing() {
    return Stream.of(Failures.badRequest(), Failures.answered(413), Failures.answered(422));
  }

  @Test
  void a_task_that_another_worker_has_by_now_is_left_to_it() {
    doThrow(Failures.badRequest()).when(given.service).complete(any(ExternalTask.class), anyMap());
    doThrow(Failures.badRequest())
        .when(given.service)
        .handleFailure(anyString(), any(), any(), anyInt(), anyLong(), any(), any());

    reporter.report(given.taken(), new Outcome.Done(new Outputs()));

    verify(given.service, times(1)).complete(given.task, NOTHING);
    verifyIncident("does not take its results");
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void a_completion_that_cannot_be_delivered_is_given_up_and_never_reported_as_failed_work() {
    doThrow(Failures.engineError()).when(given.service).complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Done(new Outputs()));

    verify(given.service, times(12)).complete(given.task, NOTHING);
    verifyNoMoreInteractions(given.service);
    assertThat(pauses).as("no pause after the last attempt").hasSize(11);
  }

  @Test
  void a_process_that_cannot_go_on_from_the_task_is_an_incident_that_says_why() {
    doThrow(Failures.processStuck())
        .when(given.service)
        .complete(any(ExternalTask.class), anyMap());

    reporter.report(given.taken(), new Outcome.Done(new Outputs()));

    verify(given.service, times(3)).complete(given.task, NOTHING);
    verifyIncident("cannot go on: Unknown property used in expression: ${phas}. Correct");
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThan(Duration.ofSeconds(1));
  }

  private void verifyIncident(String words) {
    verify(given.service)
        .handleFailure(
            eq(GivenTask.ID), contains(words), anyString(), eq(0), eq(0L), anyMap(), any());
  }

  @Test
  void an_interruption_ends_the_repetition_and_is_passed_on() {
    OutcomeReporter interrupted =
        reporter(
            wait -> {
              throw new InterruptedException();
            });
    doThrow(Failures.engineError())
        .when(given.service)
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());

    interrupted.report(given.taken(), new Outcome.Rejected("title: missing"));

    assertThat(Thread.interrupted()).isTrue();
    verify(given.service, times(1))
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void what_a_person_can_correct_is_the_error_of_the_contract_with_the_problem() {
    reporter.report(given.taken(), new Outcome.Rejected("title: missing"));

    verify(given.service)
        .handleBpmnError(
            given.task,
            "signspace.requestRejected",
            "title: missing",
            Map.of("problem", "title: missing"));
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void an_error_that_nothing_in_the_model_catches_becomes_an_incident() {
    doThrow(Failures.engineError())
        .when(given.service)
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());

    reporter.report(given.taken(), new Outcome.Rejected("title: missing"));

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
  void an_error_that_could_not_be_delivered_for_lack_of_an_engine_blames_nobody() {
    doThrow(Failures.connectionLost())
        .when(given.service)
        .handleBpmnError(any(ExternalTask.class), anyString(), anyString(), anyMap());

    reporter.report(given.taken(), new Outcome.Rejected("title: missing"));

    verify(given.service, never())
        .handleFailure(anyString(), any(), any(), anyInt(), anyLong(), any(), any());
  }

  @Test
  void what_may_heal_is_tried_again_after_a_wait_that_grows() {
    reporter.report(given.retries(999).taken(), new Outcome.Later("busy", null));

    verify(given.service).handleFailure(GivenTask.ID, "busy", "busy", 998, 20_000, NOTHING, null);
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void a_wait_that_signspace_asks_for_wins() {
    reporter.report(given.taken(), new Outcome.Later("busy", Duration.ofSeconds(42)));

    verify(given.service).handleFailure(GivenTask.ID, "busy", "busy", 999, 42_000, NOTHING, null);
  }

  @Test
  void what_only_an_admin_can_help_is_an_incident_at_once() {
    doThrow(Failures.connectionLost())
        .doNothing()
        .when(given.service)
        .handleFailure(anyString(), any(), any(), anyInt(), anyLong(), any(), any());

    reporter.report(given.taken(), new Outcome.NeedsAdmin("scope missing"));

    verify(given.service, times(2))
        .handleFailure(GivenTask.ID, "scope missing", "scope missing", 0, 0, NOTHING, null);
  }

  @Test
  void a_task_that_is_no_longer_ours_is_left_alone() {
    reporter.report(given.taken(), new Outcome.Dropped("lock lost"));

    verifyNoInteractions(given.service);
  }

  @Test
  void a_message_that_is_too_long_is_cut_but_not_within_a_character() {
    String signature = "\uD83D\uDD8A";
    ArgumentCaptor<String> message = ArgumentCaptor.captor();

    reporter.report(given.taken(), new Outcome.NeedsAdmin("x" + signature.repeat(2000)));

    verify(given.service)
        .handleFailure(anyString(), message.capture(), any(), anyInt(), anyLong(), any(), any());
    assertThat(message.getValue()).isEqualTo("x" + signature.repeat(1999) + "…");
  }

  private static OutcomeReporter reporter(OutcomeReporter.Pause pause) {
    return new OutcomeReporter(
        new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE), Schedules.NO_CHANCE, pause);
  }
}
