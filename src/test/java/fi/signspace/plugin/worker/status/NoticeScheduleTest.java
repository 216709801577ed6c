package fi.signspace.plugin.worker.status;

import static fi.signspace.plugin.signing.status.SigningPhase.AWAITING;
import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.Notice;
import fi.signspace.plugin.process.Notices;
import fi.signspace.plugin.signing.input.NoticeOptions;
import fi.signspace.plugin.signing.status.SigningPhase;
import fi.signspace.plugin.testkit.SettableClock;
import fi.signspace.plugin.worker.status.NoticeSchedule.Finding;
import fi.signspace.plugin.worker.status.NoticeSchedule.Result;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeScheduleTest {

  private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");

  /** A Monday. */
  private static final Instant SENT = at("2026-03-02T10:00");

  private static final Finding OPEN = finding(AWAITING, "in_progress");

  private final SettableClock clock = new SettableClock(SENT);
  private final NoticeSchedule schedule = Schedules.notices(clock);

  @Test
  void reminders_are_given_at_their_times_and_exactly_as_often_as_wanted() {
    Notices planned = plan(options("P1D", "P2D", 3), null);

    List<String> given = notices(planned, Duration.ofMinutes(30), Duration.ofDays(30), OPEN);

    assertThat(given)
        .containsExactly(
            "reminded 2026-03-03T10:00", "reminded 2026-03-05T10:00", "reminded 2026-03-09T08:00");
  }

  @Test
  void the_defaults_apply_to_what_is_not_given() {
    Notices planned = plan(new NoticeOptions(null, null, null, null, null), null);

    assertThat(planned)
        .isEqualTo(new Notices(5, "PT48H", text("2026-03-05T10:00"), null, null, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"on_hold", "complete", "declined", "Rejected", "expired"})
  void no_one_is_reminded_while_waiting_for_a_request_that_cannot_be_signed_now(String status) {
    Notices planned = plan(options("P1D", "P1D", 9), at("2026-03-06T12:00"));
    Finding kept = finding(AWAITING, status);

    assertThat(notices(planned, Duration.ofHours(1), Duration.ofDays(9), kept)).isEmpty();
    assertThat(schedule.requested(planned, kept, clock.instant().toString())).isEmpty();
  }

  @Test
  void a_reminder_that_is_asked_for_is_given_besides_those_that_are_planned() {
    Notices planned = plan(options("P1D", "P1D", 9), null);

    assertThat(schedule.requested(planned, OPEN, text("2026-03-02T09:59")))
        .contains(new Result(planned, Notice.REMINDED));
  }

  @ParameterizedTest
  @CsvSource({
    "AWAITING, true, 2026-03-02T06:59:00Z",
    "AWAITING, true, 2026-03-02T09:01:00Z",
    "AWAITING, true, soon",
    "AWAITING, false, 2026-03-02T08:00:00Z",
    "PROBLEM, true, 2026-03-02T08:00:00Z",
    "CANCELLED, true, 2026-03-02T08:00:00Z",
    "SIGNED, true, 2026-03-02T08:00:00Z"
  })
  void a_reminder_that_is_asked_for_is_not_given_if_it_is_late_or_no_signature_is_missing(
      SigningPhase phase, boolean isShown, String at) {
    Notices planned = plan(options("P1D", "P1D", 9), null);
    Finding found = new Finding(true, isShown, phase, "in_progress", phase.text(), "in_progress");

    assertThat(schedule.requested(planned, found, at)).isEmpty();
  }

  @Test
  void without_reminders_nothing_is_planned() {
    Notices planned = plan(options("P1D", "P1D", 0), null);

    assertThat(planned).isEqualTo(new Notices(0, null, null, null, null, null, null, null));
    assertThat(schedule.nextNoticeAt(new Result(planned, null), NoticeSchedule.SENT, "later"))
        .isEmpty();
  }

  @Test
  void a_reminder_after_one_day_waits_for_the_end_of_a_weekend_with_a_holiday() {
    clock.advance(Duration.between(SENT, at("2026-04-03T16:30")));

    assertThat(plan(options("P1D", "P1D", 1), null).reminderAt())
        .isEqualTo(text("2026-04-08T08:00"));
  }

  @Test
  void after_an_outage_there_is_one_reminder_and_then_the_next_regular_one() {
    Notices planned = plan(options("P1D", "P1D", 9), null);
    clock.advance(Duration.between(SENT, at("2026-03-05T12:00")));

    Result late = schedule.after(planned, OPEN);
    Result given = schedule.after(late.left(), OPEN);
    Result again = schedule.after(given.left(), OPEN);

    assertThat(late.given()).isNull();
    assertThat(late.left().postponedTo()).isEqualTo(text("2026-03-05T12:00"));
    assertThat(given.given()).isEqualTo(Notice.REMINDED);
    assertThat(given.left().remindersLeft()).isEqualTo(8);
    assertThat(given.left().reminderAt()).isEqualTo(text("2026-03-06T10:00"));
    assertThat(again.given()).isNull();
  }

  @Test
  void a_reminder_that_was_missed_in_the_evening_is_given_the_next_morning() {
    Notices planned = plan(options("P1D", "P7D", 9), null);
    clock.advance(Duration.between(SENT, at("2026-03-03T21:00")));

    Result late = schedule.after(planned, OPEN);

    assertThat(late.left().postponedTo()).isEqualTo(text("2026-03-04T08:00"));
    assertThat(schedule.nextNoticeAt(late, OPEN, "later")).isEqualTo(text("2026-03-04T08:00"));
  }

  @ParameterizedTest
  @EnumSource(names = "AWAITING", mode = EnumSource.Mode.EXCLUDE)
  void no_one_is_reminded_of_a_request_that_cannot_be_signed(SigningPhase phase) {
    Notices planned = plan(options("P1D", "P1D", 9), null);

    List<String> given =
        notices(planned, Duration.ofHours(1), Duration.ofDays(9), finding(phase, "on_hold"));

    assertThat(given).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"cancelled, cancelled", "awaiting, on_hold", "awaiting, complete"})
  void a_request_that_is_open_again_gets_no_reminder_of_the_time_before(
      String phase, String status) {
    Notices planned = plan(options("P1D", "P1D", 9), null);
    clock.advance(Duration.between(SENT, at("2026-03-05T09:50")));

    Result reopened =
        schedule.after(planned, new Finding(true, true, AWAITING, "open", phase, status));

    assertThat(reopened.given()).isNull();
    assertThat(reopened.left().reminderAt()).isEqualTo(text("2026-03-05T10:00"));
    assertThat(reopened.left().remindersLeft()).isEqualTo(9);
  }

  @Test
  void without_a_response_there_is_no_notice_before_the_next_check() {
    Notices planned = plan(options("P1D", "P1D", 9), null);
    clock.advance(Duration.ofDays(1));
    Finding missing = new Finding(true, false, AWAITING, "missing", "awaiting", "missing");

    Result result = schedule.after(planned, missing);

    assertThat(result.given()).isNull();
    assertThat(schedule.nextNoticeAt(result, missing, "the next check"))
        .isEqualTo("the next check");
  }

  @Test
  void a_check_in_a_model_without_notices_leaves_them_due() {
    Notices planned = plan(options("P1D", "P1D", 9), null);
    clock.advance(Duration.ofDays(1));
    Finding now = new Finding(false, true, AWAITING, "open", "awaiting", "open");

    Result result = schedule.after(planned, now);

    assertThat(result).isEqualTo(new Result(planned, null));
    assertThat(schedule.nextNoticeAt(result, now, "later")).isEqualTo(text("2026-03-03T10:00"));
  }

  @Test
  void the_due_date_is_announced_and_noticed_once() {
    Notices planned = plan(options("P9D", "P9D", 0), at("2026-03-06T12:00"));

    List<String> before = notices(planned, Duration.ofHours(1), Duration.ofDays(4), OPEN);

    assertThat(before).containsExactly("dueSoon 2026-03-04T12:00");
    clock.advance(Duration.ofHours(3));
    assertThat(notices(planned, Duration.ofHours(1), Duration.ofDays(1), overdue()))
        .containsExactly("overdue 2026-03-06T13:00");
  }

  @ParameterizedTest
  @CsvSource({
    ", P2D, 2026-03-04T10:00",
    ", PT13H, 2026-03-03T08:00",
    "2026-03-12T12:00, P2D, 2026-03-10T12:00",
    "2026-03-09T07:00, P1D, 2026-03-08T07:00", // there is no working time until the due date
    "2026-03-03T12:00, P5D, 2026-02-26T12:00"
  })
  void a_request_is_escalated_before_its_due_date_or_after_the_sending(
      @Nullable LocalDateTime due, Duration after, LocalDateTime expected) {
    NoticeOptions options = new NoticeOptions(null, null, 0, after, "heads");

    Notices planned = schedule.plan(options, due == null ? null : due.atZone(HELSINKI).toInstant());

    assertThat(planned.escalateAt()).isEqualTo(expected.atZone(HELSINKI).toInstant().toString());
    assertThat(planned.escalateTo()).isEqualTo("heads");
  }

  @ParameterizedTest
  @EnumSource(names = "SIGNED", mode = EnumSource.Mode.EXCLUDE)
  void a_request_is_escalated_once_whatever_its_phase(SigningPhase phase) {
    Notices planned =
        schedule.plan(new NoticeOptions(null, null, 0, Duration.ofDays(1), "heads"), null);

    List<String> given =
        notices(planned, Duration.ofHours(1), Duration.ofDays(9), finding(phase, "any"));

    assertThat(given).containsExactly("escalated 2026-03-03T10:00");
  }

  /** The notices of regular checks, with their local times. */
  private List<String> notices(Notices planned, Duration every, Duration time, Finding found) {
    List<String> given = new ArrayList<>();
    Notices left = planned;
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Result result = schedule.after(left, found);
      left = result.left();
      if (result.given() != null) {
        given.add(result.given().text() + " " + clock.instant().atZone(HELSINKI).toLocalDateTime());
      }
      clock.advance(every);
    }
    return given;
  }

  private Notices plan(NoticeOptions options, @Nullable Instant dueAt) {
    return schedule.plan(options, dueAt);
  }

  private static NoticeOptions options(String firstAfter, String every, int atMost) {
    return new NoticeOptions(Duration.parse(firstAfter), Duration.parse(every), atMost, null, null);
  }

  private static Finding overdue() {
    return new Finding(true, true, SigningPhase.PROBLEM, "overdue", "awaiting", "open");
  }

  private static Finding finding(SigningPhase phase, String status) {
    return new Finding(true, true, phase, status, phase.text(), status);
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(HELSINKI).toInstant();
  }

  private static String text(String local) {
    return at(local).toString();
  }
}
