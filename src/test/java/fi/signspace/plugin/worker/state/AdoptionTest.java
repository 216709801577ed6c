package fi.signspace.plugin.worker.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.encryption.TestSeals;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Upgrade and repair: unsealed variables are verified with SignSpace. The process has two
 * documents.
 */
class AdoptionTest {

  private static final Instant CUT_OVER = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant BEFORE = CUT_OVER.minusSeconds(3600);
  private static final Instant AFTER = CUT_OVER.plusSeconds(3600);
  private static final List<String> FILES = List.of("file-1", "file-2");

  private final TestWorkers workers = new TestWorkers(TestSeals.SEAL, CUT_OVER);

  @BeforeEach
  void set_up_the_documents_in_signspace() {
    signSpaceHas("file-1", TestStates.content(1));
    signSpaceHas("file-2", TestStates.content(2));
    signSpaceHas("file-9", "%PDF-1.7 of another process");
  }

  @Test
  void a_request_of_a_former_version_is_adopted_if_its_files_are_ours() {
    shown(request(FILES, "Contract", BEFORE.plusSeconds(60)));

    SigningState state = workers.states.requestOf(lost(BEFORE).taken());

    SentRequest request = state.requireRequest();
    assertThat(request.id()).isEqualTo(States.ID);
    assertThat(request.documents()).isEqualTo(TestStates.documents(2));
    assertThat(request.createdAt()).isEqualTo(BEFORE.plusSeconds(60).toString());
    assertThat(request.creation().actingHandle()).isEqualTo("robot@example.com");
    assertThat(state.binding().processInstanceId()).isEqualTo(GivenTask.INSTANCE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_state_that_was_lost_after_the_cut_over_is_an_incident_despite_any_matching_data(
      boolean isStartKnown) {
    shown(request(FILES, "Contract", AFTER.plusSeconds(60)));
    GivenTask given = lost(isStartKnown ? AFTER : null);

    assertThatThrownBy(() -> workers.states.requestOf(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("signingRequestId names " + States.ID)
        .hasMessageContaining("signingState");

    verify(workers.signSpace, never()).getRequests(any());
  }

  static Stream<Arguments> foreign() {
    Instant created = BEFORE.plusSeconds(60);
    return Stream.of(
        arguments("not shown", null, "does not show it"),
        arguments("another title", request(FILES, "Other", created), "another title"),
        arguments(
            "another file", request(List.of("file-1", "file-9"), "Contract", created), "its files"),
        arguments("files not reported", request(List.of(), "Contract", created), "its files"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("foreign")
  void a_request_that_may_not_be_ours_is_an_incident(
      String what, @Nullable RequestState reported, String words) {
    shown(reported);
    GivenTask given = lost(BEFORE);
    hasCreated(given, false);

    assertThatThrownBy(() -> workers.states.requestOf(given.taken()))
        .as(what)
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining(States.ID)
        .hasMessageContaining(words);
  }

  @Test
  void a_request_of_a_former_version_is_adopted_by_its_files_only() {
    shown(request(FILES, null, null));

    SigningState state = workers.states.requestOf(lost(BEFORE).taken());

    assertThat(state.requireRequest().documents()).isEqualTo(TestStates.documents(2));
  }

  @Test
  void missing_file_ids_are_taken_from_the_variable_of_a_former_version_if_the_content_matches() {
    shown(request(List.of(), "Contract", BEFORE));
    GivenTask noted = lost(BEFORE).with(SigningVariables.FILE_IDS, FILES.toArray(String[]::new));
    GivenTask forged = lost(BEFORE).with(SigningVariables.FILE_IDS, new String[] {"file-9"});

    hasCreated(noted, false);
    hasCreated(forged, false);

    assertThat(workers.states.requestOf(noted.taken()).requireRequest().documents())
        .isEqualTo(TestStates.documents(2));
    assertThatThrownBy(() -> workers.states.requestOf(forged.taken()))
        .isInstanceOf(IncidentException.class);
  }

  @Test
  void without_a_cut_over_time_no_instance_is_of_a_former_version() {
    TestWorkers remote = new TestWorkers(TestSeals.SEAL, null);
    when(remote.signSpace.getRequests(List.of(States.ID)))
        .thenReturn(List.of(request(FILES, null, null)));

    assertThatThrownBy(() -> remote.states.requestOf(lost(BEFORE).taken()))
        .isInstanceOf(IncidentException.class);
  }

  @Test
  void uploads_of_a_former_version_are_adopted_with_the_creation_attempt() {
    GivenTask given =
        lost(BEFORE)
            .at(Step.CREATE_SIGNING_REQUEST)
            .activity(SigningProcess.CREATION)
            .with("signingRequestId", "")
            .with(SigningVariables.FILE_IDS, FILES.toArray(String[]::new))
            .with("creationStartedAt", "2026-01-31T23:30:00Z");

    SigningState state = workers.states.ownOrNew(given.taken());

    assertThat(state.pending()).isEqualTo(TestStates.documents(2));
    assertThat(state.creation()).isNotNull();
    assertThat(state.creation().startedAt()).isEqualTo("2026-01-31T23:30:00Z");
  }

  static Stream<Arguments> unsealedUploads() {
    UnaryOperator<GivenTask> forged =
        given -> given.with(SigningVariables.FILE_IDS, new String[] {"file-9"});
    UnaryOperator<GivenTask> genuine =
        given -> given.with(SigningVariables.FILE_IDS, FILES.toArray(String[]::new));
    return Stream.of(arguments(forged), arguments(genuine));
  }

  @ParameterizedTest
  @MethodSource("unsealedUploads")
  void unsealed_uploads_after_the_cut_over_are_ignored(UnaryOperator<GivenTask> files) {
    GivenTask given =
        files.apply(
            lost(AFTER)
                .at(Step.CREATE_SIGNING_REQUEST)
                .activity(SigningProcess.CREATION)
                .with("signingRequestId", ""));

    assertThat(workers.states.ownOrNew(given.taken()).pending()).isEmpty();
    verify(workers.signSpace, never()).downloadDocument(anyString());
  }

  @Test
  void uploads_of_a_former_version_that_no_longer_match_our_documents_are_an_incident() {
    GivenTask given =
        lost(BEFORE)
            .at(Step.CREATE_SIGNING_REQUEST)
            .activity(SigningProcess.CREATION)
            .with("signingRequestId", "")
            .with(SigningVariables.FILE_IDS, new String[] {"file-1", "file-9"});

    assertThatThrownBy(() -> workers.states.ownOrNew(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("file-1, file-9");
  }

  @Test
  void a_running_worker_of_a_former_version_causes_no_second_request() {
    shown(request(FILES, "Contract", AFTER.plusSeconds(60)));
    GivenTask given = lost(AFTER).at(Step.CREATE_SIGNING_REQUEST).activity(SigningProcess.CREATION);
    workers.clock.advance(Duration.ofDays(1));

    assertThatThrownBy(() -> workers.create().work(given.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining(States.ID);

    verify(workers.signSpace, never()).createSigningRequest(any(), any());
  }

  /** A task whose state was lost or never written. */
  private static GivenTask lost(@Nullable Instant started) {
    GivenTask given =
        new GivenTask()
            .at(Step.CHECK_STATUS)
            .validRequest()
            .document("document1", "1.pdf", TestStates.content(1))
            .document("document2", "2.pdf", TestStates.content(2))
            .with("signingRequestId", States.ID);
    when(given.engine.text(GivenTask.EXECUTION, "title")).thenReturn(Optional.of("Contract"));
    hasCreated(given, true);
    return started == null ? given : given.instanceStartedAt(started);
  }

  private static void hasCreated(GivenTask given, boolean isRecorded) {
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of("create"));
    when(given.history.hasWritten(GivenTask.INSTANCE, "create", "signingRequestId", States.ID))
        .thenReturn(isRecorded);
  }

  private void shown(@Nullable RequestState reported) {
    when(workers.signSpace.getRequests(List.of(States.ID)))
        .thenReturn(reported == null ? List.of() : List.of(reported));
  }

  private void signSpaceHas(String fileId, String content) {
    when(workers.signSpace.downloadDocument(fileId))
        .thenReturn(new Document("any.pdf", "application/pdf", content.getBytes(UTF_8)));
  }

  private static RequestState request(
      List<String> fileIds, @Nullable String title, @Nullable Instant createdAt) {
    return new RequestState(
        States.ID,
        SigningStatus.OPEN,
        "open",
        title,
        fileIds,
        List.of(),
        null,
        null,
        List.of(),
        List.of(),
        null,
        createdAt);
  }
}
