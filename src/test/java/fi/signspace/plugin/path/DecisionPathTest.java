package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionPathTest {

  @ParameterizedTest
  @CsvSource({
    "awaiting, checkStatus, serviceTask_checkStatusNow",
    "awaiting, cancelSigning, serviceTask_cancelSigningRequest",
    "awaiting, replaceDocuments, serviceTask_uploadDocuments",
    "cancelled, reopenSigning, serviceTask_reopenSigningRequest",
    "problem, keepWaiting, serviceTask_checkStatusNow",
    "problem, cancelSigning, serviceTask_cancelSigningRequest",
    "problem, reopenSigning, serviceTask_reopenSigningRequest"
  })
  void aDecisionIsCarriedOutAndNothingElseGoesOn(String phase, String decision, String next) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.decide(decision);

    assertThat(signing.waiting()).isEqualTo(Waiting.at(next));
  }

  @ParameterizedTest
  @CsvSource({
    "awaiting, cancelSigning, serviceTask_cancelSigningRequest",
    "awaiting, replaceDocuments, serviceTask_uploadDocuments",
    "cancelled, reopenSigning, serviceTask_reopenSigningRequest",
    "problem, cancelSigning, serviceTask_cancelSigningRequest",
    "problem, reopenSigning, serviceTask_reopenSigningRequest"
  })
  void aDecisionIsCarriedOutWhileTheStatusIsChecked(String phase, String decision, String next) {
    SigningCase signing = SigningCase.inPhase(phase).timeIsUp();

    signing.decide(decision);

    assertThat(signing.waiting()).isEqualTo(Waiting.at(next));
  }

  @Test
  void theStatusIsCheckedAfterCancelling() {
    SigningCase signing = SigningCase.awaitingSignatures().decide("cancelSigning");

    signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of());

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_checkStatusNow"));
    assertThat(signing.checked("cancelled").waiting()).isEqualTo(Waiting.WHILE_CANCELLED);
  }

  @Test
  void theStatusIsCheckedAfterReopening() {
    SigningCase signing = SigningCase.inPhase("cancelled").decide("reopenSigning");

    signing.work(Topic.REOPEN_SIGNING_REQUEST, Map.of());

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_checkStatusNow"));
    assertThat(signing.checked("awaiting").waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
  }

  @Test
  void documentsThatWereAllSignedBeforeTheCancellationAreDownloaded() {
    SigningCase signing =
        SigningCase.awaitingSignatures()
            .decide("cancelSigning")
            .work(Topic.CANCEL_SIGNING_REQUEST, Map.of());

    signing.checked("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_downloadDocuments"));
  }

  @Test
  void closingACancelledRequestEndsCancelled() {
    SigningCase signing = SigningCase.inPhase("cancelled");

    signing.decide("close").checked("cancelled");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().isEnded().hasPassed("endEvent_cancelled");
    assertThat(signing.variable("signingOutcome")).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "problem"})
  void onlyACancelledRequestCanBeClosed(String phase) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.decide("close").checked(phase);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "problem"})
  void aRequestThatWasReopenedInSignSpaceBeforeItWasClosedHereIsFollowedOn(String phase) {
    SigningCase signing = SigningCase.inPhase("cancelled");

    signing.decide("close").checked(phase);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @Test
  void aRequestThatWasSignedAfterAllBeforeItWasClosedHereIsDownloaded() {
    SigningCase signing = SigningCase.inPhase("cancelled");

    signing.decide("close").checked("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_downloadDocuments"));
  }

  @Test
  void keepingWaitingTellsTheCheckWhichStatusIsTolerated() {
    SigningCase signing = SigningCase.inPhase("problem");

    signing.decide("keepWaiting");

    assertThat(signing.variable("toleratedStatus")).isEqualTo("on_hold");
    assertThat(signing.checked("awaiting").waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelSigning", "reopenSigning"})
  void noStatusIsToleratedAfterAnotherDecision(String decision) {
    SigningCase signing = SigningCase.inPhase("problem");

    signing.decide(decision);

    assertThat(signing.variable("toleratedStatus")).isEqualTo("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void withoutADecisionTheRequestIsFollowedOn(String phase) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.completeUserTask(Map.of());

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @ParameterizedTest
  @CsvSource({
    "awaiting, ''",
    "awaiting, nonsense",
    "awaiting, CANCELSIGNING",
    "cancelled, ''",
    "cancelled, nonsense",
    "problem, ''",
    "problem, abandon"
  })
  void anUnknownDecisionFollowsOn(String phase, String decision) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.decide(decision);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @Test
  void aDecisionOfAnEarlierRoundNeverDecidesAgain() {
    SigningCase signing =
        SigningCase.awaitingSignatures()
            .decide("cancelSigning")
            .work(Topic.CANCEL_SIGNING_REQUEST, Map.of())
            .checked("awaiting");
    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);

    signing.send("checkStatus").checked("problem");

    assertThat(signing.waiting()).isEqualTo(Waiting.WITH_A_PROBLEM);
    assertThat(signing.completeUserTask(Map.of()).waiting()).isEqualTo(Waiting.WITH_A_PROBLEM);
    assertThat(signing.visits("serviceTask_cancelSigningRequest")).isEqualTo(1);
  }

  @Test
  void aDecisionThatCameWithTheStartNeverDecides() {
    SigningCase signing =
        SigningCase.startedWith(Map.of("decision", "cancelSigning")).uploaded().created();

    signing.send("checkStatus").checked("problem");

    assertThat(signing.waiting()).isEqualTo(Waiting.WITH_A_PROBLEM);
  }
}
