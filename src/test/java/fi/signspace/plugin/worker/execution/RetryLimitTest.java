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
import fi.signspace.plugin.worker.execution.Outcome.Later;
import fi.signspace.plugin.worker.execution.Outcome.Later.Cause;
import fi.signspace.plugin.worker.execution.Outcome.NeedsAdmin;
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

/** One task that fails again and again, with what the engine keeps of each failure. */
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
  void callsTakeTime() {
    when(signSpace.longestCall()).thenReturn(Duration.ofSeconds(1));
  }

  @Test
  void a_wrong_response_is_an_incident_after_five_attempts() {
    List<Outcome> outcomes =
        failing(6, Duration.ofSeconds(10), n -> new Later("empty file", null, Cause.DOUBT));

    assertThat(outcomes.subList(0, 4)).allMatch(Later.class::isInstance);
    assertThat(outcomes.get(4))
        .isInstanceOfSatisfying(
            NeedsAdmin.class,
            incident -> assertThat(incident.message()).contains("empty file", "failed 5 times"));
  }

  @Test
  void a_failure_is_an_incident_after_six_hours() {
    List<Outcome> outcomes =
        failing(8, Duration.ofHours(1), n -> new Later("HTTP 500", null, Cause.FAILURE));

    assertThat(outcomes.subList(0, 6)).allMatch(Later.class::isInstance);
    assertThat(outcomes.get(6)).isInstanceOf(NeedsAdmin.class);
  }

  @Test
  void words_that_differ_with_each_attempt_are_the_same_reason() {
    List<Outcome> outcomes =
        failing(
            8,
            Duration.ofHours(1),
            n -> new Later("HTTP 500 (request id %d) at 2027-01-0%dT".formatted(n, n), null));

    assertThat(outcomes.get(6)).isInstanceOf(NeedsAdmin.class);
  }

  @Test
  void another_reason_begins_another_count() {
    List<Outcome> outcomes =
        failing(
            20,
            Duration.ofHours(1),
            n -> new Later(n % 4 == 0 ? "HTTP 500" : "cut off", null, Cause.FAILURE));

    assertThat(outcomes).allMatch(Later.class::isInstance);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void an_outage_of_signspace_is_no_incident_however_long_it_is(Cause cause) {
    when(signSpace.listRequests(1)).thenThrow(Failures.notDone());

    List<Outcome> outcomes = failing(100, Duration.ofHours(1), n -> new Later("x", null, cause));

    assertThat(outcomes).allMatch(Later.class::isInstance);
  }

  @Test
  void what_failed_during_an_outage_gets_its_whole_time_afterwards() {
    when(signSpace.listRequests(1)).thenThrow(Failures.notDone());
    failing(10, Duration.ofHours(1), n -> new Later("HTTP 503", null, Cause.FAILURE));
    doReturn(List.of()).when(signSpace).listRequests(1);

    List<Outcome> outcomes =
        failing(8, Duration.ofHours(1), n -> new Later("HTTP 503", null, Cause.FAILURE));

    assertThat(outcomes.subList(0, 6)).allMatch(Later.class::isInstance);
    assertThat(outcomes.get(6)).isInstanceOf(NeedsAdmin.class);
  }

  @Test
  void two_failures_before_and_after_an_outage_of_the_engine_are_no_incident() {
    List<Outcome> outcomes =
        failing(2, Duration.ofDays(3), n -> new Later("HTTP 500", null, Cause.FAILURE));

    assertThat(outcomes).allMatch(Later.class::isInstance);
    verify(signSpace, never()).listRequests(anyInt());
  }

  @Test
  void an_unreachable_signspace_counts_nothing() {
    List<Outcome> outcomes =
        failing(100, Duration.ofHours(1), n -> FailureClassifier.of(Failures.unreachable(), false));

    assertThat(outcomes).allMatch(Later.class::isInstance);
    verify(signSpace, never()).listRequests(anyInt());
  }

  @Test
  void after_a_retry_by_an_admin_the_count_starts_again() {
    failing(5, Duration.ofHours(2), n -> new Later("HTTP 500", null, Cause.FAILURE));
    given.retries(1);

    List<Outcome> outcomes =
        failing(3, Duration.ofHours(1), n -> new Later("HTTP 500", null, Cause.FAILURE));

    assertThat(outcomes).allMatch(Later.class::isInstance);
  }

  @Test
  void what_is_not_later_stays_as_it_is() {
    for (Outcome outcome :
        List.of(new Outcome.Dropped("gone"), new NeedsAdmin("help"), new Outcome.Rejected("no"))) {
      assertThat(limit.apply(given.taken(), outcome)).isSameAs(outcome);
    }
  }

  @Test
  void the_count_is_kept_without_the_names_that_people_gave() {
    SignSpaceException failure =
        SignSpaceException.notDone("Uploading Anna.pdf failed: HTTP 500", null, null)
            .withLogMessage("files.create failed: HTTP 500");

    Later later = (Later) limit.apply(given.taken(), FailureClassifier.of(failure, true));

    assertThat(later.details())
        .startsWith(later.message())
        .containsPattern("\nFailures in a row: 1, since \\S+, reason [0-9a-f]+$");
  }

  /** What each of some attempts comes to, as the engine hands the task out again after it. */
  private List<Outcome> failing(int times, Duration between, IntFunction<Outcome> failure) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int attempt = 0; attempt < times; attempt++) {
      SigningTask task = given.taken();
      Outcome outcome = limit.apply(task, failure.apply(attempt));
      outcomes.add(outcome);
      if (outcome instanceof NeedsAdmin) {
        break;
      }
      reporter.report(task, outcome);
      given = handedOutAgain();
      clock.advance(between);
    }
    return outcomes;
  }

  private GivenTask handedOutAgain() {
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
