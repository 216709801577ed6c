package fi.signspace.plugin.worker.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names follow the content: no response of SignSpace gives a document the name of another. */
class SignedDocumentNamingTest {

  private static final SentDocument LEASE = TestStates.sent(1, "lease.pdf", "%PDF-1.7 lease%%EOF");
  private static final SentDocument ANNEX = TestStates.sent(2, "annex.pdf", "%PDF-1.7 annex%%EOF");

  private final TestWorkers workers = new TestWorkers();
  private final SignSpace signSpace = workers.signSpace;
  private final List<String> signedFileIds = new ArrayList<>();

  @Test
  void the_order_of_signed_files_affects_neither_names_nor_numbers() {
    signSpaceHas("", "%PDF-1.7 annex%%EOF signed");
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");

    assertThat(download(List.of(LEASE, ANNEX)))
        .containsExactlyInAnyOrder(
            "signedDocument1 = lease.pdf: %PDF-1.7 lease%%EOF signed",
            "signedDocument2 = annex.pdf: %PDF-1.7 annex%%EOF signed");
  }

  @Test
  void the_content_takes_precedence_over_the_name_of_another_document() {
    signSpaceHas("annex.pdf", "%PDF-1.7 lease%%EOF signed");
    signSpaceHas("lease.pdf", "%PDF-1.7 annex%%EOF signed");

    assertThat(download(List.of(LEASE, ANNEX)))
        .containsExactlyInAnyOrder(
            "signedDocument1 = lease.pdf: %PDF-1.7 lease%%EOF signed",
            "signedDocument2 = annex.pdf: %PDF-1.7 annex%%EOF signed");
  }

  @Test
  void a_name_in_another_normalization_form_matches_and_the_sent_form_is_kept() {
    SentDocument mother = TestStates.sent(1, "Äiti.pdf", "%PDF-1.7 mother%%EOF");
    signSpaceHas("annex.pdf", "%PDF-1.7%%EOF rewritten annex");
    signSpaceHas("A\u0308iti.pdf", "%PDF-1.7%%EOF rewritten mother");

    assertThat(download(List.of(mother, ANNEX)))
        .containsExactlyInAnyOrder(
            "signedDocument1 = Äiti.pdf: %PDF-1.7%%EOF rewritten mother",
            "signedDocument2 = annex.pdf: %PDF-1.7%%EOF rewritten annex");
  }

  @Test
  void two_documents_with_the_same_name_are_distinguished_by_their_content() {
    SentDocument other = TestStates.sent(2, "lease.pdf", "%PDF-1.7 other lease%%EOF");
    signSpaceHas("lease.pdf", "%PDF-1.7 other lease%%EOF signed");
    signSpaceHas("lease.pdf", "%PDF-1.7 lease%%EOF signed");

    assertThat(download(List.of(LEASE, other)))
        .containsExactlyInAnyOrder(
            "signedDocument1 = lease.pdf: %PDF-1.7 lease%%EOF signed",
            "signedDocument2 = lease.pdf: %PDF-1.7 other lease%%EOF signed");
  }

  @Test
  void an_unmatched_file_keeps_the_name_from_signspace() {
    signSpaceHas("document-a.pdf", "%PDF-1.7%%EOF rewritten once");
    signSpaceHas(" ", "%PDF-1.7%%EOF rewritten twice");

    assertThat(download(List.of(LEASE, ANNEX)))
        .containsExactly(
            "signedDocument1 = document-a.pdf: %PDF-1.7%%EOF rewritten once",
            "signedDocument2 = signed-document-2.pdf: %PDF-1.7%%EOF rewritten twice");
  }

  @Test
  void a_signature_page_is_numbered_last_at_any_position() {
    signSpaceHas("certificate.pdf", "%PDF-1.7 who%%EOF signed");
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    signSpaceHas("", "%PDF-1.7 annex%%EOF signed");

    assertThat(download(List.of(LEASE, ANNEX)))
        .containsExactlyInAnyOrder(
            "signedDocument1 = lease.pdf: %PDF-1.7 lease%%EOF signed",
            "signedDocument2 = annex.pdf: %PDF-1.7 annex%%EOF signed",
            "signedDocument3 = certificate.pdf: %PDF-1.7 who%%EOF signed");
  }

  @Test
  void fewer_signed_files_than_files_are_not_downloaded() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");

    assertThatThrownBy(() -> download(List.of(LEASE, ANNEX))).isInstanceOf(IncidentException.class);

    verify(signSpace, never()).downloadDocument(anyString());
  }

  @Test
  void extension_and_media_type_follow_the_bytes() {
    SentDocument word = TestStates.sent(1, "lease.docx", "PK word");
    signSpaceHas("lease.docx", "%PDF-1.7 lease%%EOF");

    assertThat(download(List.of(word)))
        .containsExactly("signedDocument1 = lease.pdf: %PDF-1.7 lease%%EOF");
  }

  static Stream<Arguments> newer() {
    return Stream.of(
        arguments("another name", ANNEX, "annex.pdf"),
        arguments(
            "the same name",
            TestStates.sent(2, "lease.pdf", "%PDF-1.7 corrected lease%%EOF"),
            "lease.pdf"),
        arguments(
            "an earlier revision of it",
            TestStates.sent(2, "lease.pdf", "%PDF-1.7%%EOF"),
            "lease.pdf"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("newer")
  void a_replaced_document_that_is_listed_as_signed_does_not_count(
      String newerHas, SentDocument newer, String signedName) {
    signSpaceHas(signedName, "%PDF-1.7 lease%%EOF signed");
    GivenTask given = given(replacedBy(newer));

    Outputs outputs = workers.download().work(given.taken());

    assertThatItDoesNotCount(given, outputs);
  }

  @Test
  void a_document_that_only_the_name_shows_to_be_the_replaced_one_does_not_count() {
    signSpaceHas("lease.pdf", "%PDF-1.7%%EOF written again with a signature");
    GivenTask given = given(replacedBy(ANNEX));

    Outputs outputs = workers.download().work(given.taken());

    assertThatItDoesNotCount(given, outputs);
  }

  @Test
  void a_document_with_the_name_of_the_replaced_and_of_the_new_one_counts() {
    signSpaceHas("lease.pdf", "%PDF-1.7%%EOF written again with a signature");
    GivenTask given = given(replacedBy(TestStates.sent(2, "lease.pdf", "%PDF-1.7 corrected%%EOF")));

    workers.download().work(given.taken());

    assertThat(documents(given)).hasSize(1);
  }

  @Test
  void a_new_document_that_extends_the_replaced_one_counts() {
    SentDocument newer = TestStates.sent(2, "lease.pdf", "%PDF-1.7 lease continued%%EOF");
    signSpaceHas("lease.pdf", "%PDF-1.7 lease continued%%EOF signed");
    GivenTask given = given(replacedBy(newer));

    workers.download().work(given.taken());

    assertThat(documents(given))
        .containsExactly("signedDocument1 = lease.pdf: %PDF-1.7 lease continued%%EOF signed");
  }

  @Test
  void a_variable_of_a_calling_process_names_nothing_in_signing_request() {
    GivenTask given = given(state(List.of(LEASE))).with("signedDocumentName", "contract");

    assertThat(SignedDocumentNames.of(given.taken()).numbered(1)).isEqualTo("signedDocument1");
    assertThat(SignedDocumentNames.of(given.ofOwnProcess().taken()).numbered(1))
        .isEqualTo("contract1");
  }

  @Test
  void only_numbers_beyond_the_last_one_are_removed() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    GivenTask given = given(state(List.of(LEASE)));
    when(given.engine.variableNames(GivenTask.EXECUTION))
        .thenReturn(
            Set.of(
                "signedDocument1",
                "signedDocument2",
                "signedDocument7",
                "signedDocument02",
                "signedDocumentName",
                "signedDocuments2",
                "document2"));

    workers.download().work(given.taken());

    verify(given.engine).removeVariable(GivenTask.EXECUTION, "signedDocument2");
    verify(given.engine).removeVariable(GivenTask.EXECUTION, "signedDocument7");
    verify(given.engine, never()).removeVariable(any(), eq("signedDocument1"));
    verify(given.engine, never()).removeVariable(any(), eq("signedDocument02"));
    verify(given.engine, never()).removeVariable(any(), eq("document2"));
  }

  @Test
  void documents_of_an_earlier_run_count_only_while_signspace_lists_them() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    signSpaceHas("", "%PDF-1.7 annex%%EOF signed");
    SigningState interrupted =
        state(List.of(LEASE, ANNEX))
            .withSigned(
                List.of(
                    signed("signedDocument1", "lease.pdf", "%PDF-1.7%%EOF former", "s0", "file-1")),
                "of a former completion");

    Outputs outputs = workers.download().work(given(interrupted).taken());

    assertThat(GivenTask.stateIn(outputs).signed())
        .containsExactly(
            signed("signedDocument1", "lease.pdf", "%PDF-1.7 lease%%EOF signed", "s1", "file-1"),
            signed("signedDocument2", "annex.pdf", "%PDF-1.7 annex%%EOF signed", "s2", "file-2"));
  }

  @Test
  void an_unchanged_file_that_is_listed_as_signed_does_not_count() {
    SentDocument sent = TestStates.sent(1, "lease.pdf", "%PDF-1.7 lease%%EOF");
    signedFileIds.add(sent.fileId());
    when(signSpace.downloadDocument(sent.fileId()))
        .thenReturn(
            new Document("lease.pdf", "application/pdf", "%PDF-1.7 lease%%EOF".getBytes(UTF_8)));
    GivenTask given = given(state(List.of(sent)));

    Outputs outputs = workers.download().work(given.taken());

    assertThat(documents(given)).isEmpty();
    assertThat(outputs.toMap().get("signingPhase")).isNotEqualTo("signed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"annex.pdf", "lease.pdf", "other.pdf"})
  void two_signed_versions_of_one_document_are_not_those_of_two(String name) {
    signSpaceHas("lease.pdf", "%PDF-1.7 lease%%EOF signed");
    signSpaceHas(name, "%PDF-1.7 lease%%EOF signed again");
    GivenTask given = given(state(List.of(LEASE, ANNEX)));

    Outputs outputs = workers.download().work(given.taken());

    assertThat(outputs.toMap().get("signingPhase")).isNotEqualTo("signed");
    assertThat(GivenTask.stateIn(outputs).signed()).isEmpty();
    assertThat(GivenTask.stateIn(outputs).outdatedFileIds()).containsExactly("s2");
  }

  @Test
  void a_further_version_beside_the_signed_ones_is_kept() {
    signSpaceHas("lease.pdf", "%PDF-1.7 lease%%EOF signed");
    signSpaceHas("annex.pdf", "%PDF-1.7 lease%%EOF signed again");
    signSpaceHas("annex.pdf", "%PDF-1.7 annex%%EOF signed");

    assertThat(download(List.of(LEASE, ANNEX)))
        .containsExactlyInAnyOrder(
            "signedDocument1 = lease.pdf: %PDF-1.7 lease%%EOF signed",
            "signedDocument2 = annex.pdf: %PDF-1.7 annex%%EOF signed",
            "signedDocument3 = annex.pdf: %PDF-1.7 lease%%EOF signed again");
  }

  @Test
  void the_documents_of_another_request_of_the_process_are_kept() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    GivenTask given =
        inOwnProcess()
            .document("contract21", "other.pdf", "%PDF-1.7 other%%EOF signed")
            .document("contract2Evidence", "evidence.jws", evidenceOf("other", "contract21"));
    when(given.engine.variableNames(GivenTask.EXECUTION))
        .thenReturn(Set.of("contract21", "contract2Evidence", "contract2026"));

    workers.download().work(given.taken());

    verify(given.engine, never()).removeVariable(any(), any());
  }

  @Test
  void names_used_by_another_request_of_the_process_are_an_incident() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    GivenTask given =
        inOwnProcess()
            .document("contractEvidence", "evidence.jws", evidenceOf("other", "contract1"));

    assertThatThrownBy(() -> workers.download().work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("other");
  }

  @Test
  void a_document_that_is_not_of_this_request_is_not_overwritten_by_the_signed_one() {
    signSpaceHas("lease.pdf", "%PDF-1.7 lease%%EOF signed");
    GivenTask given = inOwnProcess().document("contract1", "annex.pdf", "%PDF-%%EOF not sent yet");
    when(given.engine.variableNames(GivenTask.EXECUTION)).thenReturn(Set.of("contract1"));

    assertThatThrownBy(() -> workers.download().work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("contract1 holds another document");

    assertThat(given.savedFiles()).isEmpty();
  }

  @Test
  void a_document_that_an_interrupted_download_has_left_is_written_again() {
    signSpaceHas("lease.pdf", "%PDF-1.7 lease%%EOF signed");
    GivenTask given =
        inOwnProcess().document("contract1", "lease.pdf", "%PDF-1.7 lease%%EOF signed");
    when(given.engine.variableNames(GivenTask.EXECUTION)).thenReturn(Set.of("contract1"));

    workers.download().work(given.taken());

    assertThat(given.savedFiles()).contains("contract1 = lease.pdf: %PDF-1.7 lease%%EOF signed");
  }

  @Test
  void a_document_that_was_sent_is_not_overwritten_by_the_signed_one() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    GivenTask given = inOwnProcess().with(SigningVariables.SIGNED_DOCUMENT_NAME.name(), "document");

    assertThatThrownBy(() -> workers.download().work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("document1 holds a document that was sent");

    assertThat(documents(given)).isEmpty();
  }

  @Test
  void a_document_that_another_download_writes_at_the_same_time_is_not_overwritten() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    GivenTask given = inOwnProcess();
    when(given.engine.variableNames(GivenTask.EXECUTION))
        .thenReturn(Set.of())
        .thenReturn(Set.of("contract1"));

    assertThatThrownBy(() -> workers.download().work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("contract1")
        .hasMessageContaining("signedDocumentName of its own");

    assertThat(documents(given)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"contract1", "contractEvidence"})
  void a_file_that_another_download_has_overwritten_is_an_incident(String overwritten) {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    GivenTask given = inOwnProcess();
    runsBesideAnotherDownload(given, overwritten);

    assertThatThrownBy(() -> workers.download().work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining(overwritten + " ")
        .hasMessageContaining("signedDocumentName of its own");
  }

  @Test
  void a_download_beside_another_one_with_other_names_completes() {
    signSpaceHas("", "%PDF-1.7 lease%%EOF signed");
    GivenTask given = inOwnProcess();
    runsBesideAnotherDownload(given, "rent1");

    workers.download().work(given.taken());

    assertThat(documents(given)).hasSize(2);
  }

  private static void runsBesideAnotherDownload(GivenTask given, String overwritten) {
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of(GivenTask.ACTIVITY, "other"));
    doAnswer(
            call -> {
              String variable = call.getArgument(1);
              Document document = call.getArgument(2);
              String content = new String(document.content(), UTF_8);
              given.document(
                  variable,
                  document.name(),
                  variable.equals(overwritten) ? "of another request" : content);
              return null;
            })
        .when(given.engine)
        .putFile(any(), any(), any());
  }

  private GivenTask inOwnProcess() {
    return given(state(List.of(LEASE)))
        .ofOwnProcess()
        .with(SigningVariables.SIGNED_DOCUMENT_NAME.name(), "contract");
  }

  private static String evidenceOf(String requestId, String variable) {
    String claims =
        "{\"request\":{\"id\":\"%s\"},\"documentsSigned\":[{\"variable\":\"%s\"}]}"
            .formatted(requestId, variable);
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + ".c2ln";
  }

  @Test
  void the_state_records_which_document_was_signed_and_the_signed_file() {
    signSpaceHas("", "%PDF-1.7 annex%%EOF signed");
    signSpaceHas("page.pdf", "%PDF-1.7%%EOF page");

    Outputs outputs = workers.download().work(given(state(List.of(ANNEX))).taken());

    assertThat(GivenTask.stateIn(outputs).signed())
        .containsExactly(
            signed("signedDocument1", "annex.pdf", "%PDF-1.7 annex%%EOF signed", "s1", "file-2"),
            signed("signedDocument2", "page.pdf", "%PDF-1.7%%EOF page", "s2", null));
  }

  private static SignedDocument signed(
      String variable, String name, String content, String signedFileId, @Nullable String fileId) {
    byte[] bytes = content.getBytes(UTF_8);
    return new SignedDocument(
        variable, name, "application/pdf", bytes.length, Sha256.of(bytes), signedFileId, fileId);
  }

  private static void assertThatItDoesNotCount(GivenTask given, Outputs outputs) {
    assertThat(documents(given)).isEmpty();
    assertThat(outputs.toMap().get("signingPhase")).isNotEqualTo("signed");
    SigningState state = GivenTask.stateIn(outputs);
    assertThat(state.signed()).isEmpty();
    assertThat(state.outdatedFileIds()).containsExactly("s1");
  }

  private List<String> download(List<SentDocument> sent) {
    GivenTask given = given(state(sent));
    given.property("signspace.followsPhase", "false");
    workers.download().work(given.taken());
    return documents(given);
  }

  private static List<String> documents(GivenTask given) {
    return given.savedFiles().stream()
        .filter(file -> !file.startsWith(SigningVariables.SIGNING_EVIDENCE))
        .toList();
  }

  private GivenTask given(SigningState state) {
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.complete(state.requireRequest().fileIds(), signedFileIds)));
    return new GivenTask().state(state).property("signspace.followsPhase", "true");
  }

  private static SigningState state(List<SentDocument> sent) {
    return TestStates.requested(States.ID, sent, null);
  }

  private static SigningState replacedBy(SentDocument newer) {
    return state(List.of(LEASE))
        .withPending(List.of(newer), "t", GivenTask.ACTIVITY)
        .withPendingAsDocuments(TestStates.STARTED_AT, null, List.of());
  }

  private void signSpaceHas(String name, String content) {
    String id = "s" + (signedFileIds.size() + 1);
    signedFileIds.add(id);
    when(signSpace.downloadDocument(id))
        .thenReturn(new Document(name, "application/pdf", content.getBytes(UTF_8)));
  }
}
