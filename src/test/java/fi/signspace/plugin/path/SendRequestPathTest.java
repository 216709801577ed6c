package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendRequestPathTest {

  private static final Waiting UPLOADING = Waiting.at("serviceTask_uploadDocuments");
  private static final Waiting CREATING = Waiting.at("serviceTask_createSigningRequest");
  private static final Waiting CORRECTING = Waiting.at("userTask_correctRequest");

  @Test
  void documentsAreUploadedBeforeAnythingElse() {
    SigningCase signing = SigningCase.started();

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @ParameterizedTest
  @CsvSource({
    "100, '', 100",
    "101, '', 100",
    "99, 😀, 99",
    "98, 😀, 100",
    "95, 👨‍👩‍👧, 95",
    "99, é́, 99"
  })
  void a_case_is_named_by_whole_characters(int letters, String last, int kept) {
    String title = "x".repeat(letters) + last;
    String longer = title.length() > 100 || !last.isEmpty() ? title + "y".repeat(50) : title;

    SigningCase signing = SigningCase.startedWith(Map.of("title", longer));

    String name = String.valueOf(signing.variable("caseName"));
    assertThat(name).startsWith("x".repeat(Math.min(letters, kept)));
    assertThat(name.replace("…", "")).hasSize(kept);
  }

  @Test
  void theRequestIsCreatedOnceItsDocumentsAreUploaded() {
    SigningCase signing = SigningCase.started();

    signing.uploaded();

    assertThat(signing.waiting()).isEqualTo(CREATING);
  }

  @Test
  void aCreatedRequestIsFollowed() {
    SigningCase signing = SigningCase.started().uploaded();

    signing.created();

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
  }

  @Test
  void aRequestThatIsRejectedBeforeItsUploadIsCorrected() {
    SigningCase signing = SigningCase.started();

    signing.reject(Topic.UPLOAD_DOCUMENT);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    assertThat(signing.variable("problem")).isEqualTo("The title is missing.");
  }

  @Test
  void aRequestThatSignSpaceRejectsIsCorrected() {
    SigningCase signing = SigningCase.started().uploaded();

    signing.reject(Topic.CREATE_SIGNING_REQUEST);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    assertThat(signing.variable("problem")).isEqualTo("The title is missing.");
  }

  @Test
  void aCorrectedRequestStartsOverWithItsDocuments() {
    SigningCase signing = SigningCase.started().uploaded().reject(Topic.CREATE_SIGNING_REQUEST);

    signing.decide("retry");

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void aRequestIsCorrectedAsOftenAsItIsRejected() {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT).decide("retry");

    signing.reject(Topic.UPLOAD_DOCUMENT);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
  }

  @Test
  void correctedValuesReplaceTheOnesOfTheStart() {
    SigningCase signing =
        SigningCase.startedWith(Map.of("title", "Laese")).reject(Topic.UPLOAD_DOCUMENT);

    signing.completeUserTask(
        Map.of("decision", "retry", "title", "Lease", "dueDate", "2099-01-01"));

    assertThat(signing.variable("title")).isEqualTo("Lease");
    assertThat(signing.variable("dueDate")).isEqualTo("2099-01-01");
  }

  @Test
  void givingUpBeforeTheRequestExistsEndsAbandoned() {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    signing.decide("abandon");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().isEnded().hasPassed("endEvent_abandoned");
    assertThat(signing.variable("signingOutcome")).isEqualTo("abandoned");
    assertThat(signing.visits("serviceTask_createSigningRequest")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "cancelSigning", "close"})
  void aDecisionThatIsNoneOfItsChoicesTriesAgain(String decision) {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    signing.decide(decision);

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void noDecisionTriesAgain() {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    signing.completeUserTask(Map.of());

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void onlyTheDecisionOfThisCorrectionCounts() {
    SigningCase signing =
        SigningCase.startedWith(Map.of("decision", "abandon")).reject(Topic.UPLOAD_DOCUMENT);

    signing.completeUserTask(Map.of());

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void aRequestThatWasFoundInSignSpaceIsTakenOverWithACheck() {
    SigningCase signing = SigningCase.started().uploaded();

    signing.move(
        "serviceTask_createSigningRequest",
        "serviceTask_checkStatusNow",
        Map.of("signingRequestId", "63a198e76cd3aa8f6875e3b2"));

    assertThat(signing.waiting()).isEqualTo(Waiting.at("serviceTask_checkStatusNow"));
    assertThat(signing.checked("awaiting").waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    assertThat(signing.variable("signingRequestId")).isEqualTo("63a198e76cd3aa8f6875e3b2");
  }
}
