package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.GrowingWait;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits without chance, so that a test can say what they are. */
final class Schedules {

  /** In the middle of every range. */
  static final RandomGenerator NO_CHANCE = () -> 0;

  private Schedules() {}

  /** 10 s, 20 s, 40 s … up to 5 min. */
  static GrowingWait doubling() {
    return new GrowingWait(Duration.ofSeconds(10), 2, Duration.ofMinutes(5), 0);
  }

  static CheckSchedule checks(Clock clock) {
    return new CheckSchedule(doubling(), NO_CHANCE, clock);
  }
}
