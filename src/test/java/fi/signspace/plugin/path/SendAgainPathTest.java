package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendAgainPathTest {

  private static final Waiting CORRECTING = Waiting.at("userTask_correctRequest");
  private static final Waiting UPLOADING = Waiting.at("serviceTask_uploadDocuments");
  private static final Waiting CANCELLING = Waiting.at("serviceTask_cancelFormerRequest");
  private static final Waiting CREATING = Waiting.at("serviceTask_createSigningRequest");

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void the_request_is_corrected_validated_cancelled_and_only_then_created_again(String phase) {
    SigningCase signing = SigningCase.inPhase(phase);

    signing.decide("sendAgain");
    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    signing.decide("retry");
    assertThat(signing.waiting()).isEqualTo(UPLOADING);
    signing.uploaded();
    assertThat(signing.waiting()).isEqualTo(CANCELLING);
    signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()).checked("cancelled");
    assertThat(signing.waiting()).isEqualTo(CREATING);
    signing.created();

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    assertThat(signing.visits("serviceTask_createSigningRequest")).isEqualTo(2);
    assertThat(signing.variable("sendingAgain")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"awaiting", "cancelled", "problem"})
  void without_a_correction_the_request_stays_as_it_was(String phase) {
    SigningCase signing = SigningCase.inPhase(phase).decide("sendAgain");

    signing.decide("keepWaiting");

    assertThat(signing.waiting()).isEqualTo(Waiting.inPhase(phase));
    assertThat(signing.visits("serviceTask_cancelFormerRequest")).isZero();
    assertThat(signing.variable("sendingAgain")).isNull();
  }

  @Test
  void the_case_is_named_after_what_was_sent() {
    SigningCase signing = SigningCase.awaitingSignatures();
    String sent = String.valueOf(signing.variable("caseName"));
    signing.decide("sendAgain").completeUserTask(Map.of("decision", "retry", "title", "Corrected"));

    signing.reject(Topic.UPLOAD_DOCUMENT);
    assertThat(signing.variable("caseName")).isEqualTo(sent);
    signing.decide("retry").uploaded().work(Topic.CANCEL_SIGNING_REQUEST, Map.of());
    signing.checked("cancelled");
    assertThat(signing.variable("caseName")).isEqualTo(sent);
    signing.created();

    assertThat(signing.variable("caseName")).asString().startsWith("Corrected");
  }

  @Test
  void a_correction_that_is_rejected_is_corrected_once_more() {
    SigningCase signing = SigningCase.awaitingSignatures().decide("sendAgain").decide("retry");

    signing.reject(Topic.UPLOAD_DOCUMENT);
    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    signing.decide("retry").uploaded();

    assertThat(signing.waiting()).isEqualTo(CANCELLING);
  }

  @Test
  void a_request_that_signspace_rejects_after_the_cancellation_is_corrected_or_left_cancelled() {
    SigningCase signing = readyToCreate();

    signing.reject(Topic.CREATE_SIGNING_REQUEST);
    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    signing.decide("keepWaiting");

    assertThat(signing.waiting()).isEqualTo(Waiting.WHILE_CANCELLED);
  }

  @Test
  void a_request_that_turns_out_to_be_complete_is_downloaded_and_no_other_is_created() {
    SigningCase signing = readyToCancel();

    signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()).checked("signed");
    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_downloadDocuments"));
    signing.downloaded("signed");

    assertThat(signing.variable("signingOutcome")).isEqualTo("signed");
    assertThat(signing.visits("serviceTask_createSigningRequest")).isEqualTo(1);
  }

  @Test
  void a_request_that_cannot_be_cancelled_is_followed_and_no_other_is_created() {
    SigningCase signing = readyToCancel();

    signing.work(Topic.CANCEL_SIGNING_REQUEST, Map.of()).checked("awaiting");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    assertThat(signing.visits("serviceTask_createSigningRequest")).isEqualTo(1);
  }

  @Test
  void after_sending_again_new_documents_are_given_to_the_latest_request() {
    SigningCase signing = readyToCreate().created();

    signing.decide("replaceDocuments").uploaded();

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_replaceDocuments"));
  }

  private static SigningCase readyToCancel() {
    return SigningCase.awaitingSignatures().decide("sendAgain").decide("retry").uploaded();
  }

  private static SigningCase readyToCreate() {
    return readyToCancel().work(Topic.CANCEL_SIGNING_REQUEST, Map.of()).checked("cancelled");
  }
}
