package fi.signspace.plugin.signing.input;

import java.time.Duration;

/**
 * When people are reminded of missing signatures.
 *
 * @param firstAfter the time from the sending to the first reminder
 * @param every the time between two reminders
 * @param atMost how many there are; 0 for none
 */
public record Reminders(Duration firstAfter, Duration every, int atMost) {

  /** The maximum number of reminders of a request. */
  public static final int MAX = 100;

  /** The maximum number if less than an hour is between two, since each sends mails. */
  static final int MAX_WITHIN_HOURS = 10;

  static int max(Duration every) {
    return every.compareTo(Duration.ofHours(1)) < 0 ? MAX_WITHIN_HOURS : MAX;
  }
}
