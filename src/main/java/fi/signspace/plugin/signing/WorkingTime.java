package fi.signspace.plugin.signing;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * The hours in which people work, and in which alone they get notices.
 *
 * @param from when a working day begins
 * @param to when it ends; midnight for the end of the day
 * @param holidays days on which no one works
 */
public record WorkingTime(
    ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to, Set<LocalDate> holidays) {

  public WorkingTime {
    if (days.isEmpty()) {
      throw new IllegalArgumentException("there is no working day");
    }
    if (!from.isBefore(to) && !to.equals(LocalTime.MIDNIGHT)) {
      throw new IllegalArgumentException(
          "a working day begins at %s and ends at %s, which is not later".formatted(from, to));
    }
    days = Set.copyOf(days);
    holidays = Set.copyOf(holidays);
  }

  /** Returns the same moment if people work then, otherwise the beginning of their next day. */
  public Instant orNext(Instant moment) {
    ZonedDateTime at = moment.atZone(zone);
    if (isWorkingDay(at.toLocalDate())) {
      if (at.toLocalTime().isBefore(from)) {
        return at.with(from).toInstant();
      }
      if (to.equals(LocalTime.MIDNIGHT) || at.toLocalTime().isBefore(to)) {
        return moment;
      }
    }
    LocalDate day = at.toLocalDate().plusDays(1);
    while (!isWorkingDay(day)) {
      day = day.plusDays(1);
    }
    return day.atTime(from).atZone(zone).toInstant();
  }

  /**
   * Adds a time whose days are days of the calendar: the local time stays the same when the clocks
   * change. {@code PT24H} is such a day, too.
   */
  public Instant plus(Instant moment, Duration time) {
    return moment
        .atZone(zone)
        .plusDays(time.toDays())
        .plus(time.minusDays(time.toDays()))
        .toInstant();
  }

  private boolean isWorkingDay(LocalDate day) {
    return days.contains(day.getDayOfWeek()) && !holidays.contains(day);
  }
}
