package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.status.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FetchBackoffStrategyTest {

  private final SignSpace signSpace = mock();
  private final FetchBackoffStrategy pace =
      new FetchBackoffStrategy(
          signSpace, Schedules.NO_CHANCE, Clock.systemUTC(), new FetchFailureLog());

  @BeforeEach
  void set_up_without_a_cooldown() {
    when(signSpace.pause()).thenReturn(Duration.ZERO);
  }

  @Test
  void after_a_response_the_next_fetch_follows_immediately() {
    pace.reconfigure(List.of(), null);

    assertThat(pace.calculateBackoffTime()).isZero();
    assertThat(pace.isEngineResponding()).isTrue();
  }

  @Test
  void while_the_engine_does_not_respond_the_backoff_grows_to_15_seconds() {
    for (long expected : new long[] {500, 1000, 2000, 4000, 8000, 15_000, 15_000}) {
      pace.reconfigure(List.of(), Failures.connectionLost());

      assertThat(pace.calculateBackoffTime()).isEqualTo(expected);
      assertThat(pace.isEngineResponding()).isFalse();
    }
  }

  @Test
  void a_response_resets_the_backoff() {
    pace.reconfigure(List.of(), Failures.connectionLost());
    pace.reconfigure(List.of(), null);

    assertThat(pace.calculateBackoffTime()).isZero();
    assertThat(pace.isEngineResponding()).isTrue();
  }

  @Test
  void during_a_cooldown_of_signspace_no_tasks_are_fetched() {
    when(signSpace.pause()).thenReturn(Duration.ofMinutes(3));
    pace.reconfigure(List.of(), Failures.connectionLost());

    assertThat(pace.calculateBackoffTime()).isEqualTo(180_000);
  }

  @Test
  void an_unexpected_failure_of_a_fetch_is_followed_by_a_backoff() {
    pace.fetchStarted();
    long start = System.nanoTime();
    pace.fetchStarted();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    assertThat(pace.isEngineResponding()).isFalse();
  }

  @Test
  void locks_count_from_the_start_of_their_fetch() {
    long before = System.nanoTime();
    pace.fetchStarted();
    long after = System.nanoTime();
    pace.responded(200); // to another request of the same thread, while tasks wait

    assertThat(pace.fetchedAt() - before).isNotNegative();
    assertThat(after - pace.fetchedAt()).isNotNegative();
  }

  @Test
  void a_completed_fetch_is_followed_by_the_next_immediately() {
    pace.fetchStarted();
    pace.reconfigure(List.of(), null);
    pace.fetchStarted();

    assertThat(pace.isEngineResponding()).isTrue();
  }
}
