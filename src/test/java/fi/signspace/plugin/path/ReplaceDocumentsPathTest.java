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
  void newDocumentsAreUploadedAndGivenToTheRequestThatExists() {
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
  void newDocumentsThatAreRejectedBeforeTheirUploadAreCorrected() {
    SigningCase signing = SigningCase.awaitingSignatures().send("replaceDocuments");

    signing.reject(Topic.UPLOAD_DOCUMENT);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
  }

  @Test
  void newDocumentsThatSignSpaceRejectsAreCorrectedAndReplacedAgain() {
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
  void givingUpOnNewDocumentsFollowsTheRequestWithItsFormerOnes() {
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
  void afterGivingUpOnNewDocumentsNoOldDecisionIsLeft() {
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
