package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.status.Schedules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchBackoffStrategyTest {

  private final SignSpace signSpace = mock();
  private final FetchBackoffStrategy pace =
      new FetchBackoffStrategy(signSpace, Schedules.NO_CHANCE, new FetchFailureLog());

  @BeforeEach
  void signSpaceMayBeCalled() {
    when(signSpace.pause()).thenReturn(Duration.ZERO);
  }

  @Test
  void after_an_answer_the_next_question_follows_at_once() {
    pace.reconfigure(List.of(), null);

    assertThat(pace.calculateBackoffTime()).isZero();
    assertThat(pace.isEngineAnswering()).isTrue();
  }

  @Test
  void while_the_engine_does_not_answer_the_waits_grow_to_a_quarter_of_a_minute() {
    for (long expected : new long[] {500, 1000, 2000, 4000, 8000, 15_000, 15_000}) {
      pace.reconfigure(List.of(), Failures.connectionLost());

      assertThat(pace.calculateBackoffTime()).isEqualTo(expected);
      assertThat(pace.isEngineAnswering()).isFalse();
    }
  }

  @Test
  void an_answer_ends_the_waits() {
    pace.reconfigure(List.of(), Failures.connectionLost());
    pace.reconfigure(List.of(), null);

    assertThat(pace.calculateBackoffTime()).isZero();
    assertThat(pace.isEngineAnswering()).isTrue();
  }

  @Test
  void while_signspace_is_to_be_left_in_peace_no_tasks_are_fetched() {
    when(signSpace.pause()).thenReturn(Duration.ofMinutes(3));
    pace.reconfigure(List.of(), Failures.connectionLost());

    assertThat(pace.calculateBackoffTime()).isEqualTo(180_000);
  }

  @Test
  void a_question_that_ends_as_the_client_does_not_expect_is_followed_by_a_pause() {
    pace.fetching();
    long start = System.nanoTime();
    pace.fetching();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    assertThat(pace.isEngineAnswering()).isFalse();
  }

  @Test
  void a_question_that_the_client_has_settled_is_followed_by_the_next_at_once() {
    pace.fetching();
    pace.reconfigure(List.of(), null);
    pace.fetching();

    assertThat(pace.isEngineAnswering()).isTrue();
  }
}
