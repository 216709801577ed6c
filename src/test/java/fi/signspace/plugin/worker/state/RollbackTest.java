package fi.signspace.plugin.worker.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.SignedDocument;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.Sha256;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A seal proves the origin of a state and not that it is the latest: every earlier state of the
 * same request may be restored before every step. Here, document 1 was replaced by document 2,
 * which was then signed.
 */
class RollbackTest {

  private static final String REPLACED_AT = "2026-03-01T11:59:30Z";

  private final TestWorkers workers = new TestWorkers();
  private final SignSpace signSpace = workers.signSpace;

  /** In the order in which they were written. */
  private static Map<String, Optional<SigningState>> life() {
    Map<String, Optional<SigningState>> life = new LinkedHashMap<>();
    SigningState requested = TestStates.requested(1);
    SigningState replaced =
        requested
            .withPending(List.of(TestStates.document(2)), "task-2", GivenTask.ACTIVITY)
            .withPendingAsDocuments(REPLACED_AT, null, List.of());
    life.put("removed", Optional.empty());
    life.put("fresh", Optional.of(TestStates.fresh()));
    life.put("uploaded", Optional.of(TestStates.uploaded(1)));
    life.put(
        "creation marked",
        Optional.of(TestStates.creating(1, Instant.parse("2026-03-01T09:00:00Z"))));
    life.put("created", Optional.of(requested));
    life.put(
        "checked",
        Optional.of(requested.withLastCheck(TestStates.lastCheck("in_progress", 1, 0, 3))));
    life.put(
        "uploaded for replacement",
        Optional.of(
            requested.withPending(List.of(TestStates.document(2)), "task-2", GivenTask.ACTIVITY)));
    life.put(
        "replacement marked",
        Optional.of(
            requested
                .withPending(List.of(TestStates.document(2)), "task-2", GivenTask.ACTIVITY)
                .withReplacementInDoubt("2026-03-01T11:59:00Z")));
    life.put("replaced", Optional.of(replaced));
    life.put("signed", Optional.of(replaced.withSigned(List.of(signedSecond()), "completion")));
    return life;
  }

  /** The work of a worker. */
  private interface Work {
    Outputs of(TestWorkers workers, SigningTask task);
  }

  private static Map<String, Work> steps() {
    Map<String, Work> steps = new LinkedHashMap<>();
    steps.put("upload", (workers, task) -> workers.upload().work(task));
    steps.put("create", (workers, task) -> workers.create().work(task));
    steps.put("check", RollbackTest::check);
    steps.put("download", (workers, task) -> workers.download().work(task));
    steps.put("replace", (workers, task) -> workers.replace().work(task));
    steps.put("cancel", (workers, task) -> workers.cancel().work(task));
    steps.put("reopen", (workers, task) -> workers.reopen().work(task));
    return steps;
  }

  private static Outputs check(TestWorkers workers, SigningTask task) {
    return workers.checks.outputs(task, id -> workers.signSpace.getRequests(List.of(id)).get(0));
  }

  static Stream<Arguments> rollbacks() {
    return life().entrySet().stream()
        .flatMap(
            stage ->
                steps().entrySet().stream()
                    .map(
                        step ->
                            arguments(
                                stage.getKey(),
                                step.getKey(),
                                stage.getValue().orElse(null),
                                step.getValue())));
  }

  @BeforeEach
  void set_up_a_request_that_is_signed_with_its_second_document() {
    when(workers.history.activityRuns(GivenTask.INSTANCE, GivenTask.ACTIVITY))
        .thenReturn(
            List.of(
                GivenTask.OWN_RUN,
                new EngineHistory.ActivityRun(
                    "activity:0",
                    GivenTask.INSTANCE,
                    false,
                    Instant.parse("2026-03-01T11:58:00Z"),
                    Instant.parse("2026-03-01T11:59:00Z"))));
    RequestState reported = complete(List.of("file-2"));
    when(signSpace.getRequests(List.of(States.ID))).thenReturn(List.of(reported));
    when(signSpace.listRequests(anyInt())).thenReturn(List.of(reported));
    when(signSpace.downloadDocument("s2"))
        .thenReturn(new Document("1.pdf", "application/pdf", signedForm(2).getBytes(UTF_8)));
    workers.clock.advance(Duration.ofHours(5));
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @MethodSource("rollbacks")
  void no_second_request_is_created_and_no_document_gets_a_wrong_name(
      String stage, String step, @Nullable SigningState state, Work work) {
    GivenTask given = new GivenTask().validRequest().property("signspace.followsPhase", "true");
    if (state != null) {
      given.state(state);
    }

    run(work, given);

    verify(signSpace, never()).createSigningRequest(any(), any());
    verify(signSpace, never()).replaceDocuments(anyString(), anyString(), any());
    verify(signSpace, never()).cancelRequest(anyString(), anyString());
    assertThat(given.savedFiles().stream().filter(file -> !file.startsWith("signingEvidence")))
        .as("%s, then %s", stage, step)
        .isSubsetOf("signedDocument1 = 2.pdf: " + signedForm(2));
  }

  static Stream<Arguments> rollbacksBeforeTheRequest() {
    return rollbacks()
        .filter(row -> !(row.get()[2] instanceof SigningState state) || state.request() == null)
        .filter(row -> !"upload".equals(row.get()[1]));
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @MethodSource("rollbacksBeforeTheRequest")
  void a_state_without_the_created_request_is_an_incident(
      String stage, String step, @Nullable SigningState state, Work work) {
    GivenTask given = new GivenTask().validRequest();
    if (state != null) {
      given.state(state);
    }

    assertThatThrownBy(() -> work.of(workers, given.taken()))
        .as("%s, then %s", stage, step)
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("signingState");
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @MethodSource("rollbacks")
  void without_file_ids_the_content_determines_which_document_was_signed(
      String stage, String step, @Nullable SigningState state, Work work) {
    RequestState reported = complete(List.of());
    when(signSpace.getRequests(List.of(States.ID))).thenReturn(List.of(reported));
    when(signSpace.listRequests(anyInt())).thenReturn(List.of(reported));
    when(signSpace.downloadDocument("s2"))
        .thenReturn(new Document("1.pdf", "application/pdf", signedForm(1).getBytes(UTF_8)));
    GivenTask given = new GivenTask().validRequest().property("signspace.followsPhase", "true");
    if (state != null) {
      given.state(state);
    }

    run(work, given);

    verify(signSpace, never()).createSigningRequest(any(), any());
    assertThat(given.savedFiles().stream().filter(file -> file.contains(signedForm(1))))
        .as("%s, then %s: document 1 under the name of document 2", stage, step)
        .noneMatch(file -> file.contains("2.pdf"));
  }

  static Stream<Arguments> rollbacksBeforeTheReplacement() {
    return rollbacks()
        .filter(row -> "check".equals(row.get()[1]))
        .filter(row -> List.of("created", "checked").contains(String.valueOf(row.get()[0])));
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @MethodSource("rollbacksBeforeTheReplacement")
  void a_state_before_the_replacement_is_not_signed_by_the_new_document(
      String stage, String step, SigningState state, Work work) {
    Outputs outputs = work.of(workers, new GivenTask().state(state).taken());

    assertThat(outputs.toMap().get("signingPhase"))
        .as("%s, then %s", stage, step)
        .isEqualTo("awaiting");
    assertThat(GivenTask.stateIn(outputs).lastCheck())
        .satisfies(check -> assertThat(check.unconfirmedChecks()).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"removed", "fresh", "uploaded"})
  void documents_that_are_uploaded_again_do_not_cause_a_second_request(String stage) {
    when(signSpace.uploadDocument(anyString(), any(), anyInt())).thenReturn("file-new");
    GivenTask first =
        new GivenTask().validRequest().document("document1", "new.pdf", TestStates.content(3));
    life().get(stage).ifPresent(first::state);
    Outputs uploaded = workers.upload().work(first.taken());
    GivenTask second = new GivenTask().validRequest().with(uploaded.toMap());

    assertThatThrownBy(() -> workers.create().work(second.taken()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("older than the history");

    verify(signSpace, never()).createSigningRequest(any(), any());
  }

  /** Ignores the outcome. */
  private void run(Work work, GivenTask given) {
    SigningTask task = given.taken();
    try {
      task.complete(work.of(workers, task));
    } catch (IncidentException
        | RetryLaterException
        | UnconfirmedException
        | InputRejectedException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  private static RequestState complete(List<String> fileIds) {
    return new RequestState(
        States.ID,
        SigningStatus.COMPLETE,
        "complete",
        "Contract",
        fileIds,
        List.of("s2"),
        1,
        1,
        List.of(new RequestState.Signature("ann@example.com", States.CREATED)),
        List.of(),
        null,
        States.CREATED);
  }

  private static SignedDocument signedSecond() {
    byte[] content = signedForm(2).getBytes(UTF_8);
    return new SignedDocument(
        "signedDocument1",
        "2.pdf",
        "application/pdf",
        content.length,
        Sha256.of(content),
        "s2",
        "file-2");
  }

  private static String signedForm(int number) {
    return TestStates.content(number) + " signed";
  }
}
