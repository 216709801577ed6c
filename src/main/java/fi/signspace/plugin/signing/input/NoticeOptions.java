package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.text.DisplayText;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The notices that a caller has chosen; null values follow the configuration of the installation.
 *
 * @param escalateAfter the time before the due date, or after the sending if there is none
 * @param escalateTo the id of a group or user; null if {@code escalateAfter} is
 */
public record NoticeOptions(
    @Nullable Duration firstAfter,
    @Nullable Duration every,
    @Nullable Integer atMost,
    @Nullable Duration escalateAfter,
    @Nullable String escalateTo) {

  private static final String REMINDERS = StartOption.REMINDERS.variable();
  private static final String AFTER = StartOption.ESCALATE_AFTER.variable();
  private static final String TO = StartOption.ESCALATE_TO.variable();
  private static final String FIRST_AFTER = "firstAfter";
  private static final String EVERY = "every";
  private static final String AT_MOST = "atMost";
  private static final Set<String> NAMES = Set.of(FIRST_AFTER, EVERY, AT_MOST);

  static NoticeOptions read(InputReader start) {
    Map<?, ?> given = start.object(REMINDERS);
    InputReader reminders = start.inside(given, REMINDERS, "Reminders");
    for (String name : reminders.names()) {
      if (!NAMES.contains(name)) {
        reminders.problem(
            name,
            "%s is not known; write firstAfter, every or atMost."
                .formatted(DisplayText.quoted(name)));
      }
    }
    Duration every = reminders.duration(EVERY, "a time between two reminders");
    Integer atMost = reminders.count(AT_MOST, Reminders.MAX);
    if (every != null && atMost != null && atMost > Reminders.max(every)) {
      reminders.problem(
          AT_MOST,
          "With less than an hour between them there are at most %s; write PT1H or more as every, or fewer."
              .formatted(Reminders.max(every)));
    }
    Duration after = start.duration(AFTER, "the time of an escalation");
    String to = start.word(TO);
    if (after != null && start.isAbsent(TO)) {
      start.problem(
          TO,
          "escalateTo is missing; name the group or the user to whom the request is escalated.");
    }
    if (to != null && start.isAbsent(AFTER)) {
      start.problem(
          AFTER,
          "escalateAfter is missing; write P2D for two days before the due date, or after the sending if there is none.");
    }
    boolean isComplete = after != null && to != null;
    return new NoticeOptions(
        reminders.duration(FIRST_AFTER, "the time of the first reminder"),
        every,
        atMost,
        isComplete ? after : null,
        isComplete ? to : null);
  }

  /** Completes the reminders. */
  public Reminders reminders(Reminders defaults) {
    Duration interval = Objects.requireNonNullElse(every, defaults.every());
    return new Reminders(
        Objects.requireNonNullElse(firstAfter, defaults.firstAfter()),
        interval,
        Math.min(Objects.requireNonNullElse(atMost, defaults.atMost()), Reminders.max(interval)));
  }
}
