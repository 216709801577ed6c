package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.execution.RetryLimit;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Deterministic delays. */
public final class Schedules {

  /** No jitter, and nothing added. */
  public static final RandomGenerator NO_CHANCE =
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
  public static Backoff doubling() {
    return new Backoff(Duration.ofSeconds(10), 2, Duration.ofMinutes(5), 0);
  }

  /** Six hours, five wrong responses. */
  public static RetryLimit limit(SignSpace signSpace) {
    return limit(signSpace, Clock.systemUTC());
  }

  public static RetryLimit limit(SignSpace signSpace, Clock clock) {
    return new RetryLimit(signSpace, clock, Duration.ofHours(6), 5);
  }

  /** The defaults, in Helsinki; 6 and 7 April 2026 are holidays. */
  public static NoticeSchedule notices(Clock clock) {
    return new NoticeSchedule(
        new ReminderProperties(Duration.ofDays(3), Duration.ofDays(2), 5, Duration.ofDays(2)),
        new WorkingTimeProperties(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalTime.of(8, 0),
            LocalTime.of(17, 0),
            Set.of(LocalDate.of(2026, 4, 6), LocalDate.of(2026, 4, 7))),
        ZoneId.of("Europe/Helsinki"),
        NO_CHANCE,
        clock);
  }

  public static CheckSchedule checks(Clock clock) {
    return new CheckSchedule(doubling(), Duration.ofSeconds(7), NO_CHANCE, clock);
  }
}
