package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.signing.input.StatusCheckInterval;
import fi.signspace.plugin.signing.text.TextRules;
import fi.signspace.plugin.worker.task.IncidentException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Schedules the next status check: with backoff, or with the fixed interval of the process. */
public final class CheckSchedule {

  /** Delay after the due date, so that the check is certain to find it passed. */
  private static final Duration AFTER_DUE_DATE = Duration.ofSeconds(1);

  private final Backoff backoff;
  private final Duration unconfirmedDelay;
  private final RandomGenerator random;
  private final Clock clock;

  /**
   * @param unconfirmedDelay the delay after an implausible response
   */
  public CheckSchedule(
      Backoff backoff, Duration unconfirmedDelay, RandomGenerator random, Clock clock) {
    this.backoff = backoff;
    this.unconfirmedDelay = unconfirmedDelay;
    this.random = random;
    this.clock = clock;
  }

  public Instant now() {
    return clock.instant();
  }

  /**
   * The time of the next check. A backoff ends at the due date.
   *
   * @param interval the fixed interval, ISO 8601, if the process has one
   * @param unchangedChecks consecutive checks without a change
   * @return ISO 8601, for a timer
   */
  public String next(Optional<String> interval, int unchangedChecks, @Nullable Instant dueAt) {
    return fixed(interval)
        .orElseGet(() -> notPastDueDate(now().plus(backoff.after(unchangedChecks, random)), dueAt))
        .toString();
  }

  /** The time of the next check after an implausible response. */
  String soon(Optional<String> interval) {
    return fixed(interval).orElseGet(() -> now().plus(unconfirmedDelay)).toString();
  }

  private Optional<Instant> fixed(Optional<String> interval) {
    return interval
        .map(TextRules::stripped)
        .filter(text -> !text.isEmpty())
        .map(CheckSchedule::parse)
        .map(wait -> now().plus(wait));
  }

  private Instant notPastDueDate(Instant next, @Nullable Instant dueAt) {
    boolean skipsDueDate = dueAt != null && dueAt.isAfter(now()) && dueAt.isBefore(next);
    return skipsDueDate ? dueAt.plus(AFTER_DUE_DATE) : next;
  }

  private static Duration parse(String interval) {
    return StatusCheckInterval.parse(interval)
        .orElseThrow(
            () ->
                new IncidentException(
                    "The variable statusCheckInterval is not an ISO 8601 duration such as PT10M. Correct it in Cockpit, then"
                        + " retry."));
  }
}
