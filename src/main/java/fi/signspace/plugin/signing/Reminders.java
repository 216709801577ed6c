package fi.signspace.plugin.signing;

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
}
