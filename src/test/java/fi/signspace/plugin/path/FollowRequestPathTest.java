package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FollowRequestPathTest {

  @Test
  void the_user_task_stays_the_same_while_checks_find_nothing_new() {
    SigningCase signing = SigningCase.awaitingSignatures();
    String task = signing.userTask().getId();

    for (int check = 1; check <= 3; check++) {
      signing.timeIsUp();
      assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
      signing.checked("awaiting");
      assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    }

    assertThat(signing.userTask().getId()).isEqualTo(task);
  }

  /** The sweep relies on it: it keeps what it has read of an execution. */
  @Test
  void another_execution_waits_after_each_check() {
    SigningCase signing = SigningCase.awaitingSignatures();
    String before = signing.waitingExecution();

    signing.send("checkStatus").checked("awaiting");

    assertThat(signing.waitingExecution()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "awaiting, cancelled",
    "awaiting, problem",
    "cancelled, awaiting",
    "cancelled, problem",
    "problem, awaiting",
    "problem, cancelled"
  })
  void a_change_replaces_the_user_task_with_the_matching_one(String before, String after) {
    SigningCase signing = SigningCase.inPhase(before).send("checkStatus");
    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(before).checking());

    signing.checked(after);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(after));
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void a_signed_request_is_downloaded(String before) {
    SigningCase signing = SigningCase.inPhase(before).send("checkStatus");

    signing.checked("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_downloadDocuments"));
  }

  @Test
  void downloaded_documents_end_the_process_signed() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus").checked("signed");

    signing.work(Topic.DOWNLOAD_DOCUMENT, Map.of("signedDocument1", "signed"));

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().isEnded().hasPassed("endEvent_signed");
    assertThat(signing.variable("signingOutcome")).isEqualTo("signed");
    assertThat(signing.variable("signedDocument1")).isEqualTo("signed");
  }

  @Test
  void a_request_that_is_still_signed_after_the_download_ends_the_process() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus").checked("signed");

    signing.downloaded("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().hasPassed("gateway_stillSigned", "endEvent_signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void a_request_that_is_no_longer_signed_at_the_download_is_followed(String phase) {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus").checked("signed");

    signing.downloaded(phase);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
    signing.asInstance().hasNotPassed("endEvent_signed");
    assertThat(signing.variable("signingOutcome")).isNull();
  }

  @Test
  void the_next_check_waits_for_its_time() {
    SigningCase signing = SigningCase.awaitingSignatures();

    assertThat(signing.timer().getDuedate()).isEqualTo(Instant.parse("2099-01-01T00:00:00.123Z"));
    assertThat(signing.isTimerDue()).isFalse();
  }

  @Test
  void a_check_whose_time_has_passed_is_due_at_once() {
    SigningCase signing = SigningCase.awaitingSignatures().timeIsUp();

    signing.work(
        Topic.CHECK_STATUS,
        Map.of("signingPhase", "awaiting", "nextCheckAt", "2020-01-01T00:00:00Z"));

    assertThat(signing.isTimerDue()).isTrue();
    assertThat(signing.timeIsUp().waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
  }

  @Test
  void a_check_that_is_requested_replaces_the_wait() {
    SigningCase signing = SigningCase.awaitingSignatures();

    signing.send("checkStatus");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
    assertThat(signing.timer()).isNull();
  }

  @Test
  void a_check_that_is_requested_during_a_check_restarts_it() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus");
    String userTask = signing.userTask().getId();
    String check = signing.externalTaskId();

    signing.send("checkStatus");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
    assertThat(signing.externalTaskId()).isNotEqualTo(check);
    assertThat(signing.userTask().getId()).isEqualTo(userTask);
  }

  @Test
  void the_result_of_a_check_is_visible_in_the_whole_process() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus");

    signing.checked("problem");

    assertThat(signing.variable("signingStatus")).isEqualTo("on_hold");
    assertThat(signing.variable("signingPhase")).isEqualTo("problem");
  }
}
