package fi.signspace.plugin.signspace.http;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.testkit.SettableClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      textBlock =
          """
          120,                                 PT2M
          ' 0 ',                               PT0S
          'Sun, 01 Mar 2026 12:01:30 GMT',     PT1M30S
          'Sun, 01 Mar 2026 11:00:00 GMT',     PT0S
          -5,                                  none
          99999999999999999999,                none
          soon,                                none
          '',                                  none
          none,                                none
          """)
  void seconds_and_dates_are_parsed(@Nullable String header, @Nullable Duration wait) {
    assertThat(RetryAfter.read(header, new SettableClock())).isEqualTo(wait);
  }
}
