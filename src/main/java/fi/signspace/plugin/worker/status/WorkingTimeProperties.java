package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.WorkingTime;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.format.annotation.DateTimeFormat;

/**
 * When people get notices ({@code signspace.working-time.*}), in the time zone of due dates.
 *
 * @param days the working days
 * @param from when a working day begins
 * @param to when it ends; 00:00 for midnight
 * @param holidays dates on which no one works, such as 2026-12-06
 */
@ConfigurationProperties("signspace.working-time")
public record WorkingTimeProperties(
    @DefaultValue("MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY") Set<DayOfWeek> days,
    @DefaultValue("08:00") @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) LocalTime from,
    @DefaultValue("17:00") @DateTimeFormat(iso = DateTimeFormat.ISO.TIME) LocalTime to,
    @DefaultValue @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) Set<LocalDate> holidays) {

  WorkingTime in(ZoneId zone) {
    try {
      return new WorkingTime(zone, days, from, to, holidays);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("signspace.working-time: " + e.getMessage(), e);
    }
  }
}
