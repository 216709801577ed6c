package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.text.DisplayText;
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
import java.time.temporal.ChronoField;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the due date in all accepted formats. */
final class DueDate {

  private static final String DUE_DATE = "dueDate";

  /** ISO 8601; the offset may omit the colon, as Camunda writes it. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("-MM-dd")
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final int MAX_YEARS = 10;

  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  private DueDate() {}

  /** Returns the due date, which must be in the future; null if there is none. */
  static @Nullable Instant read(InputReader start, ValidationRules rules) {
    Object given = start.any(DUE_DATE);
    Object value = given instanceof String ? start.word(DUE_DATE) : given;
    if (value == null) {
      return null;
    }
    LocalDate today = LocalDate.now(rules.clock().withZone(rules.zone()));
    Object read = value instanceof String text ? parsed(text) : value;
    Instant dueDate = moment(read, rules.zone());
    problem(read, dueDate, today, rules)
        .ifPresent(
            problem -> start.problem(DUE_DATE, problem.formatted(DisplayText.quoted(value))));
    return dueDate;
  }

  /** Returns the problem, with a placeholder for the given value. */
  private static Optional<String> problem(
      Object read, @Nullable Instant dueDate, LocalDate today, ValidationRules rules) {
    LocalDate example = today.plusWeeks(2);
    if (dueDate == null && read instanceof LocalDateTime local) {
      boolean exists = !rules.zone().getRules().getValidOffsets(local).isEmpty();
      return Optional.of(
          "The due date %%s %s in %s; add an offset, like %s."
              .formatted(
                  exists ? "is ambiguous" : "does not exist",
                  rules.zone(),
                  rules.zone().getRules().getTransition(local).getOffsetAfter()));
    }
    if (dueDate == null) {
      return Optional.of(
          "%%s is not a date; write it like %s or %sT16:00.".formatted(example, example));
    }
    if (!dueDate.isAfter(rules.clock().instant())) {
      return Optional.of(
          "The due date %%s has passed; choose a later date, such as %s.".formatted(example));
    }
    LocalDate last = today.plusYears(MAX_YEARS);
    return dueDate.isAfter(last.atTime(END_OF_DAY).atZone(rules.zone()).toInstant())
        ? Optional.of(
            "The due date %%s is more than %s years ahead; choose one until %s."
                .formatted(MAX_YEARS, last))
        : Optional.empty();
  }

  /**
   * Converts a parsed value to an instant.
   *
   * @param zone for a date, which means its end, and for a date and time without offset
   * @return null if the value denotes no instant, or more than one
   */
  @SuppressWarnings("JavaUtilDate") // what an engine's Date variable holds
  private static @Nullable Instant moment(Object read, ZoneId zone) {
    if (read instanceof Instant instant) {
      return instant;
    }
    if (read instanceof Date date) {
      // Not toInstant: java.sql.Date refuses it.
      return Instant.ofEpochMilli(date.getTime());
    }
    if (read instanceof OffsetDateTime moment) {
      return moment.toInstant();
    }
    if (read instanceof LocalDate date) {
      return date.atTime(END_OF_DAY).atZone(zone).toInstant();
    }
    return read instanceof LocalDateTime local && zone.getRules().getValidOffsets(local).size() == 1
        ? local.atZone(zone).toInstant()
        : null;
  }

  /** Returns the parsed date; the text itself if it is not a date. */
  private static Object parsed(String text) {
    try {
      return ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    } catch (DateTimeException e) {
      return text;
    }
  }
}
