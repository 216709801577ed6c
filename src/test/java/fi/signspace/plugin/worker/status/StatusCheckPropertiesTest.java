package fi.signspace.plugin.worker.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusCheckPropertiesTest {

  @Test
  void checks_are_rare_with_sweeps() {
    assertThat(properties(null).backoff(true).longest()).isEqualTo(Duration.ofHours(12));
    assertThat(properties(null).backoff(false).longest()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void contradictory_delays_are_rejected_with_their_names() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> properties(Duration.ofHours(2)).backoff(false))
        .withMessage(
            "signspace.status-check.longest-wait is PT1H and must not be shorter than first-wait, which is PT2H");
  }

  private static StatusCheckProperties properties(@Nullable Duration firstWait) {
    return new StatusCheckProperties(firstWait, 1.5, null, 0.1, 4, Duration.ofDays(1), 100);
  }
}
