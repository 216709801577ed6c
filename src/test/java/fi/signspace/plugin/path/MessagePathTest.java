package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.Map;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePathTest {

  @ParameterizedTest
  @CsvSource({
    "awaiting, cancelSigning, serviceTask_cancelSigningRequest",
    "awaiting, replaceDocuments, serviceTask_uploadDocuments",
    "cancelled, reopenSigning, serviceTask_reopenSigningRequest",
    "problem, cancelSigning, serviceTask_cancelSigningRequest",
    "problem, reopenSigning, serviceTask_reopenSigningRequest"
  })
  void a_message_has_the_effect_of_the_decision(String phase, String message, String next) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.send(message);

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
  void a_message_is_received_during_a_status_check(String phase, String message, String next) {
    SigningCase signing = SigningCase.inPhase(phase).timeIsUp();

    signing.send(message);

    assertThat(signing.waiting()).isEqualTo(Waiting.at(next));
  }

  @ParameterizedTest
  @CsvSource({
    "awaiting, reopenSigning",
    "cancelled, cancelSigning",
    "cancelled, replaceDocuments",
    "problem, replaceDocuments"
  })
  void a_message_that_does_not_fit_the_phase_is_rejected(String phase, String message) {
    SigningCase signing = SigningCase.inPhase(phase);

    assertRejected(signing, message);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_received_before_the_request_exists(String message) {
    SigningCase signing = SigningCase.started();

    assertRejected(signing, message);
    assertRejected(signing.uploaded(), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_received_while_the_request_is_corrected(String message) {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    assertRejected(signing, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_received_while_a_decision_is_executed(String message) {
    SigningCase signing = SigningCase.awaitingSignatures().decide("cancelSigning");

    assertRejected(signing, message);
    assertRejected(signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_received_after_everyone_has_signed(String message) {
    SigningCase signing = SigningCase.awaitingSignatures().timeIsUp().checked("signed");

    assertRejected(signing, message);
  }

  @Test
  void the_documents_of_a_message_are_visible_in_the_whole_process() {
    SigningCase signing = SigningCase.startedWith(Map.of("document1", "old")).uploaded().created();

    signing.send("replaceDocuments", Map.of("document1", "new", "document2", "second"));

    assertThat(signing.variable("document1")).isEqualTo("new");
    assertThat(signing.variable("document2")).isEqualTo("second");
  }

  @Test
  void a_message_that_ends_a_problem_acknowledges_no_status() {
    SigningCase signing = SigningCase.inPhase("problem");

    signing.send("cancelSigning");

    assertThat(signing.variable("toleratedStatus")).isEqualTo("");
  }

  private static void assertRejected(SigningCase signing, String message) {
    assertThatExceptionOfType(MismatchingMessageCorrelationException.class)
        .isThrownBy(() -> signing.send(message));
  }
}
