package fi.signspace.plugin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BackoffTest {

  private final Random random = new Random(42);

  @Test
  void delays_grow_up_to_the_maximum() {
    Backoff wait = new Backoff(Duration.ofMinutes(1), 2, Duration.ofMinutes(6), 0);

    List<Duration> waits = IntStream.range(0, 5).mapToObj(n -> wait.after(n, random)).toList();

    assertThat(waits)
        .containsExactly(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(4),
            Duration.ofMinutes(6),
            Duration.ofMinutes(6));
  }

  @Test
  void a_delay_without_growth_and_jitter_is_constant() {
    Duration interval = Duration.ofSeconds(90, 123_456_789);
    Backoff wait = new Backoff(interval, 1, interval, 0);

    List<Duration> waits =
        Stream.of(0, 1, 1000, Integer.MAX_VALUE).map(n -> wait.after(n, random)).toList();

    assertThat(waits).containsOnly(interval);
  }

  @Test
  void jitter_spreads_a_delay_in_both_directions() {
    Backoff wait = new Backoff(Duration.ofSeconds(100), 1, Duration.ofHours(1), 0.2);

    List<Duration> waits =
        Stream.generate(() -> wait.after(0, random)).limit(1000).sorted().toList();

    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(82));
    assertThat(waits.get(999)).isBetween(Duration.ofSeconds(118), Duration.ofSeconds(120));
  }

  @Test
  void a_delay_is_never_negative_or_above_the_maximum() {
    for (int i = 0; i < 10_000; i++) {
      Duration first = Duration.ofNanos(1 + random.nextLong(Long.MAX_VALUE));
      Duration longest = first.plusSeconds(random.nextLong(Long.MAX_VALUE / 2));
      Backoff wait =
          new Backoff(first, 1 + random.nextDouble() * 1000, longest, random.nextDouble());

      Duration result = wait.after(random.nextInt(Integer.MAX_VALUE), random);

      assertThat(result).as(wait.toString()).isBetween(Duration.ZERO, longest);
    }
  }

  @Test
  void the_maximum_duration_does_not_overflow() {
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);
    Backoff wait = new Backoff(Duration.ofNanos(1), Double.MAX_VALUE, forever, 0);

    Duration result = wait.after(Integer.MAX_VALUE, random);

    assertThat(result).isEqualTo(forever);
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void invalid_parameters_are_rejected_by_name(
      Duration first, double growth, Duration longest, double jitter, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Backoff(first, growth, longest, jitter))
        .withMessageStartingWith(named);
  }

  static Stream<Arguments> impossible() {
    Duration second = Duration.ofSeconds(1);
    Duration hour = Duration.ofHours(1);
    return Stream.of(
        Arguments.of(Duration.ZERO, 2.0, hour, 0.1, "first"),
        Arguments.of(second.negated(), 2.0, hour, 0.1, "first"),
        Arguments.of(second, 0.99, hour, 0.1, "growth"),
        Arguments.of(second, Double.NaN, hour, 0.1, "growth"),
        Arguments.of(second, Double.POSITIVE_INFINITY, hour, 0.1, "growth"),
        Arguments.of(hour, 2.0, second, 0.1, "longest"),
        Arguments.of(second, 2.0, hour, -0.1, "jitter"),
        Arguments.of(second, 2.0, hour, 1.0, "jitter"),
        Arguments.of(second, 2.0, hour, Double.NaN, "jitter"));
  }

  @ParameterizedTest
  @CsvSource({"-1", "-2147483648"})
  void a_negative_number_of_delays_is_rejected(int earlierWaits) {
    Duration second = Duration.ofSeconds(1);
    Backoff wait = new Backoff(second, 1, second, 0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> wait.after(earlierWaits, random))
        .withMessageContaining("earlierWaits");
  }
}
