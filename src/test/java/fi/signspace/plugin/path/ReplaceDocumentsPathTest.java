package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplaceDocumentsPathTest {

  private static final Waiting UPLOADING = Waiting.at("serviceTask_uploadDocuments");
  private static final Waiting REPLACING = Waiting.at("serviceTask_replaceDocuments");
  private static final Waiting CORRECTING = Waiting.at("userTask_correctRequest");

  @Test
  void new_documents_are_uploaded_and_given_to_the_request_that_exists() {
    SigningCase signing = SigningCase.awaitingSignatures();

    signing.decide("replaceDocuments");
    assertThat(signing.waiting()).isEqualTo(UPLOADING);
    signing.uploaded();
    assertThat(signing.waiting()).isEqualTo(REPLACING);
    signing.replaced();

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    assertThat(signing.visits("serviceTask_createSigningRequest")).isEqualTo(1);
  }

  @Test
  void new_documents_that_are_rejected_before_their_upload_are_corrected() {
    SigningCase signing = SigningCase.awaitingSignatures().send("replaceDocuments");

    signing.reject(Topic.UPLOAD_DOCUMENT);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
  }

  @Test
  void new_documents_that_signspace_rejects_are_corrected_and_replaced_again() {
    SigningCase signing = SigningCase.awaitingSignatures().send("replaceDocuments").uploaded();

    signing.reject(Topic.REPLACE_DOCUMENTS);
    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    signing.decide("retry");
    assertThat(signing.waiting()).isEqualTo(UPLOADING);
    signing.uploaded();

    assertThat(signing.waiting()).isEqualTo(REPLACING);
    assertThat(signing.visits("serviceTask_createSigningRequest")).isEqualTo(1);
  }

  @Test
  void abandoning_new_documents_follows_the_request_with_its_former_ones() {
    SigningCase signing =
        SigningCase.awaitingSignatures()
            .send("replaceDocuments")
            .uploaded()
            .reject(Topic.REPLACE_DOCUMENTS);

    signing.decide("abandon");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    signing.asInstance().isNotEnded();
    assertThat(signing.variable("signingOutcome")).isNull();
  }

  @Test
  void after_abandoning_new_documents_no_old_decision_is_left() {
    SigningCase signing =
        SigningCase.awaitingSignatures()
            .decide("replaceDocuments")
            .reject(Topic.UPLOAD_DOCUMENT)
            .decide("abandon");

    signing.completeUserTask(Map.of());

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    assertThat(signing.visits("serviceTask_uploadDocuments")).isEqualTo(2);
  }
}
