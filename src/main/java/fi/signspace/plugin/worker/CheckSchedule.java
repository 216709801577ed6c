package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.GrowingWait;
import fi.signspace.plugin.signing.StatusCheckInterval;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When the next completion check is due: growing waits, or the fixed interval that a process asks
 * for.
 */
final class CheckSchedule {

  private final GrowingWait waits;
  private final RandomGenerator random;
  private final Clock clock;

  CheckSchedule(GrowingWait waits, RandomGenerator random, Clock clock) {
    this.waits = waits;
    this.random = random;
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /**
   * The moment of the next check.
   *
   * @param interval the fixed interval, ISO 8601, if the process has one
   * @param earlierWaits checks in a row that brought nothing new
   * @return ISO 8601, as a timer reads it
   */
  String next(Optional<String> interval, int earlierWaits) {
    Duration wait =
        interval
            .filter(text -> !text.isBlank())
            .map(CheckSchedule::parse)
            .orElseGet(() -> waits.after(earlierWaits, random));
    return now().plus(wait).toString();
  }

  private static Duration parse(String interval) {
    return StatusCheckInterval.parse(interval.strip())
        .orElseThrow(
            () ->
                new NeedsAdminException(
                    "The variable statusCheckInterval is no ISO 8601 duration like PT10M. Correct it in Cockpit, then"
                        + " retry."));
  }
}
