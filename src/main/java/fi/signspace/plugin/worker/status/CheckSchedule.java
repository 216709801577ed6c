package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.signing.StatusCheckInterval;
import fi.signspace.plugin.worker.task.IncidentException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When the next completion check is due: growing waits, or the fixed interval that a process asks
 * for.
 */
public final class CheckSchedule {

  /** After the due date, so that the check surely finds it passed. */
  private static final Duration AFTER_DUE_DATE = Duration.ofSeconds(1);

  private final Backoff waits;
  private final Duration doubtfulWait;
  private final RandomGenerator random;
  private final Clock clock;

  /**
   * @param doubtfulWait after an answer that cannot be believed
   */
  public CheckSchedule(Backoff waits, Duration doubtfulWait, RandomGenerator random, Clock clock) {
    this.waits = waits;
    this.doubtfulWait = doubtfulWait;
    this.random = random;
    this.clock = clock;
  }

  public Instant now() {
    return clock.instant();
  }

  /**
   * The moment of the next check. Growing waits do not pass over the due date.
   *
   * @param interval the fixed interval, ISO 8601, if the process has one
   * @param earlierWaits checks in a row that brought nothing new
   * @return ISO 8601, as a timer reads it
   */
  public String next(Optional<String> interval, int earlierWaits, @Nullable Instant dueAt) {
    return fixed(interval)
        .orElseGet(() -> notPastDueDate(now().plus(waits.after(earlierWaits, random)), dueAt))
        .toString();
  }

  /** The moment of the next check after an answer that cannot be believed. */
  String soon(Optional<String> interval) {
    return fixed(interval).orElseGet(() -> now().plus(doubtfulWait)).toString();
  }

  private Optional<Instant> fixed(Optional<String> interval) {
    return interval
        .filter(text -> !text.isBlank())
        .map(CheckSchedule::parse)
        .map(wait -> now().plus(wait));
  }

  private Instant notPastDueDate(Instant next, @Nullable Instant dueAt) {
    boolean passesOver = dueAt != null && dueAt.isAfter(now()) && dueAt.isBefore(next);
    return passesOver ? dueAt.plus(AFTER_DUE_DATE) : next;
  }

  private static Duration parse(String interval) {
    return StatusCheckInterval.parse(interval.strip())
        .orElseThrow(
            () ->
                new IncidentException(
                    "The variable statusCheckInterval is no ISO 8601 duration like PT10M. Correct it in Cockpit, then"
                        + " retry."));
  }
}
