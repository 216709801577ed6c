package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.worker.status.Schedules;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

  private final RetryPolicy policy = new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE);

  @Test
  void the_first_failure_sets_the_initial_counter_and_the_minimum_backoff() {
    assertThat(RetryPolicy.next(Optional.empty())).isEqualTo(999);
    assertThat(policy.backoffAfter(Optional.empty())).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"999, 998, 20", "998, 997, 40", "997, 996, 80", "950, 949, 300", "900, 900, 300"})
  void every_failure_decrements_the_counter_and_increases_the_backoff(
      int left, int next, long seconds) {
    assertThat(RetryPolicy.next(Optional.of(left))).isEqualTo(next);
    assertThat(policy.backoffAfter(Optional.of(left))).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void an_outage_never_exhausts_the_counter() {
    int left = 1000;

    for (int failure = 0; failure < 5000; failure++) {
      left = RetryPolicy.next(Optional.of(left));
    }

    assertThat(left).isEqualTo(900);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 899, 1001, Integer.MAX_VALUE})
  void a_counter_set_by_an_admin_restarts_the_backoff(int left) {
    assertThat(RetryPolicy.next(Optional.of(left))).isEqualTo(999);
    assertThat(policy.backoffAfter(Optional.of(left))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_given_delay_has_at_most_10_percent_and_250_ms_of_jitter() {
    RetryPolicy chance = new RetryPolicy(Schedules.doubling(), new Random(1));

    for (int i = 0; i < 1000; i++) {
      assertThat(chance.withJitter(Duration.ofSeconds(100)))
          .isBetween(Duration.ofSeconds(100), Duration.ofMillis(110_249));
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT1S", "PT1S, PT1S", "PT5M, PT5M", "PT5M1S, PT5M", "P11000D, PT5M"})
  void a_given_delay_is_at_least_a_second_and_capped_at_the_maximum_backoff(
      Duration given, Duration expected) {
    assertThat(policy.withJitter(given)).isEqualTo(expected);
  }
}
