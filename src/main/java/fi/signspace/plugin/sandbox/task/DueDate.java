package fi.signspace.plugin.sandbox.task;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Parses {@code due_date}: an ISO 8601 date (until its end) or date-time, by default in UTC. */
final class DueDate {

  private DueDate() {}

  /** Returns the first instant that is overdue; empty if the text is not an ISO 8601 date. */
  public static Optional<Instant> parse(String text) {
    try {
      TemporalAccessor parsed =
          (text.contains("T") ? DateTimeFormatter.ISO_DATE_TIME : DateTimeFormatter.ISO_LOCAL_DATE)
              .parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      return Optional.of(toInstant(parsed));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant toInstant(TemporalAccessor parsed) {
    if (parsed instanceof OffsetDateTime dateTime) {
      return dateTime.toInstant();
    }
    if (parsed instanceof LocalDateTime dateTime) {
      return dateTime.toInstant(ZoneOffset.UTC);
    }
    return LocalDate.from(parsed).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
