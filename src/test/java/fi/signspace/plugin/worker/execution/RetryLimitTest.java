package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.testkit.SettableClock;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.execution.Outcome.Incident;
import fi.signspace.plugin.worker.execution.Outcome.Retry;
import fi.signspace.plugin.worker.execution.Outcome.Retry.Cause;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.ArgumentCaptor;

/** A task that fails repeatedly, with the failure details stored by the engine. */
class RetryLimitTest {

  private final SettableClock clock = new SettableClock();
  private final SignSpace signSpace = mock();
  private final RetryLimit limit = Schedules.limit(signSpace, clock);
  private final OutcomeReporter reporter =
      new OutcomeReporter(
          new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE),
          Schedules.NO_CHANCE,
          wait -> {});
  private GivenTask given = new GivenTask();

  @BeforeEach
  void set_up_the_maximum_call_duration() {
    when(signSpace.longestCall()).thenReturn(Duration.ofSeconds(1));
  }

  @Test
  void a_wrong_response_is_an_incident_after_five_attempts() {
    List<Outcome> outcomes =
        failing(6, Duration.ofSeconds(10), n -> new Retry("empty file", null, Cause.DOUBT));

    assertThat(outcomes.subList(0, 4)).allMatch(Retry.class::isInstance);
    assertThat(outcomes.get(4))
        .isInstanceOfSatisfying(
            Incident.class,
            incident -> assertThat(incident.message()).contains("empty file", "failed 5 times"));
  }

  @Test
  void a_failure_is_an_incident_after_six_hours() {
    List<Outcome> outcomes =
        failing(8, Duration.ofHours(1), n -> new Retry("HTTP 500", null, Cause.FAILURE));

    assertThat(outcomes.subList(0, 6)).allMatch(Retry.class::isInstance);
    assertThat(outcomes.get(6)).isInstanceOf(Incident.class);
  }

  @Test
  void messages_that_differ_in_varying_parts_are_the_same_reason() {
    List<Outcome> outcomes =
        failing(
            8,
            Duration.ofHours(1),
            n -> new Retry("HTTP 500 (request id %d) at 2027-01-0%dT".formatted(n, n), null));

    assertThat(outcomes.get(6)).isInstanceOf(Incident.class);
  }

  @Test
  void failures_of_alternating_kinds_are_an_incident_after_six_hours() {
    List<Outcome> outcomes =
        failing(
            8,
            Duration.ofHours(1),
            n ->
                n % 2 == 0
                    ? new Retry("HTTP 50" + n, null, Cause.FAILURE)
                    : new Retry("empty file", null, Cause.DOUBT));

    assertThat(outcomes.subList(0, 6)).allMatch(Retry.class::isInstance);
    assertThat(outcomes.get(6)).isInstanceOf(Incident.class);
  }

  @Test
  void wrong_responses_count_beside_other_failures() {
    List<Outcome> outcomes =
        failing(
            20,
            Duration.ofSeconds(10),
            n ->
                n % 2 == 0
                    ? new Retry("HTTP 503", null, Cause.FAILURE)
                    : new Retry("empty file", null, Cause.DOUBT));

    assertThat(outcomes).hasSize(10);
    assertThat(outcomes.get(9)).isInstanceOf(Incident.class);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void an_outage_of_signspace_of_any_duration_is_no_incident(Cause cause) {
    when(signSpace.listRequests(1)).thenThrow(Failures.notDone());

    List<Outcome> outcomes = failing(100, Duration.ofHours(1), n -> new Retry("x", null, cause));

    assertThat(outcomes).allMatch(Retry.class::isInstance);
  }

  @Test
  void a_permission_that_signspace_denies_is_no_outage() {
    when(signSpace.listRequests(1)).thenThrow(SignSpaceException.permanent("HTTP 403", null));

    List<Outcome> outcomes =
        failing(8, Duration.ofHours(1), n -> new Retry("HTTP 500", null, Cause.FAILURE));

    assertThat(outcomes.get(6)).isInstanceOf(Incident.class);
  }

  @Test
  void after_an_outage_the_full_time_limit_applies() {
    when(signSpace.listRequests(1)).thenThrow(Failures.notDone());
    failing(10, Duration.ofHours(1), n -> new Retry("HTTP 503", null, Cause.FAILURE));
    doReturn(List.of()).when(signSpace).listRequests(1);

    List<Outcome> outcomes =
        failing(8, Duration.ofHours(1), n -> new Retry("HTTP 503", null, Cause.FAILURE));

    assertThat(outcomes.subList(0, 6)).allMatch(Retry.class::isInstance);
    assertThat(outcomes.get(6)).isInstanceOf(Incident.class);
  }

  @Test
  void two_failures_before_and_after_an_outage_of_the_engine_are_no_incident() {
    List<Outcome> outcomes =
        failing(2, Duration.ofDays(3), n -> new Retry("HTTP 500", null, Cause.FAILURE));

    assertThat(outcomes).allMatch(Retry.class::isInstance);
    verify(signSpace, never()).listRequests(anyInt());
  }

  @Test
  void failures_while_signspace_is_unreachable_are_not_counted() {
    List<Outcome> outcomes =
        failing(100, Duration.ofHours(1), n -> FailureClassifier.of(Failures.unreachable(), false));

    assertThat(outcomes).allMatch(Retry.class::isInstance);
    verify(signSpace, never()).listRequests(anyInt());
  }

  @Test
  void a_retry_by_an_admin_restarts_the_count() {
    failing(5, Duration.ofHours(2), n -> new Retry("HTTP 500", null, Cause.FAILURE));
    given.retries(1);

    List<Outcome> outcomes =
        failing(3, Duration.ofHours(1), n -> new Retry("HTTP 500", null, Cause.FAILURE));

    assertThat(outcomes).allMatch(Retry.class::isInstance);
  }

  @Test
  void other_outcomes_are_unchanged() {
    for (Outcome outcome :
        List.of(
            new Outcome.Discarded("gone"), new Incident("help"), new Outcome.BusinessError("no"))) {
      assertThat(limit.apply(given.taken(), outcome)).isSameAs(outcome);
    }
  }

  @Test
  void the_count_is_stored_without_input_values() {
    SignSpaceException failure =
        SignSpaceException.notDone("Uploading Anna.pdf failed: HTTP 500", null, null)
            .withLogMessage("files.create failed: HTTP 500");

    Retry later = (Retry) limit.apply(given.taken(), FailureClassifier.of(failure, true));

    assertThat(later.details())
        .startsWith(later.message())
        .containsPattern("\nFailures in a row: 1, since \\S+, implausible responses: 0$");
  }

  /** The outcomes of consecutive attempts. */
  private List<Outcome> failing(int times, Duration between, IntFunction<Outcome> failure) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int attempt = 0; attempt < times; attempt++) {
      SigningTask task = given.taken();
      Outcome outcome = limit.apply(task, failure.apply(attempt));
      outcomes.add(outcome);
      if (outcome instanceof Incident) {
        break;
      }
      reporter.report(task, outcome);
      given = fetchedAgain();
      clock.advance(between);
    }
    return outcomes;
  }

  private GivenTask fetchedAgain() {
    ArgumentCaptor<String> details = ArgumentCaptor.captor();
    ArgumentCaptor<Integer> retries = ArgumentCaptor.captor();
    verify(given.service, atLeast(1))
        .handleFailure(
            eq(GivenTask.ID),
            anyString(),
            details.capture(),
            retries.capture(),
            anyLong(),
            any(),
            any());
    GivenTask next = new GivenTask().retries(retries.getValue());
    when(next.task.getErrorDetails()).thenReturn(details.getValue());
    return next;
  }
}
