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
  void a_message_does_what_the_decision_does(String phase, String message, String next) {
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
  void a_message_is_heard_while_the_status_is_checked(String phase, String message, String next) {
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
  void a_message_that_does_not_fit_the_phase_is_refused(String phase, String message) {
    SigningCase signing = SigningCase.inPhase(phase);

    assertRefused(signing, message);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_heard_before_the_request_exists(String message) {
    SigningCase signing = SigningCase.started();

    assertRefused(signing, message);
    assertRefused(signing.uploaded(), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_heard_while_the_request_is_corrected(String message) {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    assertRefused(signing, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_heard_while_a_decision_is_carried_out(String message) {
    SigningCase signing = SigningCase.awaitingSignatures().decide("cancelSigning");

    assertRefused(signing, message);
    assertRefused(signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void no_message_is_heard_once_all_have_signed(String message) {
    SigningCase signing = SigningCase.awaitingSignatures().timeIsUp().checked("signed");

    assertRefused(signing, message);
  }

  @Test
  void a_message_brings_its_documents_to_the_whole_process() {
    SigningCase signing = SigningCase.startedWith(Map.of("document1", "old")).uploaded().created();

    signing.send("replaceDocuments", Map.of("document1", "new", "document2", "second"));

    assertThat(signing.variable("document1")).isEqualTo("new");
    assertThat(signing.variable("document2")).isEqualTo("second");
  }

  @Test
  void a_message_that_ends_a_problem_tolerates_nothing() {
    SigningCase signing = SigningCase.inPhase("problem");

    signing.send("cancelSigning");

    assertThat(signing.variable("toleratedStatus")).isEqualTo("");
  }

  private static void assertRefused(SigningCase signing, String message) {
    assertThatExceptionOfType(MismatchingMessageCorrelationException.class)
        .isThrownBy(() -> signing.send(message));
  }
}
