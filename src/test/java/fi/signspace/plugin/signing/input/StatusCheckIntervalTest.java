package fi.signspace.plugin.signing.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCheckIntervalTest {

  @ParameterizedTest
  @CsvSource({
    "PT1S, PT1S",
    "PT1.5S, PT1.5S",
    "PT30M, PT30M",
    "pt6h, PT6H",
    "P1DT12H, PT36H",
    "P2W, P14D",
    "P365D, P365D"
  })
  void an_iso8601_duration_is_parsed(String text, Duration expected) {
    Optional<Duration> interval = StatusCheckInterval.parse(text);

    assertThat(interval).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PT0S",
        "PT0.999S",
        "-PT5M",
        "P365DT1S",
        "P53W",
        "P0W",
        "P1M",
        "P1Y",
        "PT99999999999999999999H",
        "R3/PT10M",
        "30",
        ""
      })
  void an_invalid_interval_is_rejected(String text) {
    Optional<Duration> interval = StatusCheckInterval.parse(text);

    assertThat(interval).isEmpty();
  }
}
