package fi.signspace.plugin.signing.input;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The start variable {@code statusCheckInterval}: the fixed time between two status checks. */
public final class StatusCheckInterval {

  static final Duration MIN = Duration.ofSeconds(1);
  static final Duration MAX = Duration.ofDays(365);

  /** ISO 8601 has weeks, {@link Duration} does not. */
  private static final Pattern WEEKS = Pattern.compile("P([0-9]{1,3})W", Pattern.CASE_INSENSITIVE);

  private StatusCheckInterval() {}

  /**
   * Parses an ISO 8601 duration from one second to 365 days; empty if invalid. Months and years
   * have no fixed length and are rejected.
   */
  public static Optional<Duration> parse(String text) {
    try {
      Matcher weeks = WEEKS.matcher(text);
      Duration interval =
          weeks.matches()
              ? Duration.ofDays(7 * Long.parseLong(weeks.group(1)))
              : Duration.parse(text);
      return Optional.of(interval).filter(i -> i.compareTo(MIN) >= 0 && i.compareTo(MAX) <= 0);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
