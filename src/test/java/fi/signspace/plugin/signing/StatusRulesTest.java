package fi.signspace.plugin.signing;

import static fi.signspace.plugin.signing.SigningPhase.AWAITING;
import static fi.signspace.plugin.signing.SigningPhase.CANCELLED;
import static fi.signspace.plugin.signing.SigningPhase.PROBLEM;
import static fi.signspace.plugin.signing.SigningPhase.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
  private static final Situation NOTHING_SPECIAL = situation(null, "", 0);

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
  void aStatusMeansAPhase(String given, SigningPhase phase, String status) {
    Assessment assessment = rules.assess(state(given), NOTHING_SPECIAL);

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
  void whatAProcessKnowsIsNoNews(String given, String known, boolean isNews) {
    RequestState state = state(given);

    assertThat(StatusRules.isNews(state, known, state.signaturesCompleted())).isEqualTo(isNews);
  }

  @ParameterizedTest
  @CsvSource({"open, file1 other", "in_progress, file1", "in_progress, file1 file2 file3"})
  void documentsThatWereReplacedInSignSpaceItselfAreDoubtedAndThenAProblem(
      String status, String files) {
    RequestState state = state(status, List.of(files.split(" ", -1)), List.of());

    assertThat(rules.assess(state, NOTHING_SPECIAL).phase()).isEqualTo(AWAITING);
    assertThat(rules.assess(state, NOTHING_SPECIAL).doubtfulChecks()).isOne();
    Assessment asked = rules.assess(state, situation(null, "", ALLOWED));
    assertThat(asked.phase()).isEqualTo(PROBLEM);
    assertThat(asked.problem()).contains("replaced in SignSpace itself");
    assertThat(rules.assess(state, situation(null, status, ALLOWED)).phase()).isEqualTo(AWAITING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "file2 file1"})
  void documentsThatAreNotToldOrInAnotherOrderAreNoProblem(String files) {
    List<String> told = files.isEmpty() ? List.of() : List.of(files.split(" ", -1));

    Assessment assessment = rules.assess(state("open", told, List.of()), NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(AWAITING);
    assertThat(assessment.doubtfulChecks()).isZero();
  }

  @Test
  void anotherSignatureIsNews() {
    assertThat(StatusRules.isNews(state("open"), "open", 77)).isTrue();
    assertThat(StatusRules.isNews(state("open"), "open", null)).isTrue();
  }

  @Test
  void aRequestThatIsGoneIsNewsOnce() {
    assertThat(StatusRules.isNews(null, "open", 0)).isTrue();
    assertThat(StatusRules.isNews(null, "missing", 0)).isFalse();
  }

  @Test
  void signedDocumentsAreNewsForWhoeverStillWaits() {
    RequestState state = state("complete", FILES, List.of("a", "b"));

    assertThat(StatusRules.isNews(state, "complete", null)).isTrue();
  }

  @Test
  void aCompleteRequestWithAllItsSignedDocumentsIsSigned() {
    RequestState state = state("complete", FILES, List.of("a", "b"));

    Assessment assessment = rules.assess(state, situation(NOW.minusSeconds(1), "", 2));

    assertThat(assessment).isEqualTo(new Assessment(SIGNED, "complete", "", "", 0));
  }

  @Test
  void aCompleteRequestWithoutItsSignedDocumentsIsDoubtedAFewTimesAndThenAProblem() {
    RequestState state = state("complete", FILES, List.of("a"));

    List<Assessment> assessments = inARow(state, ALLOWED + 2);

    assertThat(assessments)
        .extracting(Assessment::phase)
        .containsExactly(AWAITING, AWAITING, AWAITING, PROBLEM, PROBLEM);
    assertThat(assessments).extracting(Assessment::doubtfulChecks).containsExactly(1, 2, 3, 4, 5);
    assertThat(assessments).extracting(Assessment::status).containsOnly("complete");
    assertThat(assessments.get(ALLOWED).problem()).contains("complete", "signed document");
  }

  @Test
  void aRequestThatSignSpaceDoesNotShowIsDoubtedAFewTimesAndThenAProblem() {
    List<Assessment> assessments = inARow(null, ALLOWED + 1);

    assertThat(assessments)
        .extracting(Assessment::phase)
        .containsExactly(AWAITING, AWAITING, AWAITING, PROBLEM);
    assertThat(assessments).extracting(Assessment::status).containsOnly("missing");
    assertThat(assessments.get(ALLOWED).problem()).contains("does not show");
  }

  @Test
  void withoutAnyDoubtAllowedTheFirstDoubtfulAnswerIsAProblem() {
    StatusRules strict = rules(0);

    Assessment assessment = strict.assess(null, NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(PROBLEM);
    assertThat(assessment.doubtfulChecks()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "in_progress", "on_hold", "cancelled", "overdue", "archived"})
  void anAnswerThatCanBeBelievedEndsTheDoubt(String status) {
    Assessment assessment = rules.assess(state(status), situation(null, "", 2));

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
  void aRequestIsOverdueWhenItsDueDateHasPassedWhileItCouldBeSigned(
      String given, long secondsFromNow, SigningPhase phase, String status) {
    Situation situation = situation(NOW.plusSeconds(secondsFromNow), "", 0);

    Assessment assessment = rules.assess(state(given), situation);

    assertThat(assessment.phase()).isEqualTo(phase);
    assertThat(assessment.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on_hold", "overdue"})
  void aProblemThatAPersonKeepsWaitingWithIsNoneWhileTheStatusStaysTheSame(String status) {
    Situation keepsWaiting = situation(null, status, 0);

    Assessment assessment = rules.assess(state(status), keepsWaiting);

    assertThat(assessment).isEqualTo(new Assessment(AWAITING, status, "", status, 0));
  }

  @Test
  void aDoubtThatAPersonKeepsWaitingWithIsNoProblemHoweverLongItLasts() {
    Situation keepsWaiting = situation(null, "missing", ALLOWED + 5);

    Assessment assessment = rules.assess(null, keepsWaiting);

    assertThat(assessment)
        .isEqualTo(new Assessment(AWAITING, "missing", "", "missing", ALLOWED + 6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "on_hold", "cancelled", "archived"})
  void toleranceEndsWithTheStatusThatWasTolerated(String status) {
    Situation keptWaiting = situation(null, "overdue", 0);

    Assessment assessment = rules.assess(state(status), keptWaiting);

    assertThat(assessment.toleratedStatus()).isEmpty();
  }

  @Test
  void anotherProblemThanTheToleratedOneIsAProblem() {
    Situation keptWaiting = situation(null, "overdue", 0);

    Assessment assessment = rules.assess(state("on_hold"), keptWaiting);

    assertThat(assessment.phase()).isEqualTo(PROBLEM);
    assertThat(assessment.problem()).contains("on hold");
  }

  @Test
  void aStatusThatNobodyKnowsIsKeptInItsOwnWordsAndCutWhenItIsEndless() {
    Assessment assessment = rules.assess(state(" x".repeat(5000)), NOTHING_SPECIAL);

    assertThat(assessment.phase()).isEqualTo(AWAITING);
    assertThat(assessment.status()).startsWith("x x x").hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"declined", "rejected", "expired", "Declined", "EXPIRED"})
  void aStatusThatNobodySignsWithAnyMoreIsAProblemAtOnce(String status) {
    Assessment assessment = rules.assess(state(status), NOTHING_SPECIAL);

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
  void aStatusThatIsNotKnownIsAProblemWhenItLasts(
      String given, String known, long secondsAgo, SigningPhase phase) {
    Situation situation =
        new Situation(NOTHING_SPECIAL.sent(), null, "", known, NOW.minusSeconds(secondsAgo), 0);

    Assessment assessment = rules.assess(state(given), situation);

    assertThat(assessment.phase()).isEqualTo(phase);
    assertThat(assessment.problem().contains("not known here")).isEqualTo(phase == PROBLEM);
  }

  @Test
  void aStatusThatIsNotKnownAndLastsIsWaitedWithIfAPersonDecidesSo() {
    Situation situation =
        new Situation(
            NOTHING_SPECIAL.sent(), null, "archived", "archived", NOW.minusSeconds(99_999), 0);

    assertThat(rules.assess(state("archived"), situation).phase()).isEqualTo(AWAITING);
  }

  @Test
  void aNegativeAllowanceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rules(-1))
        .withMessageContaining("doubtfulChecksAllowed");
  }

  @Test
  void phasesAreSmallWordsForTheProcess() {
    List<String> texts = List.of(AWAITING.text(), SIGNED.text(), CANCELLED.text(), PROBLEM.text());

    assertThat(texts).containsExactly("awaiting", "signed", "cancelled", "problem");
  }

  private List<Assessment> inARow(@Nullable RequestState state, int times) {
    List<Assessment> assessments = new ArrayList<>();
    int doubtfulChecks = 0;
    for (int i = 0; i < times; i++) {
      Assessment assessment = rules.assess(state, situation(null, "", doubtfulChecks));
      assessments.add(assessment);
      doubtfulChecks = assessment.doubtfulChecks();
    }
    return assessments;
  }

  private static StatusRules rules(int allowed) {
    return new StatusRules(Clock.fixed(NOW, ZoneOffset.UTC), allowed, UNKNOWN_ALLOWED);
  }

  private static Situation situation(@Nullable Instant dueDate, String tolerated, int doubtful) {
    return new Situation(
        new SentRequest(FILES, List.of(), List.of()), dueDate, tolerated, "", null, doubtful);
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
        null,
        null);
  }
}
