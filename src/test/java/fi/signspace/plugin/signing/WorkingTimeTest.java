package fi.signspace.plugin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingTimeTest {

  private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
  private static final Set<DayOfWeek> WEEK = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final LocalTime EIGHT = LocalTime.of(8, 0);

  /** 6 April 2026 is Easter Monday. */
  private final WorkingTime office =
      new WorkingTime(HELSINKI, WEEK, EIGHT, LocalTime.of(17, 0), Set.of(LocalDate.of(2026, 4, 6)));

  @ParameterizedTest
  @CsvSource({
    "2026-04-01T12:00, 2026-04-01T12:00",
    "2026-04-01T08:00, 2026-04-01T08:00",
    "2026-04-01T07:59, 2026-04-01T08:00",
    "2026-04-01T16:59, 2026-04-01T16:59",
    "2026-04-01T17:00, 2026-04-02T08:00",
    "2026-04-01T23:00, 2026-04-02T08:00",
    "2026-04-03T17:30, 2026-04-07T08:00", // Friday evening before a holiday on Monday
    "2026-04-04T12:00, 2026-04-07T08:00",
    "2026-03-28T12:00, 2026-03-30T08:00" // the clocks change on Sunday
  })
  void other_times_are_moved_to_the_next_working_day(LocalDateTime given, LocalDateTime expected) {
    assertThat(office.orNext(given.atZone(HELSINKI).toInstant()))
        .isEqualTo(expected.atZone(HELSINKI).toInstant());
  }

  @Test
  void a_day_may_last_until_midnight() {
    WorkingTime always =
        new WorkingTime(
            HELSINKI,
            EnumSet.allOf(DayOfWeek.class),
            LocalTime.MIDNIGHT,
            LocalTime.MIDNIGHT,
            Set.of());
    var moment = LocalDateTime.parse("2026-04-05T23:59:59").atZone(HELSINKI).toInstant();

    assertThat(always.orNext(moment)).isEqualTo(moment);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-28T12:00, P1D, 2026-03-29T12:00",
    "2026-03-28T12:00, PT24H, 2026-03-29T12:00",
    "2026-03-28T03:30, P1D, 2026-03-29T04:30", // 03:30 does not exist on that day
    "2026-10-24T03:30, P1D, 2026-10-25T03:30", // and twice on this one
    "2026-10-24T12:00, P1DT2H, 2026-10-25T14:00",
    "2026-10-25T12:00, -P1D, 2026-10-24T12:00"
  })
  void a_day_is_a_day_of_the_calendar(LocalDateTime from, Duration time, LocalDateTime expected) {
    assertThat(office.plus(from.atZone(HELSINKI).toInstant(), time))
        .isEqualTo(expected.atZone(HELSINKI).toInstant());
  }

  @Test
  void a_working_time_without_a_minute_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkingTime(HELSINKI, Set.of(), EIGHT, LocalTime.NOON, Set.of()))
        .withMessage("there is no working day");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WorkingTime(HELSINKI, WEEK, EIGHT, EIGHT, Set.of()))
        .withMessage("a working day begins at 08:00 and ends at 08:00, which is not later");
  }
}
