package fi.signspace.plugin.process;

import org.jspecify.annotations.Nullable;

/**
 * The notices of a request that have not been given yet: they are planned when it is sent. All
 * times are ISO 8601; null if there is none.
 *
 * @param remindersLeft how many reminders are left
 * @param reminderEvery the time between two of them
 * @param reminderAt when the next one is due
 * @param postponedTo when it is given instead, if that time was missed
 * @param dueSoonAt when the due date is near
 * @param overdueAt the due date
 * @param escalateAt when the request is escalated
 * @param escalateTo the group or user to whom
 */
public record Notices(
    int remindersLeft,
    @Nullable String reminderEvery,
    @Nullable String reminderAt,
    @Nullable String postponedTo,
    @Nullable String dueSoonAt,
    @Nullable String overdueAt,
    @Nullable String escalateAt,
    @Nullable String escalateTo) {

  /** When the next reminder is given. */
  public @Nullable String nextReminderAt() {
    return postponedTo == null ? reminderAt : postponedTo;
  }

  public Notices withReminderPostponedTo(String at) {
    return withReminder(remindersLeft, reminderAt, at);
  }

  /**
   * @param at when the next one is due; null if no more are left
   */
  public Notices withRemindersLeft(int left, @Nullable String at) {
    return withReminder(left, at, null);
  }

  private Notices withReminder(int left, @Nullable String at, @Nullable String postponed) {
    return new Notices(
        left,
        at == null ? null : reminderEvery,
        at,
        postponed,
        dueSoonAt,
        overdueAt,
        escalateAt,
        escalateTo);
  }

  public Notices withoutDueSoon() {
    return withDueDate(null, overdueAt);
  }

  /** Without the notices of the due date, before and after it. */
  public Notices withoutDueDate() {
    return withDueDate(null, null);
  }

  private Notices withDueDate(@Nullable String dueSoon, @Nullable String overdue) {
    return new Notices(
        remindersLeft,
        reminderEvery,
        reminderAt,
        postponedTo,
        dueSoon,
        overdue,
        escalateAt,
        escalateTo);
  }

  public Notices withoutEscalation() {
    return new Notices(
        remindersLeft, reminderEvery, reminderAt, postponedTo, dueSoonAt, overdueAt, null, null);
  }
}
