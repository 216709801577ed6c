package fi.signspace.plugin.worker.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.TestNins;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.LastCheck;
import fi.signspace.plugin.process.SigningState.Participant;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class CreateSigningRequestWorkerTest {

  private final TestWorkers workers = new TestWorkers();
  private final SignSpace signSpace = workers.signSpace;
  private final TopicWorker worker = workers.create();

  @Test
  void the_request_is_created_with_its_files_and_stored_in_the_process() {
    GivenTask given = ready().with("dueDate", "2026-04-01T12:00:00Z");
    when(signSpace.createSigningRequest(any(), any())).thenReturn(States.of(SigningStatus.OPEN));

    Outputs outputs = worker.work(given.taken());

    ArgumentCaptor<SigningRequest> sent = ArgumentCaptor.captor();
    verify(signSpace).createSigningRequest(sent.capture(), eq(List.of("file-1")));
    assertThat(sent.getValue().title()).isEqualTo("Contract");
    assertThat(GivenTask.plain(outputs))
        .containsEntry("signingRequestId", States.ID)
        .containsEntry("signingStatus", "open")
        .containsEntry("signingPhase", "awaiting")
        .containsEntry("dueAt", "2026-04-01T12:00:00Z")
        .containsEntry("problem", "")
        .containsEntry("nextCheckAt", "2026-03-01T12:00:10Z")
        .containsEntry("signaturesRequested", 2);
    SigningState state = GivenTask.stateIn(outputs);
    assertThat(state.creation()).isNull();
    assertThat(state.pending()).isEmpty();
    assertThat(state.lastCheck())
        .isEqualTo(
            new LastCheck("open", "awaiting", "2026-03-01T12:00:00Z", 0, 0, 0, null, false, null));
  }

  @Test
  void the_sent_request_is_recorded_without_identity_codes() {
    GivenTask given =
        ready()
            .with("dueDate", "2026-04-01T12:00:00Z")
            .json(
                "participants",
                """
                [{"handle": "anna@example.com", "role": "signer", "displayName": "Anna Virtanen", "nin": "%s"},
                 {"handle": "bert@example.com", "role": "watcher"}]
                """
                    .formatted(TestNins.CIPHER.encrypt("131052-308T")));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(States.of(SigningStatus.OPEN));

    SentRequest request = GivenTask.stateIn(worker.work(given.taken())).requireRequest();

    assertThat(request)
        .isEqualTo(
            new SentRequest(
                States.ID,
                new Creation(
                    "2026-03-01T12:00:00Z",
                    GivenTask.ACTIVITY,
                    "Contract",
                    "robot@example.com",
                    "2026-04-01T12:00:00Z",
                    List.of(
                        new Participant("anna@example.com", "signer", "Anna Virtanen", true, null),
                        new Participant("bert@example.com", "watcher", null, null, null)),
                    GivenTask.ACTIVITY_INSTANCE),
                "2026-03-01T11:59:00Z",
                TestStates.documents(1),
                "2026-03-01T12:00:00Z",
                List.of()));
  }

  @Test
  void input_that_has_become_invalid_is_rejected_before_anything_is_recorded_or_sent() {
    GivenTask given = ready().with("dueDate", "2026-02-01T12:00:00Z");

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageContaining("dueDate");

    assertThat(given.saved()).isEmpty();
    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  @Test
  void an_existing_request_is_adopted_even_if_the_input_has_become_invalid() {
    GivenTask given =
        ready()
            .with("dueDate", "2026-02-01T12:00:00Z")
            .state(TestStates.creating(1, Instant.parse("2026-03-01T11:59:00Z")));
    when(signSpace.listRequests(200)).thenReturn(List.of(States.of(SigningStatus.OPEN)));

    Outputs outputs = worker.work(given.taken());

    assertThat(GivenTask.plain(outputs)).containsEntry("signingRequestId", States.ID);
    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  @Test
  void documents_of_an_unfinished_upload_are_an_incident_and_nothing_is_sent() {
    GivenTask given =
        new GivenTask()
            .validRequest()
            .state(TestStates.fresh().withUploading(TestStates.documents(1), "upload:1", "upload"));

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("from the middle of an upload");

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  @Test
  void missing_documents_are_an_incident_and_nothing_is_sent() {
    GivenTask given = new GivenTask().validRequest();

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("No documents were uploaded");

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  @Test
  void an_identity_code_is_decrypted_for_the_call_only_and_removed_afterwards() {
    GivenTask given =
        ready()
            .json(
                "participants",
                """
                [{"handle": "anna@example.com", "role": "signer", "nin": "%s"},
                 {"handle": "bert@example.com", "role": "watcher"}]
                """
                    .formatted(TestNins.CIPHER.encrypt("131052-308T")));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(States.of(SigningStatus.OPEN));

    SigningTask task = given.taken();
    task.complete(worker.work(task));

    ArgumentCaptor<SigningRequest> sent = ArgumentCaptor.captor();
    verify(signSpace).createSigningRequest(sent.capture(), any());
    assertThat(sent.getValue().participants().get(0).nin()).isEqualTo("131052-308T");
    assertThat(sent.getValue().isProtected()).isTrue();
    assertThat(given.completedWith())
        .containsEntry(
            "participants",
            "[{\"handle\":\"anna@example.com\",\"role\":\"signer\"},"
                + "{\"handle\":\"bert@example.com\",\"role\":\"watcher\"}]")
        .containsEntry("isProtected", true);
  }

  @Test
  void identity_codes_are_removed_from_the_process_even_with_an_output_mapping() {
    GivenTask given =
        ready()
            .withOutputMapping()
            .json(
                "participants",
                """
                [{"handle": "anna@example.com", "role": "signer", "nin": "%s"}]
                """
                    .formatted(TestNins.CIPHER.encrypt("131052-308T")));
    when(signSpace.createSigningRequest(any(), any())).thenReturn(States.of(SigningStatus.OPEN));

    SigningTask task = given.taken();
    task.complete(worker.work(task));

    assertThat(given.completedWith()).containsOnlyKeys("participants", "isProtected");
  }

  @Test
  void identity_codes_are_removed_for_an_adopted_request() {
    GivenTask given =
        ready()
            .json("participants", "[{\"nin\": \"%s\"}]".formatted(TestNins.CIPHER.encrypt("?")))
            .state(TestStates.creating(1, Instant.parse("2026-03-01T11:59:00Z")));
    when(signSpace.listRequests(200)).thenReturn(List.of(States.of(SigningStatus.OPEN)));

    SigningTask task = given.taken();
    task.complete(worker.work(task));

    assertThat(given.completedWith()).containsEntry("participants", "[{}]");
  }

  @Test
  void participants_without_identity_codes_are_not_written_again() {
    when(signSpace.createSigningRequest(any(), any())).thenReturn(States.of(SigningStatus.OPEN));

    GivenTask given = ready();
    SigningTask task = given.taken();
    task.complete(worker.work(task));

    assertThat(given.completedWith()).doesNotContainKeys("participants", "isProtected");
  }

  @Test
  void an_undecryptable_code_is_rejected_input_and_nothing_is_sent() {
    GivenTask given =
        ready()
            .json(
                "participants",
                """
                [{"handle": "anna@example.com", "role": "signer", "nin": "131052-308T"}]
                """);

    assertThatThrownBy(() -> worker.work(given.taken()))
        .isInstanceOf(InputRejectedException.class)
        .hasMessageStartingWith("participants[0].nin: ")
        .hasMessageNotContaining("131052-308T");

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  private static GivenTask ready() {
    return new GivenTask().validRequest().state(TestStates.uploaded(1));
  }
}
