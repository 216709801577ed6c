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
  void the_first_failure_starts_the_counter_at_its_height_and_the_waits_at_the_shortest() {
    assertThat(policy.next(Optional.empty())).isEqualTo(999);
    assertThat(policy.waitAfter(Optional.empty())).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({"999, 998, 20", "998, 997, 40", "997, 996, 80", "950, 949, 300", "900, 900, 300"})
  void every_failure_counts_down_and_the_waits_grow(int left, int next, long seconds) {
    assertThat(policy.next(Optional.of(left))).isEqualTo(next);
    assertThat(policy.waitAfter(Optional.of(left))).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void no_outage_exhausts_the_counter() {
    int left = 1000;

    for (int failure = 0; failure < 5000; failure++) {
      left = policy.next(Optional.of(left));
    }

    assertThat(left).isEqualTo(900);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 899, 1001, Integer.MAX_VALUE})
  void a_counter_that_an_admin_has_set_starts_the_waits_anew(int left) {
    assertThat(policy.next(Optional.of(left))).isEqualTo(999);
    assertThat(policy.waitAfter(Optional.of(left))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void a_given_wait_is_drawn_out_by_a_tenth_and_a_quarter_of_a_second_at_most() {
    RetryPolicy chance = new RetryPolicy(Schedules.doubling(), new Random(1));

    for (int i = 0; i < 1000; i++) {
      assertThat(chance.spread(Duration.ofSeconds(100)))
          .isBetween(Duration.ofSeconds(100), Duration.ofMillis(110_249));
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S, PT0S", "PT5M, PT5M", "PT5M1S, PT5M", "P11000D, PT5M"})
  void a_given_wait_is_not_longer_than_the_longest(Duration given, Duration expected) {
    assertThat(policy.spread(given)).isEqualTo(expected);
  }
}
