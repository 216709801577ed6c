package fi.signspace.plugin.signspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses timestamps in SignSpace's responses. The guide leaves their format open: ISO 8601 with or
 * without a zone (default UTC), a date (start of day), seconds or milliseconds since 1970.
 */
final class LenientDateParser {

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendPattern("[XXXXX][XXXX][X]")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** 20 November 2286 in seconds; larger numbers are milliseconds. */
  private static final double LAST_SECOND = 1e10;

  private LenientDateParser() {}

  /** The instant, or null if it cannot be parsed: a call never fails because of a date. */
  static @Nullable Instant read(JsonNode node) {
    JsonNode date = node.isObject() ? node.path("$date") : node;
    try {
      String text = date.isNumber() ? date.decimalValue().toPlainString() : date.asText("").strip();
      return text.matches("\\d{6,13}(\\.\\d+)?") ? sinceEpoch(text) : iso(text);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private static Instant sinceEpoch(String text) {
    double number = Double.parseDouble(text);
    return Instant.ofEpochMilli(Math.round(number < LAST_SECOND ? number * 1000 : number));
  }

  private static Instant iso(String text) {
    TemporalAccessor moment =
        ISO.parseBest(
            text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (moment instanceof OffsetDateTime zoned) {
      return zoned.toInstant();
    }
    if (moment instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC);
    }
    return LocalDate.from(moment).atStartOfDay().toInstant(ZoneOffset.UTC);
  }
}
