package fi.signspace.plugin.worker.document;

import static fi.signspace.plugin.worker.state.TestStates.documents;
import static fi.signspace.plugin.worker.state.TestStates.fresh;
import static fi.signspace.plugin.worker.state.TestStates.requested;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.Participant;
import fi.signspace.plugin.process.SigningState.SentDocument;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.EngineHistory.OpenRun;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.LargeDocumentLimiter;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.client.task.ExternalTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.InOrder;

class UploadDocumentWorkerTest {

  private final TestWorkers workers = new TestWorkers();
  private final SignSpace signSpace = workers.signSpace;
  private final TopicWorker worker = workers.upload();

  @BeforeEach
  void set_up_uploads() {
    when(signSpace.uploadDocument(anyString(), any(), anyInt()))
        .thenAnswer(call -> "id of " + call.<Document>getArgument(1).name());
  }

  @Test
  void documents_are_uploaded_in_natural_order_the_first_with_the_highest_importance() {
    GivenTask given =
        twoDocuments().document("document10", "ten.txt", "10").with("actingHandle", " me@a.fi ");

    Outputs outputs = worker.work(given.taken());

    InOrder order = inOrder(signSpace);
    order.verify(signSpace).uploadDocument(eq("me@a.fi"), named("one.txt"), eq(3));
    order.verify(signSpace).uploadDocument(eq("me@a.fi"), named("two.txt"), eq(2));
    order.verify(signSpace).uploadDocument(eq("me@a.fi"), named("ten.txt"), eq(1));
    assertThat(GivenTask.plain(outputs))
        .containsEntry("fileIds", "[\"id of one.txt\",\"id of two.txt\",\"id of ten.txt\"]")
        .containsEntry("problem", "");
    assertThat(GivenTask.stateIn(outputs).pending())
        .containsExactly(
            sent("document1", "one.txt", "1"),
            sent("document2", "two.txt", "2"),
            sent("document10", "ten.txt", "10"));
    assertThat(GivenTask.plain(outputs))
        .containsEntry(
            "uploadedDocuments",
            "[{\"variableName\":\"document1\",\"fileName\":\"one.txt\",\"size\":1},"
                + "{\"variableName\":\"document2\",\"fileName\":\"two.txt\",\"size\":1},"
                + "{\"variableName\":\"document10\",\"fileName\":\"ten.txt\",\"size\":2}]");
  }

  @Test
  void the_first_file_id_is_saved_before_the_next_upload_starts() {
    GivenTask given = twoDocuments();

    worker.work(given.taken());

    InOrder order = inOrder(signSpace, given.engine);
    order.verify(signSpace).uploadDocument(anyString(), named("one.txt"), anyInt());
    order.verify(given.engine).setVariables(anyString(), any());
    order.verify(signSpace).uploadDocument(anyString(), named("two.txt"), anyInt());
    verify(given.engine, times(1)).setVariables(anyString(), any());
  }

  @Test
  void after_a_failure_only_what_is_missing_is_uploaded() {
    SignSpaceException failure = Failures.lostResponse();
    doThrow(failure)
        .doReturn("second id")
        .when(signSpace)
        .uploadDocument(anyString(), named("two.txt"), anyInt());
    GivenTask first = twoDocuments();
    assertThatThrownBy(() -> worker.work(first.taken())).isSameAs(failure);

    Outputs outputs = worker.work(twoDocuments().with(first.saved().get(0)).taken());

    assertThat(first.savedStates().get(0).uploading()).isTrue();
    assertThat(GivenTask.stateIn(outputs).uploading()).isFalse();
    assertThat(GivenTask.plain(outputs))
        .containsEntry("fileIds", "[\"id of one.txt\",\"second id\"]");
    verify(signSpace, times(1)).uploadDocument(anyString(), named("one.txt"), anyInt());
  }

  @Test
  void two_different_documents_do_not_get_one_file() {
    doReturn("id of one.txt")
        .when(signSpace)
        .uploadDocument(anyString(), named("two.txt"), anyInt());

    assertThatThrownBy(() -> worker.work(twoDocuments().taken()))
        .isInstanceOf(SignSpaceException.class)
        .hasMessageContaining("document2 failed: the response has the id of the file of document1");
  }

  @Test
  void a_document_that_has_changed_is_uploaded_again_and_an_unchanged_one_is_not() {
    Map<String, Object> earlier = worker.work(twoDocuments().taken()).toMap();
    doReturn("newer").when(signSpace).uploadDocument(anyString(), named("two.txt"), anyInt());

    Outputs outputs =
        worker.work(
            twoDocuments().document("document2", "two.txt", "changed").with(earlier).taken());

    assertThat(GivenTask.plain(outputs)).containsEntry("fileIds", "[\"id of one.txt\",\"newer\"]");
    verify(signSpace, times(1)).uploadDocument(anyString(), named("one.txt"), anyInt());
  }

  @Test
  void documents_are_not_replaced_while_it_is_unknown_whether_their_request_exists() {
    SigningState uploaded = GivenTask.stateIn(worker.work(twoDocuments().taken()));
    SigningState inDoubt = uploaded.withCreation(TestStates.creation(TestStates.STARTED_AT, null));
    GivenTask same = twoDocuments().state(inDoubt);
    GivenTask sameElsewhere = twoDocuments().ofOwnProcess().named("task-0").state(inDoubt);
    GivenTask other = twoDocuments().document("document2", "two.txt", "changed").state(inDoubt);
    doReturn("again").when(signSpace).uploadDocument(anyString(), any(), anyInt());

    assertThat(GivenTask.stateIn(worker.work(same.taken())).pending())
        .isEqualTo(uploaded.pending());
    assertThat(GivenTask.stateIn(worker.work(sameElsewhere.taken())).pending())
        .isEqualTo(uploaded.pending());
    assertThatThrownBy(() -> worker.work(other.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("one.txt, two.txt")
        .hasMessageContaining(TestStates.STARTED_AT);
  }

  @Test
  void a_document_of_an_earlier_attempt_is_not_forgotten_while_others_are_uploaded() {
    Map<String, Object> earlier = worker.work(twoDocuments().taken()).toMap();
    GivenTask given = twoDocuments().document("document1", "other.txt", "1").with(earlier);

    worker.work(given.taken());

    assertThat(given.savedStates().get(0).pendingFileIds())
        .containsExactly("id of other.txt", "id of one.txt", "id of two.txt");
  }

  @Test
  void in_another_process_only_uploads_of_the_same_run_are_reused() {
    Map<String, Object> earlier = worker.work(twoDocuments().inRun("upload:0").taken()).toMap();
    doReturn("mine", "mine, too").when(signSpace).uploadDocument(anyString(), any(), anyInt());
    GivenTask given = twoDocuments().with(earlier).withOutputMapping();

    Outputs outputs = worker.work(given.taken());

    assertThat(GivenTask.plain(outputs)).containsEntry("fileIds", "[\"mine\",\"mine, too\"]");
    assertThat(given.saved()).isEmpty();
    SigningState kept = GivenTask.stateIn(given.savedInStep().get(0));
    assertThat(kept.uploadedBy()).isEqualTo(GivenTask.ACTIVITY_INSTANCE);
    assertThat(kept.pendingFileIds()).containsExactly("mine");
  }

  @Test
  void pending_documents_of_another_step_are_not_replaced() {
    GivenTask given =
        twoDocuments().ofOwnProcess().state(fresh().withPending(documents(1), "t", "uploadLease"));
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of("uploadLease", GivenTask.ACTIVITY));

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("uploadLease")
        .hasMessageContaining(GivenTask.ACTIVITY)
        .hasMessageContaining("signingState");

    verify(signSpace, never()).uploadDocument(any(), any(), anyInt());
  }

  @Test
  void nothing_is_uploaded_while_another_step_uploads_into_the_same_variable() {
    GivenTask given = twoDocuments().ofOwnProcess();
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of("uploadLease", GivenTask.ACTIVITY));
    when(workers.history.openRuns(GivenTask.INSTANCE))
        .thenReturn(Map.of("other", new OpenRun("other", "uploadLease", GivenTask.INSTANCE)));

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("uploadLease run at the same time");

    verify(signSpace, never()).uploadDocument(any(), any(), anyInt());
  }

  @Test
  void documents_uploaded_concurrently_by_another_step_are_not_replaced() {
    GivenTask given = twoDocuments().ofOwnProcess();
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of("uploadLease", GivenTask.ACTIVITY));
    SigningState other = fresh().withPending(documents(1), "t", "uploadLease");
    when(given.engine.text(GivenTask.EXECUTION, "signingState"))
        .thenReturn(Optional.of("\"%s\"".formatted(TestSeals.SEAL.seal(other))));

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("uploadLease");
  }

  static Stream<SigningState> uploadableStates() {
    return Stream.of(
        fresh(),
        fresh().withPending(documents(1), "t", GivenTask.ACTIVITY),
        fresh().withPending(documents(1), "t", null),
        fresh().withPending(documents(1), "t", "a step that the model has no more"),
        requested(1),
        requested(1)
            .withPending(documents(2), "t", "uploadLease")
            .withPendingAsDocuments("2026-03-01", null, List.of()));
  }

  @ParameterizedTest
  @MethodSource("uploadableStates")
  void the_same_step_uploads_again_and_another_one_after_a_request(SigningState state) {
    GivenTask given = twoDocuments().ofOwnProcess().state(state);
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of("uploadLease", GivenTask.ACTIVITY));

    SigningState uploaded = GivenTask.stateIn(worker.work(given.taken()));

    assertThat(uploaded.pending()).hasSize(2);
    assertThat(uploaded.uploadStep()).isEqualTo(GivenTask.ACTIVITY);
  }

  @Test
  void a_request_that_is_sent_again_gets_files_of_its_own() {
    GivenTask given = sentAgain(null);

    Outputs outputs = worker.work(given.taken());

    verify(signSpace, times(2)).uploadDocument(anyString(), any(), anyInt());
    assertThat(GivenTask.stateIn(outputs).unsentPending()).hasSize(2);
  }

  @Test
  void a_request_that_is_sent_again_is_validated_as_a_whole() {
    GivenTask given = sentAgain(null).with("title", "");

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining("title");

    verify(signSpace, never()).uploadDocument(anyString(), any(), anyInt());
  }

  @Test
  void a_request_with_identity_codes_is_not_sent_again_without_them() {
    GivenTask given = sentAgain(true);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining("participants[0].nin: enter the identity code again");

    verify(signSpace, never()).uploadDocument(anyString(), any(), anyInt());
  }

  @Test
  void a_corrected_address_does_not_make_a_code_unnecessary() {
    GivenTask given =
        sentAgain(true)
            .json("participants", "[{\"handle\": \"anne@example.com\", \"role\": \"signer\"}]");

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining(
            "participants: enter the identity codes again: the first request had 1");

    verify(signSpace, never()).uploadDocument(anyString(), any(), anyInt());
  }

  /** A request with the documents that the process still has. */
  private static GivenTask sentAgain(@Nullable Boolean hasCode) {
    SigningState state =
        TestStates.requested(
            States.ID,
            List.of(TestStates.sent(1, "one.txt", "1"), TestStates.sent(2, "two.txt", "2")),
            null);
    SentRequest request = state.requireRequest();
    Creation creation = request.creation();
    SentRequest withParticipant =
        new SentRequest(
            request.id(),
            new Creation(
                creation.startedAt(),
                creation.createdBy(),
                creation.title(),
                creation.actingHandle(),
                null,
                List.of(new Participant("ann@example.com", "signer", null, hasCode, null)),
                null),
            request.createdAt(),
            request.documents(),
            request.documentsSince(),
            List.of());
    return twoDocuments()
        .state(
            TestStates.fresh().withRequest(withParticipant, TestStates.lastCheck("open", 0, 0, 0)))
        .with("signingRequestId", States.ID)
        .with("sendingAgain", true);
  }

  @Test
  void nothing_is_uploaded_while_any_part_of_the_request_is_invalid() {
    GivenTask given =
        twoDocuments()
            .with("title", " ")
            .document("document3", "empty.txt", "")
            .with(SigningVariables.WHOLE_REQUEST, true);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining("title")
        .hasMessageContaining("document3");

    verify(signSpace, never()).uploadDocument(anyString(), any(), anyInt());
  }

  @Test
  void for_a_request_that_exists_only_the_documents_are_checked() {
    GivenTask given =
        twoDocuments()
            .with("title", " ")
            .with(SigningVariables.WHOLE_REQUEST, true)
            .state(TestStates.requested(1));

    Outputs outputs = worker.work(given.taken());

    assertThat(GivenTask.plain(outputs)).containsKey("fileIds");
  }

  @Test
  void an_id_that_was_inherited_from_another_instance_is_removed_from_the_process() {
    SigningState inherited =
        SigningState.initial(new Binding("instance-0", TestStates.API_URL, "", null, "k"))
            .withRequest(
                TestStates.requested(2).requireRequest(), TestStates.lastCheck("open", 0, 0, 0));
    GivenTask given = twoDocuments().state(inherited).with("signingRequestId", States.ID);

    SigningTask task = given.taken();
    task.complete(worker.work(task));

    assertThat(given.completedWith()).containsEntry("signingRequestId", null);
    SigningState state = GivenTask.stateIn(given.rawCompletedWith());
    assertThat(state.binding().processInstanceId()).isEqualTo(GivenTask.INSTANCE);
    assertThat(state.request()).isNull();
  }

  @Test
  void an_id_that_was_removed_is_restored_so_that_documents_are_replaced() {
    GivenTask given = twoDocuments().state(TestStates.requested(1));

    SigningTask task = given.taken();
    task.complete(worker.work(task));

    assertThat(given.completedWith()).containsEntry("signingRequestId", States.ID);
  }

  @Test
  void the_id_of_a_foreign_request_is_an_incident_and_nothing_is_uploaded() {
    GivenTask given = twoDocuments().with("signingRequestId", "request-of-another");

    assertThatThrownBy(() -> worker.work(given.taken())).isInstanceOf(IncidentException.class);

    verify(signSpace, never()).uploadDocument(anyString(), any(), anyInt());
  }

  @Test
  void a_lost_lock_ends_the_work_before_the_upload() {
    GivenTask given = twoDocuments();
    doThrow(Failures.notFound()).when(given.service).extendLock(any(ExternalTask.class), anyLong());

    assertThatThrownBy(() -> worker.work(given.taken())).isInstanceOf(LockLostException.class);

    verify(signSpace, never()).uploadDocument(anyString(), any(), anyInt());
  }

  @Test
  void a_small_document_is_read_once_and_a_large_one_is_not_kept_in_memory_during_validation() {
    GivenTask given =
        twoDocuments()
            .document("document3", "three.txt", "3".repeat(LargeDocumentLimiter.THRESHOLD));

    worker.work(given.taken());

    verify(given.engine, times(1)).openFile(GivenTask.EXECUTION, "document1");
    verify(given.engine, times(2)).openFile(GivenTask.EXECUTION, "document3");
    verify(signSpace).uploadDocument(anyString(), named("three.txt"), eq(1));
  }

  private static GivenTask twoDocuments() {
    return new GivenTask()
        .validRequest()
        .document("document2", "two.txt", "2")
        .document("document1", "one.txt", "1");
  }

  private static SentDocument sent(String variable, String fileName, String content) {
    return new SentDocument(
        variable,
        fileName,
        content.length(),
        Sha256.of(content.getBytes(UTF_8)),
        "id of " + fileName);
  }

  private static Document named(String name) {
    return argThat(document -> document != null && document.name().equals(name));
  }
}
