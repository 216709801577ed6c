package fi.signspace.plugin.access.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyWaitsTest {

  private static final int THREADS = 8;

  @ParameterizedTest
  @CsvSource({
    // a good connection that stalls
    "0, 0, PT9S, PT9S, false",
    "0, 1000000, PT11S, PT11S, true",
    // a byte every second
    "0, 9, PT9S, PT1S, false",
    "0, 11, PT11S, PT1S, true",
    // 1 Mbit/s, and 60 MB of it in Base64
    "0, 2500000, PT20S, PT0.1S, false",
    "0, 80000000, PT10M40S, PT0.1S, false",
    "0, 2000000000, PT15M1S, PT0S, true",
    // half of the threads are free
    "4, 9, PT9S, PT1S, false",
    // not even half of the threads are free
    "5, 9, PT9S, PT1S, true",
    "5, 9, PT0.09S, PT0.09S, false",
    "5, 9, PT0.2S, PT0.05S, true",
    "5, 2500000, PT2S, PT0.1S, false"
  })
  void a_body_may_be_slow_until_threads_are_needed(
      int waiting, long received, Duration waited, Duration idle, boolean isTooSlow) {
    BodyWaits waits = new BodyWaits(THREADS);

    for (int i = 0; i < waiting; i++) {
      waits.begin();
    }

    assertThat(waits.isTooSlow(received, waited, idle)).isEqualTo(isTooSlow);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 200000000, PT20S, PT0.4S, true",
    "0, 200000000, PT31S, PT0S, false",
    "0, 100000, PT1S, PT0.6S, false",
    "0, 10, PT0.4S, PT0.1S, true",
    "0, 10, PT0.6S, PT0.1S, false",
    "5, 100, PT0.1S, PT0S, true",
    "5, 100, PT0.1S, PT0.001S, false",
    "5, 3000000, PT0.1S, PT0S, false"
  })
  void the_rest_of_a_rejected_body_is_read_only_if_it_arrives_fast(
      int waiting, long discarded, Duration since, Duration idle, boolean mayGoOn) {
    BodyWaits waits = new BodyWaits(THREADS);

    for (int i = 0; i < waiting; i++) {
      waits.begin();
    }

    assertThat(waits.mayDiscard(discarded, since, idle)).isEqualTo(mayGoOn);
  }
}
