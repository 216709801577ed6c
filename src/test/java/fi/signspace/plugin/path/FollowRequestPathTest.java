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
  void theUserTaskStaysTheSameWhileChecksFindNothingNew() {
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

  @ParameterizedTest
  @CsvSource({
    "awaiting, cancelled",
    "awaiting, problem",
    "cancelled, awaiting",
    "cancelled, problem",
    "problem, awaiting",
    "problem, cancelled"
  })
  void aChangeEndsTheUserTaskAndBringsTheOneThatFits(String before, String after) {
    SigningCase signing = SigningCase.inPhase(before).send("checkStatus");
    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(before).checking());

    signing.checked(after);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(after));
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void whatHasBeenSignedIsDownloaded(String before) {
    SigningCase signing = SigningCase.inPhase(before).send("checkStatus");

    signing.checked("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_downloadDocuments"));
  }

  @Test
  void downloadedDocumentsEndTheProcessSigned() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus").checked("signed");

    signing.work(Topic.DOWNLOAD_DOCUMENT, Map.of("signedDocument1", "signed"));

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().isEnded().hasPassed("endEvent_signed");
    assertThat(signing.variable("signingOutcome")).isEqualTo("signed");
    assertThat(signing.variable("signedDocument1")).isEqualTo("signed");
  }

  @Test
  void whatIsStillSignedAfterTheDownloadEndsTheProcess() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus").checked("signed");

    signing.downloaded("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().hasPassed("gateway_stillSigned", "endEvent_signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void whatIsNotSignedAnyMoreWhenItIsToBeDownloadedIsFollowedOn(String phase) {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus").checked("signed");

    signing.downloaded(phase);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
    signing.asInstance().hasNotPassed("endEvent_signed");
    assertThat(signing.variable("signingOutcome")).isNull();
  }

  @Test
  void theNextCheckWaitsForItsTime() {
    SigningCase signing = SigningCase.awaitingSignatures();

    assertThat(signing.timer().getDuedate()).isEqualTo(Instant.parse("2099-01-01T00:00:00.123Z"));
    assertThat(signing.isTimerDue()).isFalse();
  }

  @Test
  void aCheckWhoseTimeHasPassedIsDueAtOnce() {
    SigningCase signing = SigningCase.awaitingSignatures().timeIsUp();

    signing.work(
        Topic.CHECK_STATUS,
        Map.of("signingPhase", "awaiting", "nextCheckAt", "2020-01-01T00:00:00Z"));

    assertThat(signing.isTimerDue()).isTrue();
    assertThat(signing.timeIsUp().waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
  }

  @Test
  void aCheckThatIsRequestedReplacesTheWait() {
    SigningCase signing = SigningCase.awaitingSignatures();

    signing.send("checkStatus");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
    assertThat(signing.timer()).isNull();
  }

  @Test
  void aCheckThatIsRequestedDuringACheckStartsItOver() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus");
    String userTask = signing.userTask().getId();
    String check = signing.externalTaskId();

    signing.send("checkStatus");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES.checking());
    assertThat(signing.externalTaskId()).isNotEqualTo(check);
    assertThat(signing.userTask().getId()).isEqualTo(userTask);
  }

  @Test
  void whatACheckTellsIsKnownToTheWholeProcess() {
    SigningCase signing = SigningCase.awaitingSignatures().send("checkStatus");

    signing.checked("problem");

    assertThat(signing.variable("signingStatus")).isEqualTo("on_hold");
    assertThat(signing.variable("signingPhase")).isEqualTo("problem");
  }
}
