package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.sql.SQLException;
import java.util.Map;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoticePathTest {

  private static final String REMIND = "userTask_remindSigners";

  @Test
  void a_notice_begins_with_a_check() {
    SigningCase signing = SigningCase.awaitingSignatures();

    signing.noticeIsDue();

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
  }

  @Test
  void a_reminder_is_a_task_beside_the_one_of_the_case() {
    SigningCase signing = SigningCase.awaitingSignatures();
    String manage = signing.userTask().getId();

    signing.noticeIsDue().noticed("reminded");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES.and(REMIND));
    assertThat(signing.userTasks("userTask_manageSigning"))
        .extracting(Task::getId)
        .containsExactly(manage);
    assertThat(signing.visits("intermediateEvent_reminded")).isOne();
  }

  @Test
  void a_reminder_that_is_still_open_is_not_put_into_the_list_twice() {
    SigningCase signing = SigningCase.awaitingSignatures().noticeIsDue().noticed("reminded");

    signing.noticeIsDue().noticed("reminded");

    assertThat(signing.userTasks(REMIND)).hasSize(1);
    assertThat(signing.visits("intermediateEvent_reminded")).isEqualTo(2);
  }

  @Test
  void a_reminder_that_was_dealt_with_comes_back_with_the_next_one() {
    SigningCase signing = SigningCase.awaitingSignatures().noticeIsDue().noticed("reminded");

    signing.complete(REMIND, Map.of("decision", "reminded"));
    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    signing.noticeIsDue().noticed("reminded");

    assertThat(signing.userTasks(REMIND)).hasSize(1);
  }

  @Test
  void a_decision_in_a_reminder_decides_nothing_about_the_case() {
    SigningCase signing = SigningCase.awaitingSignatures().noticeIsDue().noticed("reminded");

    signing.complete(REMIND, Map.of("decision", "cancelSigning"));
    signing.send("checkStatus").checked("problem");

    assertThat(signing.waiting()).isEqualTo(Waiting.WITH_A_PROBLEM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelled", "problem"})
  void a_reminder_disappears_when_the_request_changes(String phase) {
    SigningCase signing = SigningCase.awaitingSignatures().noticeIsDue().noticed("reminded");

    signing.send("checkStatus").checked(phase);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @Test
  void a_reminder_does_not_keep_a_signed_request_waiting() throws SQLException {
    SigningCase signing = SigningCase.awaitingSignatures().noticeIsDue().noticed("reminded");

    signing
        .send("checkStatus")
        .checked("signed")
        .work(Topic.DOWNLOAD_DOCUMENT, Map.of("signedDocument1", "signed"));

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    assertThat(signing.rowsThatCleanUpLeaves()).isEmpty();
  }

  @Test
  void a_warning_before_the_due_date_only_leaves_a_trace() {
    SigningCase signing = SigningCase.awaitingSignatures();

    signing.noticeIsDue().noticed("dueSoon");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    assertThat(signing.visits("intermediateEvent_dueSoon")).isOne();
  }

  @Test
  void an_overdue_request_is_noticed_and_needs_a_decision() {
    SigningCase signing = SigningCase.awaitingSignatures();

    signing.noticeIsDue().noticed("overdue", "problem");

    assertThat(signing.waiting()).isEqualTo(Waiting.WITH_A_PROBLEM);
    assertThat(signing.visits("intermediateEvent_overdue")).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "awaiting, userTask_manageSigning",
    "cancelled, userTask_decideCancelled",
    "problem, userTask_resolveProblem"
  })
  void an_escalated_case_is_offered_to_others_as_well(String phase, String task) {
    SigningCase signing = SigningCase.inPhase(phase).noticeIsDue();

    signing.work(
        Topic.CHECK_STATUS,
        Map.of("signingPhase", phase, "signingNotice", "escalated", "escalatedTo", "heads"));

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
    assertThat(signing.userTasks(task))
        .singleElement()
        .satisfies(
            open ->
                assertThat(signing.candidates(open))
                    .containsExactly("heads", "signing-clerks", "user heads"));
    assertThat(signing.visits("endEvent_escalated")).isOne();
  }

  @Test
  void a_case_that_is_not_escalated_is_offered_to_the_clerks_only() {
    SigningCase signing = SigningCase.awaitingSignatures();

    assertThat(signing.candidates(signing.userTask())).containsExactly("signing-clerks");
  }
}
