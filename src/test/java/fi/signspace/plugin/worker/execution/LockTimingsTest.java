package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.signing.SignSpace;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockTimingsTest {

  private static final Duration POLLING = Duration.ofSeconds(20);
  private static final Duration SETTLE = Duration.ofSeconds(60);

  private final SignSpace signSpace = mock();

  @BeforeEach
  void set_up_the_longest_call() {
    when(signSpace.longestCall()).thenReturn(Duration.ofSeconds(50));
  }

  @Test
  void every_duration_derives_from_the_longest_call() {
    LockTimings times = LockTimings.of(signSpace, null, POLLING, SETTLE);

    assertThat(times.lock()).isEqualTo(Duration.ofSeconds(80));
    assertThat(times.lockForOneCall()).isEqualTo(Duration.ofSeconds(60));
    assertThat(times.settledAfter(Instant.EPOCH)).isEqualTo(Instant.ofEpochSecond(120));
  }

  @Test
  void a_lock_that_exceeds_a_call_by_exactly_the_margin_is_accepted() {
    LockTimings times = LockTimings.of(signSpace, Duration.ofSeconds(60), POLLING, SETTLE);

    assertThat(times.lock()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void a_lock_that_is_too_short_is_rejected_with_the_name_of_its_property() {
    assertThatThrownBy(() -> LockTimings.of(signSpace, Duration.ofMillis(59_999), POLLING, SETTLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signspace.worker.lock-duration")
        .hasMessageContaining("set it to PT1M or more");
  }

  @Test
  void a_negative_settle_time_is_rejected_with_the_name_of_its_property() {
    assertThatThrownBy(() -> LockTimings.of(signSpace, null, POLLING, Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signspace.worker.settle-time");
  }
}
