package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.GrowingWait;
import fi.signspace.plugin.signing.SignSpace;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits without chance, so that a test can say what they are. */
final class Schedules {

  /** No jitter, and nothing added. */
  static final RandomGenerator NO_CHANCE =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public double nextDouble() {
          return 0.5;
        }
      };

  private Schedules() {}

  /** 10 s, 20 s, 40 s … up to 5 min. */
  static GrowingWait doubling() {
    return new GrowingWait(Duration.ofSeconds(10), 2, Duration.ofMinutes(5), 0);
  }

  /** Six hours, five wrong responses. */
  static RetryLimit limit(SignSpace signSpace) {
    return limit(signSpace, Clock.systemUTC());
  }

  static RetryLimit limit(SignSpace signSpace, Clock clock) {
    return new RetryLimit(signSpace, clock, Duration.ofHours(6), 5);
  }

  static CheckSchedule checks(Clock clock) {
    return new CheckSchedule(doubling(), Duration.ofSeconds(7), NO_CHANCE, clock);
  }
}
