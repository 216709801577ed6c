package fi.signspace.plugin.worker.status;

import static fi.signspace.plugin.signing.status.SigningPhase.AWAITING;

import fi.signspace.plugin.process.Notice;
import fi.signspace.plugin.process.Notices;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.WorkingTime;
import fi.signspace.plugin.signing.input.NoticeOptions;
import fi.signspace.plugin.signing.input.Reminders;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.signing.status.StatusRules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plans the notices of a request when it is sent, and says after each check which one is due. A
 * check gives one notice at most; it is given once, since its completion and the sealed state that
 * no longer plans it are one transaction of the engine.
 */
public final class NoticeSchedule {

  /** A reminder that is later than this was missed, such as during an outage. */
  private static final Duration MISSED_AFTER = Duration.ofHours(1);

  /** Missed reminders are spread over this time, so that not all are given in the same minute. */
  private static final Duration SPREAD = Duration.ofMinutes(30);

  private final Reminders defaults;
  private final Duration dueSoon;
  private final WorkingTime workingTime;
  private final RandomGenerator random;
  private final Clock clock;

  public NoticeSchedule(
      ReminderProperties reminders,
      WorkingTimeProperties workingTime,
      ZoneId zone,
      RandomGenerator random,
      Clock clock) {
    this.defaults = reminders.reminders();
    this.dueSoon = reminders.dueSoon();
    this.workingTime = workingTime.in(zone);
    this.random = random;
    this.clock = clock;
  }

  /** Plans the notices of a request that is sent now. */
  public Notices plan(NoticeOptions options, @Nullable Instant dueAt) {
    Instant now = clock.instant();
    Reminders reminders = options.reminders(defaults);
    boolean isReminded = reminders.atMost() > 0;
    Instant first = workingTime.plus(now, reminders.firstAfter());
    return new Notices(
        reminders.atMost(),
        isReminded ? reminders.every().toString() : null,
        isReminded ? workingTime.orNext(first).toString() : null,
        null,
        dueAt == null || dueSoon.isZero() ? null : text(dueSoonAt(dueAt, now)),
        text(dueAt),
        text(escalateAt(options.escalateAfter(), dueAt, now)),
        options.escalateTo());
  }

  private @Nullable Instant dueSoonAt(Instant dueAt, Instant now) {
    Instant at = beforeDueDate(dueAt, dueSoon);
    return at.isAfter(now) ? at : null;
  }

  private @Nullable Instant escalateAt(
      @Nullable Duration after, @Nullable Instant dueAt, Instant now) {
    if (after == null) {
      return null;
    }
    return dueAt == null
        ? workingTime.orNext(workingTime.plus(now, after))
        : beforeDueDate(dueAt, after);
  }

  /** A time before the due date in working time, if there is one until then. */
  private Instant beforeDueDate(Instant dueAt, Duration before) {
    Instant at = workingTime.plus(dueAt, before.negated());
    Instant working = workingTime.orNext(at);
    return working.isBefore(dueAt) ? working : at;
  }

  /**
   * What a check has found.
   *
   * @param givesNotices whether the model acts on the notice of this check
   * @param isShown whether SignSpace has shown the request
   * @param phaseBefore the phase found by the previous check
   * @param statusBefore the status found by the previous check
   */
  public record Finding(
      boolean givesNotices,
      boolean isShown,
      SigningPhase phase,
      String status,
      String phaseBefore,
      String statusBefore) {

    private boolean isOverdue() {
      return status.equals(SigningStatus.OVERDUE.text());
    }

    /** A request is still followed if someone decides to keep waiting while it is on hold. */
    private boolean isAwaiting() {
      return phase == AWAITING && StatusRules.isSignable(status);
    }

    /** A request that was on hold or cancelled until now is followed as if it had been sent now. */
    private boolean wasAwaiting() {
      return isAwaiting()
          && phaseBefore.equals(AWAITING.text())
          && StatusRules.isSignable(statusBefore);
    }
  }

  /** A request that has just been sent. */
  public static final Finding SENT = new Finding(false, true, AWAITING, "", AWAITING.text(), "");

  /**
   * The notices after a check.
   *
   * @param left those that have not been given
   * @param given null if none is due
   */
  public record Result(Notices left, @Nullable Notice given) {}

  /**
   * The reminder that a caller has asked for, besides those that are planned; empty if no signature
   * is missing, or if it was asked for too long ago, such as before an outage.
   */
  Optional<Result> requested(Notices planned, Finding found, String at) {
    return found.givesNotices() && found.isShown() && found.isAwaiting() && isRecent(at)
        ? Optional.of(new Result(planned, Notice.REMINDED))
        : Optional.empty();
  }

  private boolean isRecent(String time) {
    try {
      Duration age = Duration.between(Instant.parse(time), clock.instant());
      return age.abs().compareTo(MISSED_AFTER) < 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  Result after(Notices planned, Finding found) {
    Notices current = found.wasAwaiting() ? planned : withoutMissed(planned);
    if (!found.givesNotices() || !found.isShown() || found.phase() == SigningPhase.SIGNED) {
      return new Result(current, null);
    }
    if (isDue(current.escalateAt())) {
      return new Result(current.withoutEscalation(), Notice.ESCALATED);
    }
    if (isDue(current.overdueAt()) && found.isOverdue()) {
      return new Result(current.withoutDueDate(), Notice.OVERDUE);
    }
    if (found.isAwaiting() && isDue(current.dueSoonAt()) && !isDue(current.overdueAt())) {
      return new Result(current.withoutDueSoon(), Notice.DUE_SOON);
    }
    return found.wasAwaiting() && isDue(current.nextReminderAt())
        ? reminder(current)
        : new Result(current, null);
  }

  private Result reminder(Notices planned) {
    Instant at = Instant.parse(planned.nextReminderAt());
    if (at.plus(MISSED_AFTER).isBefore(clock.instant())) {
      Instant later = clock.instant().plusMillis(random.nextLong(SPREAD.toMillis()));
      String postponedTo = workingTime.orNext(later).toString();
      return new Result(planned.withReminderPostponedTo(postponedTo), null);
    }
    int left = planned.remindersLeft() - 1;
    String next = left == 0 ? null : nextReminder(planned);
    return new Result(planned.withRemindersLeft(left, next), Notice.REMINDED);
  }

  /** No one is reminded because of a time at which the request could not be signed. */
  private Notices withoutMissed(Notices planned) {
    return isDue(planned.reminderAt())
        ? planned.withRemindersLeft(planned.remindersLeft(), nextReminder(planned))
        : planned;
  }

  /** The next regular time in the future. */
  private @Nullable String nextReminder(Notices planned) {
    if (planned.reminderAt() == null || planned.reminderEvery() == null) {
      return null;
    }
    Instant last = Instant.parse(planned.reminderAt());
    Duration every = Duration.parse(planned.reminderEvery());
    long times = Math.max(1, Duration.between(last, clock.instant()).dividedBy(every));
    Instant next = workingTime.plus(last, every.multipliedBy(times));
    while (!next.isAfter(clock.instant())) {
      times++;
      next = workingTime.plus(last, every.multipliedBy(times));
    }
    return workingTime.orNext(next).toString();
  }

  /**
   * When the next notice is due; empty for none. What a check could have given but has not is due
   * again with the next check.
   *
   * @param nextCheckAt when that is
   */
  public String nextNoticeAt(Result notices, Finding found, String nextCheckAt) {
    Notices left = notices.left();
    Stream<@Nullable String> always =
        Stream.of(left.escalateAt(), found.isOverdue() ? left.overdueAt() : null);
    Stream<@Nullable String> awaiting =
        found.isAwaiting()
            ? Stream.of(left.overdueAt(), left.dueSoonAt(), left.nextReminderAt())
            : Stream.of();
    Optional<Instant> next =
        Stream.concat(always, awaiting)
            .flatMap(Stream::ofNullable)
            .map(Instant::parse)
            .min(Comparator.naturalOrder());
    boolean isRepeated =
        found.givesNotices() && notices.given() == null && next.filter(this::isPast).isPresent();
    return isRepeated ? nextCheckAt : next.map(Instant::toString).orElse("");
  }

  private boolean isDue(@Nullable String time) {
    return time != null && isPast(Instant.parse(time));
  }

  private boolean isPast(Instant time) {
    return !time.isAfter(clock.instant());
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }
}
