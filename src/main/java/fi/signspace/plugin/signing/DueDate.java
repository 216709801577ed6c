package fi.signspace.plugin.signing;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the due date in every form that callers have. */
final class DueDate {

  private static final String DUE_DATE = "dueDate";

  /** ISO 8601; the offset also without its colon, as Camunda writes it. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  private DueDate() {}

  /** The moment that is meant; null if there is none. It has to be still to come. */
  static @Nullable Instant read(Values start, ValidationRules rules) {
    Object value = start.any(DUE_DATE);
    if (value == null) {
      return null;
    }
    LocalDate example = LocalDate.now(rules.clock().withZone(rules.zone())).plusWeeks(2);
    Instant dueDate = moment(value, rules.zone()).orElse(null);
    if (dueDate == null) {
      start.problem(
          DUE_DATE,
          "%s is not a date; write it like %s or %sT16:00."
              .formatted(Words.quoted(value), example, example));
    } else if (!dueDate.isAfter(rules.clock().instant())) {
      start.problem(
          DUE_DATE,
          "The due date %s has passed; choose one to come, like %s."
              .formatted(Words.quoted(value), example));
    }
    return dueDate;
  }

  /**
   * Reads one value.
   *
   * @param zone for a date, which lasts until its end, and for a date and time without offset
   */
  @SuppressWarnings("JavaUtilDate") // what an engine's Date variable holds
  private static Optional<Instant> moment(Object value, ZoneId zone) {
    if (value instanceof Instant instant) {
      return Optional.of(instant);
    }
    if (value instanceof Date date) {
      // Not toInstant: java.sql.Date refuses it.
      return Optional.of(Instant.ofEpochMilli(date.getTime()));
    }
    return value instanceof String text ? parse(text, zone) : Optional.empty();
  }

  private static Optional<Instant> parse(String text, ZoneId zone) {
    try {
      TemporalAccessor parsed =
          ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      if (parsed instanceof OffsetDateTime moment) {
        return Optional.of(moment.toInstant());
      }
      LocalDateTime local =
          parsed instanceof LocalDateTime dateTime
              ? dateTime
              : ((LocalDate) parsed).atTime(END_OF_DAY);
      return Optional.of(local.atZone(zone).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
