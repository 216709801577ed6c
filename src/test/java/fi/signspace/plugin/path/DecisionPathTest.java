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
  void a_decision_is_executed_and_nothing_else_continues(
      String phase, String decision, String next) {
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
  void a_decision_is_executed_during_a_status_check(String phase, String decision, String next) {
    SigningCase signing = SigningCase.inPhase(phase).timeIsUp();

    signing.decide(decision);

    assertThat(signing.waiting()).isEqualTo(Waiting.at(next));
  }

  @Test
  void the_status_is_checked_after_cancelling() {
    SigningCase signing = SigningCase.awaitingSignatures().decide("cancelSigning");

    signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of());

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_checkStatusNow"));
    assertThat(signing.checked("cancelled").waiting()).isEqualTo(Waiting.WHILE_CANCELLED);
  }

  @Test
  void the_status_is_checked_after_reopening() {
    SigningCase signing = SigningCase.inPhase("cancelled").decide("reopenSigning");

    signing.work(Topic.REOPEN_SIGNING_REQUEST, Map.of());

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_checkStatusNow"));
    assertThat(signing.checked("awaiting").waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
  }

  @Test
  void documents_that_were_all_signed_before_the_cancellation_are_downloaded() {
    SigningCase signing =
        SigningCase.awaitingSignatures()
            .decide("cancelSigning")
            .work(Topic.CANCEL_SIGNING_REQUEST, Map.of());

    signing.checked("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_downloadDocuments"));
  }

  @Test
  void closing_a_cancelled_request_ends_cancelled() {
    SigningCase signing = SigningCase.inPhase("cancelled");

    signing.decide("close").checked("cancelled");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().isEnded().hasPassed("endEvent_cancelled");
    assertThat(signing.variable("signingOutcome")).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "problem"})
  void only_a_cancelled_request_can_be_closed(String phase) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.decide("close").checked(phase);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "problem"})
  void a_request_that_was_reopened_in_signspace_before_it_was_closed_here_is_followed(
      String phase) {
    SigningCase signing = SigningCase.inPhase("cancelled");

    signing.decide("close").checked(phase);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @Test
  void a_request_that_was_signed_after_all_before_it_was_closed_here_is_downloaded() {
    SigningCase signing = SigningCase.inPhase("cancelled");

    signing.decide("close").checked("signed");

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_downloadDocuments"));
  }

  @Test
  void keep_waiting_passes_the_acknowledged_status_to_the_check() {
    SigningCase signing = SigningCase.inPhase("problem");

    signing.decide("keepWaiting");

    assertThat(signing.variable("toleratedStatus")).isEqualTo("on_hold");
    assertThat(signing.checked("awaiting").waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cancelSigning", "reopenSigning"})
  void no_status_is_acknowledged_after_another_decision(String decision) {
    SigningCase signing = SigningCase.inPhase("problem");

    signing.decide(decision);

    assertThat(signing.variable("toleratedStatus")).isEqualTo("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void without_a_decision_the_request_is_followed(String phase) {
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
  void an_unknown_decision_continues_following(String phase, String decision) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.decide(decision);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @Test
  void a_decision_of_an_earlier_round_never_decides_again() {
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
  void a_decision_that_came_with_the_start_never_decides() {
    SigningCase signing =
        SigningCase.startedWith(Map.of("decision", "cancelSigning")).uploaded().created();

    signing.send("checkStatus").checked("problem");

    assertThat(signing.waiting()).isEqualTo(Waiting.WITH_A_PROBLEM);
  }
}
