package fi.signspace.plugin.worker.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.RetryLaterException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.camunda.bpm.client.task.ExternalTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.InOrder;
import org.mockito.stubbing.OngoingStubbing;

class DownloadDocumentWorkerTest {

  private final TestWorkers workers = new TestWorkers();
  private final SignSpace signSpace = workers.signSpace;
  private final TopicWorker worker = workers.download();

  @Test
  void every_document_has_its_original_name_and_is_saved_before_the_next() {
    GivenTask given = signed(2, "s1", "s2");
    signSpaceHasSigned("s1", 1);
    signSpaceHasSigned("s2", 2);

    Outputs outputs = worker.work(given.taken());

    assertThat(documents(given))
        .containsExactly(
            "signedDocument1 = 1.pdf: " + signedForm(1),
            "signedDocument2 = 2.pdf: " + signedForm(2));
    assertThat(given.savedStates())
        .extracting(SigningState::signed)
        .containsExactly(List.of(signedDocument(1)));
    assertThat(GivenTask.stateIn(outputs).signed())
        .containsExactly(signedDocument(1), signedDocument(2));
  }

  @Test
  void a_document_is_saved_before_the_state_that_records_it() {
    GivenTask given = signed(2, "s1", "s2");
    signSpaceHasSigned("s1", 1);
    signSpaceHasSigned("s2", 2);

    worker.work(given.taken());

    InOrder order = inOrder(given.engine, given.service);
    order.verify(given.engine).putFile(anyString(), eq("signedDocument1"), any());
    order.verify(given.engine).setVariables(anyString(), any());
    order.verify(given.engine).putFile(anyString(), eq("signedDocument2"), any());
    order.verify(given.engine).putFile(anyString(), eq("signingEvidence"), any());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"error\":\"login\"}", "Service Unavailable", "<Error/>", "x"})
  void a_text_is_not_the_signed_version_of_a_pdf(String text) {
    GivenTask given = signed(1, "s1");
    when(signSpace.downloadDocument("s1")).thenReturn(document("1.pdf", text));

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(SignSpaceException.class)
        .hasMessageContaining("the response is a text")
        .extracting(failure -> ((SignSpaceException) failure).kind())
        .isEqualTo(SignSpaceException.Kind.UNCONFIRMED);

    assertThat(given.savedFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%PDF-", "%PDF-1.7 document 1.", "%PDF-1.7 page", "PK\u0003\u0004 a"})
  void a_file_without_its_end_is_downloaded_again(String cut) {
    GivenTask given = signed(1, "s1");
    when(signSpace.downloadDocument("s1"))
        .thenReturn(document("1.pdf", cut))
        .thenReturn(document("1.pdf", signedForm(1)));

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(SignSpaceException.class)
        .hasMessageContaining("the response is cut");
    assertThat(given.savedFiles()).isEmpty();

    worker.work(given.taken());

    assertThat(documents(given)).containsExactly("signedDocument1 = 1.pdf: " + signedForm(1));
  }

  @ParameterizedTest
  @CsvSource({"lease.pdf, ''", "lease, ''", "lease.docx, ''", "lease.pdf, '\r\n \0'"})
  void a_pdf_that_comes_back_unchanged_is_not_signed_whatever_its_id_and_name(
      String name, String blanks) {
    SentDocument sent = TestStates.sent(1, name, TestStates.content(1));
    GivenTask given =
        signed(1, "another-id").state(TestStates.requested(States.ID, List.of(sent), null));
    when(signSpace.downloadDocument("another-id"))
        .thenReturn(document("1.pdf", TestStates.content(1) + blanks));

    assertThatThrownBy(() -> worker.work(given.taken())).isInstanceOf(IncidentException.class);

    assertThat(given.savedFiles()).isEmpty();
  }

  @Test
  void after_a_failure_only_what_is_missing_is_downloaded() {
    SignSpaceException failure = Failures.notDone();
    GivenTask first = signed(2, "s1", "s2");
    signSpaceHasSigned("s1", 1);
    when(signSpace.downloadDocument("s2"))
        .thenThrow(failure)
        .thenReturn(document("", signedForm(2)));
    assertThatThrownBy(() -> worker.work(first.taken())).isSameAs(failure);

    GivenTask second = continued(first);
    worker.work(second.taken());

    assertThat(documents(second)).containsExactly("signedDocument2 = 2.pdf: " + signedForm(2));
    verify(signSpace, times(1)).downloadDocument("s1");
  }

  @Test
  void nothing_is_downloaded_again_if_the_process_has_all_documents() {
    GivenTask first = signed(1, "s1");
    signSpaceHasSigned("s1", 1);
    Outputs outputs = worker.work(first.taken());

    GivenTask second =
        new GivenTask().with(outputs.toMap()).document("signedDocument1", "1.pdf", signedForm(1));
    Outputs later = worker.work(second.taken());

    assertThat(GivenTask.stateIn(later).signed()).containsExactly(signedDocument(1));
    assertThat(documents(second)).isEmpty();
    verify(signSpace, times(1)).downloadDocument("s1");
  }

  @Test
  void a_document_whose_variable_was_changed_or_removed_is_downloaded_again() {
    GivenTask first = signed(2, "s1", "s2");
    signSpaceHasSigned("s1", 1);
    signSpaceHasSigned("s2", 2);
    Outputs outputs = worker.work(first.taken());

    GivenTask second =
        new GivenTask().with(outputs.toMap()).document("signedDocument2", "2.pdf", "unsigned");
    worker.work(second.taken());

    assertThat(documents(second)).isEqualTo(documents(first));
  }

  @Test
  void a_download_under_another_name_downloads_everything() {
    GivenTask first = signed(1, "s1");
    signSpaceHasSigned("s1", 1);
    Outputs outputs = worker.work(first.taken());

    GivenTask second =
        new GivenTask()
            .ofOwnProcess()
            .with(outputs.toMap())
            .document("signedDocument1", "1.pdf", signedForm(1))
            .with("signedDocumentName", "signedLease");
    worker.work(second.taken());

    assertThat(second.savedFiles()).contains("signedLease1 = 1.pdf: " + signedForm(1));
  }

  /** After an interruption that left the first document. */
  private static GivenTask continued(GivenTask interrupted) {
    return new GivenTask()
        .with(interrupted.saved().get(0))
        .document("signedDocument1", "1.pdf", signedForm(1));
  }

  @Test
  void files_of_a_former_completion_are_downloaded_again_even_under_the_same_ids() {
    GivenTask first = signed(2, "s1", "s2");
    signSpaceHasSigned("s1", 1);
    when(signSpace.downloadDocument("s2")).thenThrow(Failures.unreachable());
    assertThatThrownBy(() -> worker.work(first.taken())).isInstanceOf(SignSpaceException.class);

    GivenTask second = continued(first);
    Instant signedAgain = States.CREATED.plusSeconds(30);
    signSpaceReturns(completed(signedAgain));
    String withAnother = signedForm(1) + " and by another";
    doReturn(document("1.pdf", withAnother)).when(signSpace).downloadDocument("s1");
    doReturn(document("2.pdf", signedForm(2))).when(signSpace).downloadDocument("s2");
    worker.work(second.taken());

    assertThat(documents(second))
        .containsExactly(
            "signedDocument1 = 1.pdf: " + withAnother, "signedDocument2 = 2.pdf: " + signedForm(2));
  }

  @Test
  void evidence_of_a_request_that_changes_during_the_download_is_not_written() {
    GivenTask given = signed(2, "s1", "s2").ofOwnProcess();
    signSpaceReturns(completed(States.CREATED), completed(States.CREATED.plusSeconds(30)));
    signSpaceHasSigned("s1", 1);
    signSpaceHasSigned("s2", 2);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(SignSpaceException.class)
        .hasMessageContaining("has changed the signing request");

    assertThat(given.savedFiles()).hasSize(2).allMatch(file -> file.startsWith("signedDocument"));
    GivenTask next =
        new GivenTask()
            .ofOwnProcess()
            .with(given.saved().get(given.saved().size() - 1))
            .document("signedDocument1", "1.pdf", "of the former completion");
    worker.work(next.taken());
    assertThat(next.savedFiles()).contains("signedDocument1 = 1.pdf: " + signedForm(1));
  }

  @Test
  void a_signing_page_does_not_stand_for_a_missing_document() {
    GivenTask given = signed(2, "s1", "page").property("signspace.followsPhase", "true");
    when(signSpace.downloadDocument("s1")).thenReturn(document("1.pdf", signedForm(1)));
    when(signSpace.downloadDocument("page"))
        .thenReturn(document("signing-page.pdf", "%PDF-1.7%%EOF page"));

    Outputs incomplete = worker.work(given.taken());

    assertThat(incomplete.toMap()).containsEntry("signingPhase", "awaiting");
    signed(2, "page", "s1", "s2");
    when(signSpace.downloadDocument("s2")).thenReturn(document("2.pdf", signedForm(2)));
    GivenTask later = new GivenTask().with(incomplete.toMap());
    Outputs complete = worker.work(later.taken());
    assertThat(complete.toMap()).containsEntry("signingPhase", "signed");
    assertThat(documents(later))
        .containsExactly(
            "signedDocument1 = 1.pdf: " + signedForm(1),
            "signedDocument2 = 2.pdf: " + signedForm(2),
            "signedDocument3 = signing-page.pdf: %PDF-1.7%%EOF page");
  }

  @Test
  void a_text_is_not_the_signed_version_of_a_pdf_beside_a_text() {
    SentDocument note = TestStates.sent(1, "note.txt", "hello");
    SentDocument lease = TestStates.sent(2, "lease.pdf", TestStates.content(2));
    signed(2, "s2");
    GivenTask given =
        new GivenTask().state(TestStates.requested(States.ID, List.of(note, lease), null));
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(
            List.of(States.complete(List.of(note.fileId(), lease.fileId()), List.of("s1", "s2"))));
    when(signSpace.downloadDocument("s1")).thenReturn(document("note.txt", "hello, signed"));
    when(signSpace.downloadDocument("s2")).thenReturn(document("lease.pdf", "upstream timeout"));

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(SignSpaceException.class)
        .hasMessageContaining("the response is a text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.pdf", "2.PDF", "2.asice"})
  void a_document_of_another_type_is_accepted(String name) {
    GivenTask given = signed(2, "s1", "s2");
    when(signSpace.downloadDocument("s1")).thenReturn(document("1.pdf", signedForm(1)));
    when(signSpace.downloadDocument("s2")).thenReturn(document(name, "%PDF-1.7%%EOF converted"));

    assertThat(worker.work(given.taken()).toMap()).containsEntry("signingPhase", "signed");
  }

  @Test
  void a_file_that_was_unsigned_is_accepted_once_it_is_signed() {
    when(signSpace.downloadDocument("s1")).thenReturn(document("1.pdf", TestStates.content(1)));
    when(signSpace.downloadDocument("s2")).thenReturn(document("2.pdf", signedForm(2)));

    assertThatItIsRefusedUntil(document("1.pdf", signedForm(1)));
  }

  @Test
  void a_file_that_had_another_name_is_accepted_once_it_has_that_of_its_document() {
    when(signSpace.downloadDocument("s1")).thenReturn(document("tmp.pdf", "%PDF-1.7%%EOF new"));
    when(signSpace.downloadDocument("s2")).thenReturn(document("2.pdf", "%PDF-1.7%%EOF new"));

    assertThatItIsRefusedUntil(document("1.pdf", "%PDF-1.7%%EOF new"));
  }

  private void assertThatItIsRefusedUntil(Document corrected) {
    GivenTask download = signed(2, "s1", "s2").property("signspace.followsPhase", "true");
    Outputs refused = worker.work(download.taken());
    assertThat(refused.toMap()).containsEntry("signingPhase", "awaiting");

    Outputs again = downloaded(checkedUntilSigned(refused));
    assertThat(again.toMap().get("signingPhase")).isNotEqualTo("signed");
    assertThat(unconfirmedChecks(again)).isGreaterThan(unconfirmedChecks(refused));

    when(signSpace.downloadDocument("s1")).thenReturn(corrected);
    assertThat(downloaded(checkedUntilSigned(again)).toMap())
        .containsEntry("signingPhase", "signed");
  }

  private Outputs checkedUntilSigned(Outputs before) {
    Outputs checked = check(before);
    for (int checks = 1; !"signed".equals(checked.toMap().get("signingPhase")); checks++) {
      assertThat(checks).isLessThan(8);
      checked = check(checked);
    }
    return checked;
  }

  private Outputs downloaded(Outputs before) {
    GivenTask download =
        new GivenTask().with(before.toMap()).property("signspace.followsPhase", "true");
    return worker.work(download.taken());
  }

  private static int unconfirmedChecks(Outputs outputs) {
    return GivenTask.stateIn(outputs).lastCheck().unconfirmedChecks();
  }

  private Outputs check(Outputs before) {
    GivenTask check = new GivenTask().with(before.toMap());
    Outputs outputs =
        workers.checks.outputs(check.taken(), id -> signSpace.getRequests(List.of(id)).get(0));
    assertThat(check.savedFiles()).isEmpty();
    assertThat(check.savedStates()).isEmpty();
    return outputs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"lease_signed.pdf", "", "1.pdf"})
  void a_single_file_is_the_signed_document(String name) {
    GivenTask given = signed(1, "s1");
    when(signSpace.downloadDocument("s1")).thenReturn(document(name, "%PDF-1.7%%EOF new"));

    assertThat(worker.work(given.taken()).toMap()).containsEntry("signingPhase", "signed");
    assertThat(documents(given)).hasSize(1);
  }

  @Test
  void in_another_process_an_interrupted_download_is_continued_unless_the_state_has_changed() {
    SigningState before = TestStates.requested(2);
    GivenTask first = signed(2, "s1", "s2").ofOwnProcess().withOutputMapping();
    signSpaceHasSigned("s1", 1);
    when(signSpace.downloadDocument("s2"))
        .thenThrow(Failures.notDone())
        .thenReturn(document("2.pdf", signedForm(2)));
    assertThatThrownBy(() -> worker.work(first.taken())).isNotNull();
    SigningState checkpoint =
        GivenTask.stateIn(first.savedInStep().get(0)).withWriter(GivenTask.ACTIVITY_INSTANCE);

    assertThatThrownBy(() -> workContinued(checkpoint, before.withLateReplacement()))
        .isInstanceOf(RetryLaterException.class)
        .hasMessageContaining("has changed the signing state");
    assertThat(workContinued(checkpoint, before).toMap()).containsEntry("signingPhase", "signed");
  }

  @ParameterizedTest
  @CsvSource({
    "signing-request, false, IncidentException",
    "own-process, false, IncidentException",
    "own-process, true, RetryLaterException",
  })
  void documents_that_were_replaced_before_the_answer_of_sign_space_are_not_signed(
      String process, boolean isWritten, String expected) {
    GivenTask given = signed(1, "s1");
    when(given.task.getProcessDefinitionKey()).thenReturn(process);
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS)))
        .thenReturn(List.of(SigningProcess.REPLACEMENT));
    RequestState withoutFiles = States.complete(List.of(), List.of("s1"));
    when(signSpace.getRequests(List.of(States.ID)))
        .thenAnswer(
            call -> {
              documentsAreReplaced(given, isWritten);
              return List.of(withoutFiles);
            });
    signSpaceHasSigned("s1", 2);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .extracting(failure -> failure.getClass().getSimpleName())
        .isEqualTo(expected);

    assertThat(given.savedFiles()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"false, IncidentException", "true, RetryLaterException"})
  void documents_that_are_replaced_during_the_download_get_no_evidence(
      boolean isWritten, String expected) {
    GivenTask given = signed(1, "s1").ofOwnProcess();
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS)))
        .thenReturn(List.of(SigningProcess.REPLACEMENT));
    when(signSpace.downloadDocument("s1"))
        .thenAnswer(
            call -> {
              documentsAreReplaced(given, isWritten);
              return document("", signedForm(1));
            });

    assertThatThrownBy(() -> worker.work(given.taken()))
        .extracting(failure -> failure.getClass().getSimpleName())
        .isEqualTo(expected);

    assertThat(given.savedFiles()).hasSize(1).allMatch(file -> file.startsWith("signedDocument1 "));
  }

  private void documentsAreReplaced(GivenTask given, boolean isStateWritten) {
    Instant end = GivenTask.OWN_RUN.startTime().plusSeconds(1);
    ActivityRun run = new ActivityRun("run", "scope", false, GivenTask.OWN_RUN.startTime(), end);
    when(workers.history.activityRuns(GivenTask.INSTANCE, SigningProcess.REPLACEMENT))
        .thenReturn(List.of(run));
    when(workers.history.texts("run", "signingRequestId")).thenReturn(List.of(States.ID));
    if (isStateWritten) {
      String written = TestSeals.SEAL.seal(TestStates.requested(1).withLateReplacement());
      when(given.engine.text(anyString(), eq("signingState"))).thenReturn(Optional.of(written));
    }
  }

  /**
   * @param variable the state that the step will overwrite
   */
  private Outputs workContinued(SigningState checkpoint, SigningState variable) {
    GivenTask given = new GivenTask().ofOwnProcess().withOutputMapping().state(checkpoint);
    when(given.engine.text(anyString(), eq("signingState")))
        .thenReturn(Optional.of(TestSeals.SEAL.seal(variable)));
    return worker.work(given.taken());
  }

  /** SignSpace gives a document that is no PDF as it was sent, and a signing page as a PDF. */
  @ParameterizedTest
  @CsvSource({
    "lease file-2 page, signed",
    "page file-2 lease, signed",
    "lease copy, signed",
    "lease copy page, signed",
    "lease file-2 page signedNotes, signed",
    "signedNotes page file-2 lease, signed",
    "lease signedNotes file-2, signed",
    "signedNotes file-2 page, awaiting",
    "lease container, signed",
    "lease archive, awaiting",
    "lease file-2, awaiting",
    "lease leaseAgain file-2, awaiting",
    "renamed file-2, awaiting",
    "renamed renamedAgain file-2, awaiting",
    "renamed file-2 page, signed",
    "lease converted, signed",
    "lease page, awaiting",
    "lease page otherPage, awaiting",
    "lease picture, awaiting",
    "file-2 page, awaiting",
    "file-2 page otherPage, awaiting",
    "copy file-2 page, awaiting"
  })
  void a_document_that_is_no_pdf_may_have_a_signing_page_of_its_own(String listed, String phase) {
    SentDocument lease = TestStates.sent(1, "lease.pdf", TestStates.content(1));
    SentDocument notes = TestStates.sent(2, "notes.docx", "PK\u0003\u0004 notes");
    List<String> ids = List.of(listed.split(" ", -1));
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.complete(List.of("file-1", "file-2"), ids)));
    when(signSpace.downloadDocument("lease")).thenReturn(document("lease.pdf", signedForm(1)));
    when(signSpace.downloadDocument("file-2"))
        .thenReturn(document("notes.docx", "PK\u0003\u0004 notes"));
    when(signSpace.downloadDocument("copy"))
        .thenReturn(document("notes.docx", "PK\u0003\u0004 notes"));
    when(signSpace.downloadDocument("signedNotes"))
        .thenReturn(document("notes.docx", "PK\u0003\u0004 PK\u0005\u0006 notes signed"));
    when(signSpace.downloadDocument("container"))
        .thenReturn(document("notes.asice", "PK\u0003\u0004 PK\u0005\u0006 both"));
    when(signSpace.downloadDocument("archive"))
        .thenReturn(document("audit.zip", "PK\u0003\u0004 PK\u0005\u0006 audit"));
    when(signSpace.downloadDocument("renamed"))
        .thenReturn(document("Lease.PDF", "%PDF-1.7%%EOF new"));
    when(signSpace.downloadDocument("renamedAgain"))
        .thenReturn(document("LEASE.pdf", "%PDF-1.7%%EOF new again"));
    when(signSpace.downloadDocument("converted"))
        .thenReturn(document("notes.pdf", "%PDF-1.7%%EOF"));
    when(signSpace.downloadDocument("leaseAgain"))
        .thenReturn(document("lease.pdf", signedForm(1) + " again"));
    when(signSpace.downloadDocument("picture")).thenReturn(document("lease.png", "\u0089PNG\r\n"));
    when(signSpace.downloadDocument("page")).thenReturn(document("page.pdf", "%PDF-1.7%%EOF page"));
    when(signSpace.downloadDocument("otherPage"))
        .thenReturn(document("p.pdf", "%PDF-1.7%%EOF page"));
    GivenTask given =
        new GivenTask()
            .state(TestStates.requested(States.ID, List.of(lease, notes), null))
            .property("signspace.followsPhase", "true");

    assertThat(worker.work(given.taken()).toMap()).containsEntry("signingPhase", phase);
  }

  @Test
  void documents_that_differ_in_their_type_alone_keep_their_numbers() {
    SentDocument word = TestStates.sent(1, "Contract.docx", "PK\u0003\u0004 contract");
    SentDocument pdf = TestStates.sent(2, "Contract.PDF", TestStates.content(2));
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.complete(List.of("file-1", "file-2"), List.of("pdf", "word"))));
    when(signSpace.downloadDocument("pdf"))
        .thenReturn(document("contract.pdf", "%PDF-1.7%%EOF new"));
    when(signSpace.downloadDocument("word"))
        .thenReturn(document("contract.docx", "PK\u0003\u0004 PK\u0005\u0006 signed"));
    GivenTask given =
        new GivenTask().state(TestStates.requested(States.ID, List.of(word, pdf), null));

    worker.work(given.taken());

    assertThat(documents(given))
        .containsExactly(
            "signedDocument1 = contract.docx: PK\u0003\u0004 PK\u0005\u0006 signed",
            "signedDocument2 = contract.pdf: %PDF-1.7%%EOF new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit.json", "signed-document-2"})
  void a_text_beside_the_documents_is_kept(String name) {
    GivenTask given = signed(1, "page", "s1");
    signSpaceHasSigned("s1", 1);
    when(signSpace.downloadDocument("page"))
        .thenReturn(document(name.contains(".") ? name : "", "{}"));

    worker.work(given.taken());

    assertThat(documents(given))
        .containsExactly(
            "signedDocument1 = 1.pdf: " + signedForm(1), "signedDocument2 = " + name + ": {}");
  }

  @Test
  void a_request_that_is_no_longer_signed_is_followed_if_the_model_checks_the_phase() {
    GivenTask given =
        new GivenTask().state(TestStates.requested(1)).property("signspace.followsPhase", "true");
    signSpaceReturns(SigningStatus.IN_PROGRESS);

    Outputs outputs = worker.work(given.taken());

    assertThat(outputs.toMap()).containsEntry("signingPhase", "awaiting");
    verify(signSpace, never()).downloadDocument(anyString());
  }

  @Test
  void a_request_that_is_not_signed_is_an_incident_if_the_model_ignores_the_phase() {
    GivenTask given = new GivenTask().state(TestStates.requested(1)).with("signingPhase", "signed");
    signSpaceReturns(SigningStatus.IN_PROGRESS);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("SignSpace does not report the signing request request-1 as signed");

    verify(signSpace, never()).downloadDocument(anyString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-65M", "PT3M"})
  void with_a_wrong_clock_no_evidence_is_written(Duration ahead) {
    GivenTask given = signed(1, "s1").clockAhead(ahead);
    signSpaceHasSigned("s1", 1);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(RetryLaterException.class)
        .hasMessageContaining(
            ahead.isNegative() ? "behind the engine's (3900 s)" : "ahead of the engine's (180 s)");

    assertThat(given.savedFiles()).noneMatch(file -> file.startsWith("signingEvidence"));
  }

  @Test
  void no_evidence_is_written_before_the_instance_has_started() {
    GivenTask given =
        signed(1, "s1").instanceStartedAt(workers.clock.instant().plus(Duration.ofHours(2)));
    signSpaceHasSigned("s1", 1);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(RetryLaterException.class)
        .hasMessageContaining("The clock was set back");

    worker.work(
        signed(1, "s1")
            .instanceStartedAt(workers.clock.instant().plus(Duration.ofMinutes(1)))
            .taken());
  }

  @Test
  void a_lost_lock_ends_the_work_before_the_download() {
    GivenTask given = signed(1, "s1");
    doThrow(Failures.badRequest())
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());

    assertThatThrownBy(() -> worker.work(given.taken())).isInstanceOf(LockLostException.class);

    verify(signSpace, never()).downloadDocument(anyString());
  }

  /** The saved documents without the evidence. */
  private static List<String> documents(GivenTask given) {
    return given.savedFiles().stream().filter(file -> !file.startsWith("signingEvidence")).toList();
  }

  private static SignedDocument signedDocument(int number) {
    byte[] content = signedForm(number).getBytes(UTF_8);
    return new SignedDocument(
        "signedDocument" + number,
        number + ".pdf",
        "application/pdf",
        content.length,
        Sha256.of(content),
        "s" + number,
        "file-" + number);
  }

  /** The content of a signed document. */
  private static String signedForm(int number) {
    return TestStates.content(number) + " signed";
  }

  private void signSpaceHasSigned(String signedFileId, int number) {
    when(signSpace.downloadDocument(signedFileId)).thenReturn(document("", signedForm(number)));
  }

  private static Document document(String name, String content) {
    return new Document(name, "application/pdf", content.getBytes(UTF_8));
  }

  private void signSpaceReturns(SigningStatus status) {
    signSpaceReturns(States.of(status));
  }

  private void signSpaceReturns(RequestState... successively) {
    OngoingStubbing<List<RequestState>> reading = when(signSpace.getRequests(List.of(States.ID)));
    for (RequestState state : successively) {
      reading = reading.thenReturn(List.of(state));
    }
  }

  /** A request for two documents, whose signed files are s1 and s2. */
  private static RequestState completed(Instant signedAt) {
    return States.complete(List.of("file-1", "file-2"), List.of("s1", "s2"), signedAt);
  }

  private GivenTask signed(int documents, String... signedFileIds) {
    List<String> fileIds =
        IntStream.rangeClosed(1, documents).mapToObj(number -> "file-" + number).toList();
    when(signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(States.complete(fileIds, List.of(signedFileIds))));
    return new GivenTask().state(TestStates.requested(documents));
  }
}
