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
  void documents_are_uploaded_before_anything_else() {
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
  void the_name_of_a_case_is_truncated_at_whole_characters(int letters, String last, int kept) {
    String title = "x".repeat(letters) + last;
    String longer = title.length() > 100 || !last.isEmpty() ? title + "y".repeat(50) : title;

    SigningCase signing = SigningCase.startedWith(Map.of("title", longer));

    String name = String.valueOf(signing.variable("caseName"));
    assertThat(name).startsWith("x".repeat(Math.min(letters, kept)));
    assertThat(name.replace("…", "")).hasSize(kept);
  }

  @Test
  void the_request_is_created_once_its_documents_are_uploaded() {
    SigningCase signing = SigningCase.started();

    signing.uploaded();

    assertThat(signing.waiting()).isEqualTo(CREATING);
  }

  @Test
  void a_created_request_is_followed() {
    SigningCase signing = SigningCase.started().uploaded();

    signing.created();

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
  }

  @Test
  void a_request_that_is_rejected_before_its_upload_is_corrected() {
    SigningCase signing = SigningCase.started();

    signing.reject(Topic.UPLOAD_DOCUMENT);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    assertThat(signing.variable("problem")).isEqualTo("The title is missing.");
  }

  @Test
  void a_request_that_signspace_rejects_is_corrected() {
    SigningCase signing = SigningCase.started().uploaded();

    signing.reject(Topic.CREATE_SIGNING_REQUEST);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
    assertThat(signing.variable("problem")).isEqualTo("The title is missing.");
  }

  @Test
  void a_corrected_request_restarts_with_its_documents() {
    SigningCase signing = SigningCase.started().uploaded().reject(Topic.CREATE_SIGNING_REQUEST);

    signing.decide("retry");

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void a_request_is_corrected_each_time_it_is_rejected() {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT).decide("retry");

    signing.reject(Topic.UPLOAD_DOCUMENT);

    assertThat(signing.waiting()).isEqualTo(CORRECTING);
  }

  @Test
  void corrected_values_replace_the_ones_of_the_start() {
    SigningCase signing =
        SigningCase.startedWith(Map.of("title", "Laese")).reject(Topic.UPLOAD_DOCUMENT);

    signing.completeUserTask(
        Map.of("decision", "retry", "title", "Lease", "dueDate", "2099-01-01"));

    assertThat(signing.variable("title")).isEqualTo("Lease");
    assertThat(signing.variable("dueDate")).isEqualTo("2099-01-01");
  }

  @Test
  void abandoning_before_the_request_exists_ends_abandoned() {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    signing.decide("abandon");

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_NOTHING);
    signing.asInstance().isEnded().hasPassed("endEvent_abandoned");
    assertThat(signing.variable("signingOutcome")).isEqualTo("abandoned");
    assertThat(signing.visits("serviceTask_createSigningRequest")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "cancelSigning", "close"})
  void an_unknown_decision_retries(String decision) {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    signing.decide(decision);

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void a_missing_decision_retries() {
    SigningCase signing = SigningCase.started().reject(Topic.UPLOAD_DOCUMENT);

    signing.completeUserTask(Map.of());

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void only_the_decision_of_this_correction_counts() {
    SigningCase signing =
        SigningCase.startedWith(Map.of("decision", "abandon")).reject(Topic.UPLOAD_DOCUMENT);

    signing.completeUserTask(Map.of());

    assertThat(signing.waiting()).isEqualTo(UPLOADING);
  }

  @Test
  void a_request_that_was_found_in_signspace_is_adopted_with_a_check() {
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
