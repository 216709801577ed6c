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
  void aMessageDoesWhatTheDecisionDoes(String phase, String message, String next) {
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
  void aMessageIsHeardWhileTheStatusIsChecked(String phase, String message, String next) {
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
  void aMessageThatDoesNotFitThePhaseIsRefused(String phase, String message) {
    SigningCase signing = SigningCase.inPhase(phase);

    assertRefused(signing, message);

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void noMessageIsHeardBeforeTheRequestExists(String message) {
    SigningCase signing = SigningCase.started();

    assertRefused(signing, message);
    assertRefused(signing.uploaded(), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void noMessageIsHeardWhileTheRequestIsCorrected(String message) {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    assertRefused(signing, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void noMessageIsHeardWhileADecisionIsCarriedOut(String message) {
    SigningCase signing = SigningCase.awaitingSignatures().decide("cancelSigning");

    assertRefused(signing, message);
    assertRefused(signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkStatus", "cancelSigning", "reopenSigning", "replaceDocuments"})
  void noMessageIsHeardOnceAllHaveSigned(String message) {
    SigningCase signing = SigningCase.awaitingSignatures().timeIsUp().checked("signed");

    assertRefused(signing, message);
  }

  @Test
  void aMessageBringsItsDocumentsToTheWholeProcess() {
    SigningCase signing = SigningCase.startedWith(Map.of("document1", "old")).uploaded().created();

    signing.send("replaceDocuments", Map.of("document1", "new", "document2", "second"));

    assertThat(signing.variable("document1")).isEqualTo("new");
    assertThat(signing.variable("document2")).isEqualTo("second");
  }

  @Test
  void aMessageThatEndsAProblemToleratesNothing() {
    SigningCase signing = SigningCase.inPhase("problem");

    signing.send("cancelSigning");

    assertThat(signing.variable("toleratedStatus")).isEqualTo("");
  }

  private static void assertRefused(SigningCase signing, String message) {
    assertThatExceptionOfType(MismatchingMessageCorrelationException.class)
        .isThrownBy(() -> signing.send(message));
  }
}
