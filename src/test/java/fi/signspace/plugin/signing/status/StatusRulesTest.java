package fi.signspace.plugin.signing.status;

import static fi.signspace.plugin.signing.status.SigningPhase.AWAITING;
import static fi.signspace.plugin.signing.status.SigningPhase.CANCELLED;
import static fi.signspace.plugin.signing.status.SigningPhase.PROBLEM;
import static fi.signspace.plugin.signing.status.SigningPhase.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.testkit.FormProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRulesTest {

  private static final List<String> FILES = List.of("file1", "file2");
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final int ALLOWED = 3;
  private static final Duration UNKNOWN_ALLOWED = Duration.ofHours(6);
  private static final StatusContext NOTHING_SPECIAL = situation(null, "", 0);

  private final StatusRules rules = rules(ALLOWED);

  @ParameterizedTest
  @CsvSource({
    "open, AWAITING, open",
    "in_progress, AWAITING, in_progress",
    "on_hold, PROBLEM, on_hold",
    "cancelled, CANCELLED, cancelled",
    "canceled, CANCELLED, cancelled",
    "overdue, PROBLEM, overdue",
    "archived, AWAITING, archived",
    "'', AWAITING, unknown"
  })
  void a_status_determines_the_phase(String given, SigningPhase phase, String status) {
    StatusAssessment assessment = rules.assess(state(given), NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(phase);
    assertThat(assessment.status()).isEqualTo(status);
    assertThat(assessment.problem().isEmpty()).isEqualTo(phase != PROBLEM);
    assertThat(assessment.doubtfulChecks()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "open, open, false",
    "in_progress, open, true",
    "open, overdue, false",
    "overdue, overdue, false",
    "overdue, open, true",
    "on_hold, on_hold, false",
    "canceled, cancelled, false",
    "cancelled, open, true",
    "archived, archived, false",
    "archived, open, true",
    "'', unknown, false",
    "complete, complete, false",
    "open, missing, true",
  })
  void a_known_status_is_not_a_change(String given, String known, boolean hasChanged) {
    RequestState state = state(given);

    assertThat(StatusRules.hasChanged(state, known, state.signaturesCompleted()))
        .isEqualTo(hasChanged);
  }

  @ParameterizedTest
  @CsvSource({"open, file1 other", "in_progress, file1", "in_progress, file1 file2 file3"})
  void documents_replaced_in_signspace_are_unconfirmed_and_then_a_problem(
      String status, String files) {
    RequestState state = state(status, List.of(files.split(" ", -1)), List.of());

    assertThat(rules.assess(state, NOTHING_SPECIAL).phase()).isEqualTo(AWAITING);
    assertThat(rules.assess(state, NOTHING_SPECIAL).doubtfulChecks()).isOne();
    StatusAssessment asked = rules.assess(state, after(state, NOTHING_SPECIAL, "", ALLOWED));
    assertThat(asked.phase()).isEqualTo(PROBLEM);
    assertThat(asked.problem()).contains("replaced in SignSpace itself");
    assertThat(rules.assess(state, after(state, NOTHING_SPECIAL, status, ALLOWED)).phase())
        .isEqualTo(AWAITING);
  }

  @Test
  void after_the_decision_to_wait_for_overdue_signatures_replaced_documents_are_a_problem() {
    RequestState state = state("overdue", List.of("other"), List.of());

    StatusAssessment first = rules.assess(state, situation(null, "overdue", 0));

    assertThat(first).isEqualTo(new StatusAssessment(AWAITING, "overdue", "", "", 1));
    assertThat(rules.assess(state, after(state, NOTHING_SPECIAL, "", ALLOWED)).problem())
        .contains("replaced in SignSpace itself");
    assertThat(rules.assess(state, after(state, NOTHING_SPECIAL, "overdue", ALLOWED + 1)).phase())
        .isEqualTo(AWAITING);
  }

  @Test
  void an_open_request_whose_documents_are_unknown_is_a_problem_unless_signspace_shows_them() {
    RequestState withoutFiles = state("open", List.of(), List.of());
    StatusContext context = after(withoutFiles, situation(true, null, "", 0), "", ALLOWED);

    StatusAssessment unknown = rules.assess(withoutFiles, context);

    assertThat(unknown.phase()).isEqualTo(PROBLEM);
    assertThat(unknown.problem()).contains("replacement of the documents was interrupted");
    FormProblems.assertIsTranslated(unknown.problem());
    assertThat(rules.assess(state("open", FILES, List.of()), context).phase()).isEqualTo(AWAITING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file2 file1"})
  void missing_or_reordered_documents_are_no_problem(String files) {
    List<String> reported = files.isEmpty() ? List.of() : List.of(files.split(" ", -1));

    StatusAssessment assessment = rules.assess(state("open", reported, List.of()), NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(AWAITING);
    assertThat(assessment.doubtfulChecks()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"on_hold", "overdue", "declined", "expired"})
  void a_problem_says_that_the_request_can_be_corrected_and_sent_again(String status) {
    String problem = rules.assess(state(status), NOTHING_SPECIAL).problem();

    assertThat(problem).containsPattern("correct and send (it|the signing request) again");
    FormProblems.assertIsTranslated(problem);
  }

  @Test
  void another_signature_is_a_change() {
    assertThat(StatusRules.hasChanged(state("open"), "open", 77)).isTrue();
    assertThat(StatusRules.hasChanged(state("open"), "open", null)).isTrue();
  }

  @Test
  void a_missing_request_is_a_change_once() {
    assertThat(StatusRules.hasChanged(null, "open", 0)).isTrue();
    assertThat(StatusRules.hasChanged(null, "missing", 0)).isFalse();
  }

  @Test
  void signed_documents_are_a_change_for_a_waiting_process() {
    RequestState state = state("complete", FILES, List.of("a", "b"));

    assertThat(StatusRules.hasChanged(state, "complete", null)).isTrue();
  }

  @Test
  void a_complete_request_with_all_its_signed_documents_is_signed() {
    RequestState state = state("complete", FILES, List.of("a", "b"));

    StatusAssessment assessment = rules.assess(state, situation(NOW.minusSeconds(1), "", 2));

    assertThat(assessment).isEqualTo(new StatusAssessment(SIGNED, "complete", "", "", 0));
  }

  @Test
  void a_complete_request_without_signed_documents_is_unconfirmed_and_then_a_problem() {
    RequestState state = state("complete", FILES, List.of("a"));

    List<StatusAssessment> assessments = inARow(state, ALLOWED + 2);

    assertThat(assessments)
        .extracting(StatusAssessment::phase)
        .containsExactly(AWAITING, AWAITING, AWAITING, PROBLEM, PROBLEM);
    assertThat(assessments)
        .extracting(StatusAssessment::doubtfulChecks)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(assessments).extracting(StatusAssessment::status).containsOnly("complete");
    assertThat(assessments.get(ALLOWED).problem()).contains("complete", "signed document");
  }

  @Test
  void a_request_that_signspace_does_not_return_is_unconfirmed_and_then_a_problem() {
    List<StatusAssessment> assessments = inARow(null, ALLOWED + 1);

    assertThat(assessments)
        .extracting(StatusAssessment::phase)
        .containsExactly(AWAITING, AWAITING, AWAITING, PROBLEM);
    assertThat(assessments).extracting(StatusAssessment::status).containsOnly("missing");
    assertThat(assessments.get(ALLOWED).problem()).contains("does not show");
  }

  @Test
  void if_no_unconfirmed_check_is_allowed_the_first_is_a_problem() {
    StatusRules strict = rules(0);

    StatusAssessment assessment = strict.assess(null, NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(PROBLEM);
    assertThat(assessment.doubtfulChecks()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "in_progress", "on_hold", "cancelled", "overdue", "archived"})
  void a_confirmed_response_resets_unconfirmed_checks(String status) {
    StatusAssessment assessment = rules.assess(state(status), situation(null, "", 2));

    assertThat(assessment.doubtfulChecks()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "open, -1, PROBLEM, overdue",
    "in_progress, -1, PROBLEM, overdue",
    "open, 0, AWAITING, open",
    "open, 1, AWAITING, open",
    "on_hold, -1, PROBLEM, on_hold",
    "cancelled, -1, CANCELLED, cancelled",
    "archived, -1, AWAITING, archived"
  })
  void a_request_is_overdue_when_its_due_date_has_passed_while_it_could_be_signed(
      String given, long secondsFromNow, SigningPhase phase, String status) {
    StatusContext context = situation(NOW.plusSeconds(secondsFromNow), "", 0);

    StatusAssessment assessment = rules.assess(state(given), context);

    assertThat(assessment.phase()).isEqualTo(phase);
    assertThat(assessment.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on_hold", "overdue"})
  void an_acknowledged_problem_is_none_while_the_status_stays_the_same(String status) {
    StatusContext keepsWaiting = situation(null, status, 0);

    StatusAssessment assessment = rules.assess(state(status), keepsWaiting);

    assertThat(assessment).isEqualTo(new StatusAssessment(AWAITING, status, "", status, 0));
  }

  @Test
  void an_acknowledged_unconfirmed_status_is_no_problem() {
    StatusContext keepsWaiting = situation(null, "missing", ALLOWED + 5);

    StatusAssessment assessment = rules.assess(null, keepsWaiting);

    assertThat(assessment)
        .isEqualTo(new StatusAssessment(AWAITING, "missing", "", "missing", ALLOWED + 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "on_hold", "cancelled", "archived"})
  void an_acknowledgement_ends_with_its_status(String status) {
    StatusContext keptWaiting = situation(null, "overdue", 0);

    StatusAssessment assessment = rules.assess(state(status), keptWaiting);

    assertThat(assessment.acknowledgedStatus()).isEmpty();
  }

  @Test
  void a_problem_other_than_the_acknowledged_one_is_a_problem() {
    StatusContext keptWaiting = situation(null, "overdue", 0);

    StatusAssessment assessment = rules.assess(state("on_hold"), keptWaiting);

    assertThat(assessment.phase()).isEqualTo(PROBLEM);
    assertThat(assessment.problem()).contains("on hold");
  }

  @Test
  void an_unknown_status_is_kept_as_received_and_truncated_when_long() {
    StatusAssessment assessment = rules.assess(state(" x".repeat(5000)), NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(AWAITING);
    assertThat(assessment.status()).startsWith("x x x").hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"declined", "rejected", "expired", "Declined", "EXPIRED"})
  void a_status_that_prevents_signing_is_a_problem_at_once(String status) {
    StatusAssessment assessment = rules.assess(state(status), NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(PROBLEM);
    assertThat(assessment.status()).isEqualTo(status);
    assertThat(assessment.problem()).contains(status);
  }

  @ParameterizedTest
  @CsvSource({
    "archived, archived, 21601, PROBLEM",
    "archived, archived, 21600, AWAITING",
    "archived, frozen, 21601, AWAITING",
    "archived, '', 21601, AWAITING",
    "open, open, 21601, AWAITING"
  })
  void an_unknown_status_is_a_problem_when_it_lasts(
      String given, String known, long secondsAgo, SigningPhase phase) {
    StatusContext context =
        new StatusContext(NOTHING_SPECIAL.sent(), null, "", known, NOW.minusSeconds(secondsAgo), 0);

    StatusAssessment assessment = rules.assess(state(given), context);

    assertThat(assessment.phase()).isEqualTo(phase);
    assertThat(assessment.problem().contains("not known here")).isEqualTo(phase == PROBLEM);
  }

  @Test
  void a_lasting_unknown_status_can_be_acknowledged() {
    StatusContext context =
        new StatusContext(
            NOTHING_SPECIAL.sent(), null, "archived", "archived", NOW.minusSeconds(99_999), 0);

    assertThat(rules.assess(state("archived"), context).phase()).isEqualTo(AWAITING);
  }

  @Test
  void a_negative_allowance_is_rejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules(-1))
        .withMessageContaining("doubtfulChecksAllowed");
  }

  @Test
  void phases_are_lower_case_in_the_process() {
    List<String> texts = List.of(AWAITING.text(), SIGNED.text(), CANCELLED.text(), PROBLEM.text());

    assertThat(texts).containsExactly("awaiting", "signed", "cancelled", "problem");
  }

  private List<StatusAssessment> inARow(@Nullable RequestState state, int times) {
    List<StatusAssessment> assessments = new ArrayList<>();
    StatusContext context = situation(null, "", 0);
    for (int i = 0; i < times; i++) {
      StatusAssessment assessment = rules.assess(state, context);
      assessments.add(assessment);
      context = after(state, context, assessment.acknowledgedStatus(), assessment.doubtfulChecks());
    }
    return assessments;
  }

  /** The situation before the next check. */
  private static StatusContext after(
      @Nullable RequestState state, StatusContext before, String acknowledged, int doubtfulChecks) {
    SentRequest sent =
        new SentRequest(
            FILES,
            List.of(),
            List.of(),
            List.of(),
            before.sent().isReplacementInDoubt(),
            StatusRules.doubts(state, before.sent()));
    return new StatusContext(sent, before.dueDate(), acknowledged, "", null, doubtfulChecks);
  }

  @Test
  void an_acknowledged_doubt_does_not_hide_another_one() {
    RequestState incomplete = state("complete", FILES, List.of());
    RequestState withOthers = state("complete", List.of("other"), List.of("s1", "s2"));
    StatusContext acknowledged = after(incomplete, situation(null, "", 3), "complete", 3);
    assertThat(rules.assess(incomplete, acknowledged).acknowledgedStatus()).isEqualTo("complete");

    StatusAssessment first = rules.assess(withOthers, acknowledged);

    assertThat(first.acknowledgedStatus()).isEmpty();
    assertThat(first.doubtfulChecks()).isEqualTo(1);
  }

  private static StatusRules rules(int allowed) {
    return new StatusRules(Clock.fixed(NOW, ZoneOffset.UTC), allowed, UNKNOWN_ALLOWED);
  }

  private static StatusContext situation(
      @Nullable Instant dueDate, String tolerated, int unconfirmed) {
    return situation(false, dueDate, tolerated, unconfirmed);
  }

  private static StatusContext situation(
      boolean isReplacementInDoubt, @Nullable Instant dueDate, String tolerated, int unconfirmed) {
    return new StatusContext(
        new SentRequest(FILES, List.of(), List.of(), List.of(), isReplacementInDoubt, Doubts.NONE),
        dueDate,
        tolerated,
        "",
        null,
        unconfirmed);
  }

  private static RequestState state(String status) {
    return state(status, FILES, List.of());
  }

  private static RequestState state(String status, List<String> files, List<String> signedFiles) {
    return new RequestState(
        "request1",
        SigningStatus.of(status),
        status,
        "Contract",
        files,
        signedFiles,
        2,
        status.equals("complete") ? 2 : 1,
        List.of(),
        List.of(),
        null,
        null);
  }
}
