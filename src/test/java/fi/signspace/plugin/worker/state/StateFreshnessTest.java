package fi.signspace.plugin.worker.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.process.SigningState.Creation;
import fi.signspace.plugin.process.SigningState.SentRequest;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.OpenRun;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A state has to include every creation in the engine's history. */
class StateFreshnessTest {

  private static final String CREATE = "create";
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant END = START.plusSeconds(60);
  private static final ActivityRun OWN =
      new ActivityRun(GivenTask.ACTIVITY_INSTANCE, "scope", false, START, null);

  private final EngineHistory history = mock();
  private final StateFreshness freshness = new StateFreshness(history);
  private final Replacements replacements = new Replacements(history, freshness);
  private final SigningTask task = new GivenTask().taken();

  @ParameterizedTest
  @CsvSource({
    "0, 0, false",
    "1, 0, true",
    "1, 1, false",
    "0, 1, false",
    "2, 1, true",
    "2, 2, false",
    "3, 2, true",
  })
  void a_state_with_fewer_requests_than_were_created_is_outdated(
      int completed, int known, boolean isOutdated) {
    List<ActivityRun> runs = Collections.nCopies(completed, completed(GivenTask.INSTANCE));

    assertThat(freshness.isOutdated(knowing(known, null), runs)).isEqualTo(isOutdated);
  }

  @ParameterizedTest
  @CsvSource({"first, second, true", "second, first, false"})
  void of_a_state_for_each_round_of_a_loop_only_later_creations_count(
      String own, String other, boolean isOutdated) {
    Instant second = END.plusSeconds(1);
    List<ActivityRun> runs =
        List.of(
            new ActivityRun("first", "round:1", false, START, END),
            new ActivityRun("second", "round:2", false, second, second.plusSeconds(1)));

    assertThat(freshness.isOutdated(requestedBy(own), runs))
        .as("%s was created in another round", other)
        .isEqualTo(isOutdated);
  }

  @ParameterizedTest
  @CsvSource({"first, first, true", "second, first second, false"})
  void recorded_creations_are_compared_although_the_clock_of_the_engine_was_set_back(
      String own, String known, boolean isOutdated) {
    List<ActivityRun> runs =
        List.of(
            new ActivityRun("first", "scope", false, END, END.plusSeconds(1)),
            new ActivityRun("second", "scope", false, START, START.plusSeconds(1)));
    SigningState state = requestedBy(own).withKnownCreations(Arrays.stream(known.split(" ", -1)));

    assertThat(freshness.isOutdated(state, runs)).isEqualTo(isOutdated);
  }

  @Test
  void interrupted_and_running_creations_are_not_counted() {
    List<ActivityRun> runs = List.of(interrupted("run-1"), OWN);

    assertThat(freshness.isOutdated(knowing(0, null), runs)).isFalse();
  }

  @Test
  void only_creations_of_the_same_multi_instance_item_count() {
    List<ActivityRun> runs = List.of(completed("item-1"), completed("item-2"));

    assertThat(freshness.isOutdated(knowing(1, "item-1"), runs)).isFalse();
    assertThat(freshness.isOutdated(knowing(0, "item-2"), runs)).isTrue();
    assertThat(freshness.isOutdated(knowing(0, "item-3"), runs)).isFalse();
  }

  @Test
  void runs_in_a_sub_process_of_an_item_are_runs_of_the_item() {
    GivenTask given = new GivenTask().ofOwnProcess();
    SigningTask nested = given.taken();
    when(given.engine.subProcessesInItem(any(), any())).thenReturn(List.of("inner", "outer"));
    recorded(GivenTask.ACTIVITY, OWN, completed("inner:1"), completed("inner:2"));
    recorded("inner", scope("inner:1", "outer:1"), scope("inner:2", "outer:2"));
    recorded("outer", scope("outer:1", "item-1"), scope("outer:2", "item-2"));

    List<ActivityRun> runs = freshness.creations(nested, GivenTask.ACTIVITY);

    assertThat(runs.stream().map(ActivityRun::parentId))
        .containsExactly(OWN.parentId(), "item-1", "item-2");
  }

  private void recorded(String activity, ActivityRun... runs) {
    when(history.activityRuns(GivenTask.INSTANCE, activity)).thenReturn(List.of(runs));
  }

  private static ActivityRun scope(String id, String parent) {
    return new ActivityRun(id, parent, false, START, null);
  }

  @Test
  void an_empty_history_contradicts_nothing() {
    assertThat(freshness.isOutdated(knowing(0, null), List.of())).isFalse();
    assertThat(freshness.interruptedUnknown(knowing(0, null), List.of())).isEmpty();
  }

  @Test
  void a_history_without_the_own_run_is_an_incident() {
    when(history.activityRuns(GivenTask.INSTANCE, task.activityId())).thenReturn(List.of());

    assertThatThrownBy(() -> freshness.creations(task, task.activityId()))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("READ_HISTORY");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, false", "1, 0, true", "1, 1, false", "2, 1, true"})
  void a_state_with_fewer_replacements_than_were_completed_is_outdated(
      int completed, int known, boolean isOutdated) {
    when(history.activityRuns(GivenTask.INSTANCE, SigningProcess.REPLACEMENT))
        .thenReturn(Collections.nCopies(completed, completed("scope")));
    SigningState state =
        Stream.iterate(TestStates.requested(1), SigningState::withLateReplacement)
            .skip(known)
            .findFirst()
            .orElseThrow();

    ThrowingCallable check = () -> replacements.withUnknown(task, state);

    if (isOutdated) {
      assertThatThrownBy(check)
          .isInstanceOf(IncidentException.class)
          .hasMessageContaining("documents were replaced");
    } else {
      assertThatCode(check).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "interrupted, '', true",
    "completed+interrupted, '', true",
    // by the engine's times, which a clock may have changed
    "interrupted+completed, '', true",
    "superseded+completed, '', false",
    "open, '', true",
    "open+completed, '', true",
    "own, '', false",
    "rejected, '', false",
    "rejected+interrupted, '', true",
    "repeated, '', true",
    "recorded, created before, true",
    "recorded, created after, true",
    "of a former request, created before, false",
    "interrupted, created before, true",
    "interrupted, created after, false",
    "interrupted, created after without records, true",
    "interrupted, another created after, true",
  })
  void a_replacement_is_in_doubt_until_it_is_settled_or_of_a_former_request(
      String outcomes, String creation, boolean isInDoubt) {
    List<ActivityRun> runs = new ArrayList<>();
    for (String outcome : List.of(outcomes.split("\\+", -1))) {
      runs.add(replacement(outcome, START.plusSeconds(10L * runs.size())));
    }
    when(history.failures(GivenTask.ID))
        .thenReturn(
            creation.endsWith("without records")
                ? Optional.empty()
                : Optional.of(TaskFailures.NONE));
    Instant created = creation.contains("created after") ? END : START.minusSeconds(60);
    String id = creation.startsWith("another") ? "of another item" : "creation";
    SigningState state =
        requestedBy("creation")
            .withPending(List.of(), "upload", null)
            .withPendingAsDocuments(START.toString(), null, List.of("superseded"))
            .withRejectedReplacement("rejected")
            .withRejectedReplacement("repeated");
    when(history.activityRuns(GivenTask.INSTANCE, SigningProcess.REPLACEMENT)).thenReturn(runs);
    when(history.texts("repeated", "signingRequestId"))
        .thenReturn(List.of("request-1", "request-1"));
    when(history.texts("recorded", "signingRequestId")).thenReturn(List.of("request-1"));
    when(history.texts("of a former request", "signingRequestId")).thenReturn(List.of("request-0"));
    when(history.activityRuns(GivenTask.INSTANCE, state.requireRequest().creation().createdBy()))
        .thenReturn(
            creation.isEmpty()
                ? List.of(OWN)
                : List.of(OWN, new ActivityRun(id, "scope", false, created, created)));

    assertThat(replacements.withUnknown(task, state).replacementInDoubt() != null)
        .isEqualTo(isInDoubt);
  }

  private static ActivityRun replacement(String outcome, Instant start) {
    boolean isOpen = outcome.equals("open") || outcome.equals("own");
    return new ActivityRun(
        outcome.equals("own") ? GivenTask.ACTIVITY_INSTANCE : outcome,
        "scope",
        !outcome.equals("completed"),
        start,
        isOpen ? null : start.plusSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "replace, before, false, outdated",
    "replace, after, false, outdated",
    "replace, after, true, in doubt",
    "create-again, before, false, current",
    "create-again, after, false, outdated",
    "create-again, after, true, current",
  })
  void in_another_process_steps_that_share_the_variable_count(
      String step, String time, boolean isInterrupted, String expected) {
    GivenTask given = new GivenTask().ofOwnProcess();
    SigningTask ofOwnProcess = given.taken();
    SigningState state = requestedBy("creation");
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    when(given.engine.stepsOf(any(), eq(Topic.CREATE_SIGNING_REQUEST)))
        .thenReturn(List.of("create-again"));
    Instant start = time.equals("after") ? START.plusSeconds(1) : START.minusSeconds(90);
    recorded(CREATE, OWN, new ActivityRun("creation", "scope", false, START, END));
    recorded(step, new ActivityRun("run", "scope", isInterrupted, start, start.plusSeconds(1)));

    assertThat(found(ofOwnProcess, state)).isEqualTo(expected);
    when(given.engine.scopesOf(any(), any()))
        .thenReturn(Set.of("instance-1", GivenTask.ACTIVITY_INSTANCE));
    assertThat(found(ofOwnProcess, state)).as("the step has a copy").isEqualTo(expected);
    when(given.engine.scopesOf(any(), any()))
        .thenReturn(Set.of("instance-1", "scope", "sub-process:1"));
    ownRunIsIn("scope");
    assertThat(found(ofOwnProcess, state)).isEqualTo(expected);
    ownRunIsIn("sub-process:1");
    assertThat(found(ofOwnProcess, state))
        .as("the steps belong to another request")
        .isEqualTo("current");
  }

  @ParameterizedTest
  @CsvSource({
    "request-1, false, outdated",
    "request-1, true, in doubt",
    "request-9, false, current",
    // a listener of the model has set another text after the worker
    "request-1 x, false, outdated",
    "x request-1, false, outdated",
  })
  void a_replacement_belongs_to_the_request_that_it_has_recorded(
      String texts, boolean isInterrupted, String expected) {
    GivenTask given = new GivenTask().ofOwnProcess();
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    when(history.texts("run", "signingRequestId")).thenReturn(List.of(texts.split(" ")));
    recorded(CREATE, OWN, new ActivityRun("creation", "scope", false, START, END));
    ActivityRun beforeTheCreation =
        new ActivityRun("run", "any scope", isInterrupted, START.minusSeconds(9), START);
    recorded("replace", beforeTheCreation);

    assertThat(found(given.taken(), requestedBy("creation"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "signing-request, request-1, outdated",
    "signing-request, '', current",
    "own-process, request-1, outdated",
    "own-process, '', current",
  })
  void of_an_adopted_request_only_recorded_replacements_count(
      String process, String recorded, String expected) {
    GivenTask given = new GivenTask();
    when(given.task.getProcessDefinitionKey()).thenReturn(process);
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS)))
        .thenReturn(List.of(SigningProcess.REPLACEMENT));
    when(history.texts("run", "signingRequestId"))
        .thenReturn(recorded.isEmpty() ? List.of() : List.of(recorded));
    recorded(SigningProcess.REPLACEMENT, new ActivityRun("run", "scope", false, START, END));

    assertThat(found(given.taken(), requested("", null))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "true, full, in doubt",
    "false, full, current",
    "false, audit, in doubt",
    "false, deleted, in doubt"
  })
  void an_open_replacement_is_in_doubt_since_its_record_if_such_are_kept(
      boolean isRecorded, String records, String expected) {
    GivenTask given = new GivenTask().ofOwnProcess();
    when(history.failures(GivenTask.ID))
        .thenReturn(records.equals("audit") ? Optional.empty() : Optional.of(TaskFailures.NONE));
    when(history.hasDeletedVariables(GivenTask.INSTANCE)).thenReturn(records.equals("deleted"));
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    when(history.texts("run", "signingRequestId"))
        .thenReturn(isRecorded ? List.of("request-1") : List.of());
    recorded(CREATE, OWN, new ActivityRun("creation", "scope", false, START, END));
    recorded("replace", new ActivityRun("run", "scope", false, END.plusSeconds(1), null));

    assertThat(found(given.taken(), requestedBy("creation"))).isEqualTo(expected);
  }

  /** Those whose parent was another scope before a migration, too. */
  @ParameterizedTest
  @CsvSource({"true, false, outdated", "false, true, outdated", "false, false, current"})
  void a_replacement_counts_by_its_record_or_if_records_were_deleted(
      boolean isRecorded, boolean areDeleted, String expected) {
    GivenTask given = new GivenTask().ofOwnProcess().withOwnStateVariableIn("of another variable");
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS)))
        .thenReturn(List.of("of another variable"));
    when(history.texts("run", "signingRequestId"))
        .thenReturn(isRecorded ? List.of("request-1") : List.of());
    when(history.hasDeletedVariables(GivenTask.INSTANCE)).thenReturn(areDeleted);
    recorded(CREATE, OWN, new ActivityRun("creation", "scope", false, START, END));
    String parent = isRecorded ? "former scope" : "scope";
    recorded("of another variable", new ActivityRun("run", parent, false, END, END.plusSeconds(1)));

    assertThat(found(given.taken(), requestedBy("creation"))).isEqualTo(expected);
  }

  @Test
  void copies_of_the_state_in_other_steps_are_no_states_of_their_own() {
    GivenTask given = new GivenTask().ofOwnProcess();
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    when(given.engine.scopesOf(any(), any()))
        .thenReturn(Set.of(GivenTask.INSTANCE, GivenTask.ACTIVITY_INSTANCE, "other step:1"));
    OpenRun other = new OpenRun("other step:1", "other step", GivenTask.INSTANCE);
    OpenRun own = new OpenRun(GivenTask.ACTIVITY_INSTANCE, GivenTask.ACTIVITY, GivenTask.INSTANCE);
    when(history.openRuns(GivenTask.INSTANCE)).thenReturn(Map.of(own.id(), own, other.id(), other));
    recorded(CREATE, OWN, new ActivityRun("creation", "scope", false, START, END));
    recorded("replace", new ActivityRun("run", "event sub-process:1", false, END, END));

    assertThat(found(given.taken(), requestedBy("creation"))).isEqualTo("outdated");
  }

  @ParameterizedTest
  @CsvSource({"before, current", "after, outdated"})
  void of_a_state_for_each_round_of_a_loop_only_later_replacements_count(
      String time, String expected) {
    GivenTask given = new GivenTask().ofOwnProcess();
    when(given.engine.stepsOf(any(), eq(Topic.REPLACE_DOCUMENTS))).thenReturn(List.of("replace"));
    Instant second = END.plusSeconds(1);
    recorded(
        CREATE,
        OWN,
        new ActivityRun("first", "scope", false, START, START.plusSeconds(1)),
        new ActivityRun("second", "scope", false, second, second.plusSeconds(1)));
    Instant start = time.equals("after") ? second.plusSeconds(1) : END;
    recorded("replace", new ActivityRun("run", "scope", false, start, start.plusSeconds(1)));

    assertThat(found(given.taken(), requestedBy("second"))).isEqualTo(expected);
  }

  private void ownRunIsIn(String scope) {
    OpenRun own = new OpenRun(GivenTask.ACTIVITY_INSTANCE, GivenTask.ACTIVITY, scope);
    OpenRun around = new OpenRun(scope, "subProcess", GivenTask.INSTANCE);
    when(history.openRuns(GivenTask.INSTANCE)).thenReturn(Map.of(own.id(), own, scope, around));
  }

  private String found(SigningTask ofOwnProcess, SigningState state) {
    try {
      freshness.requireLatest(ofOwnProcess, state, state.requireRequest().creation().createdBy());
      boolean isInDoubt =
          replacements.withUnknown(ofOwnProcess, state).replacementInDoubt() != null;
      return isInDoubt ? "in doubt" : "current";
    } catch (IncidentException e) {
      return "outdated";
    }
  }

  private static SigningState requestedBy(String run) {
    return requested(CREATE, run);
  }

  private static SigningState requested(String step, @Nullable String run) {
    SigningState state = TestStates.requested(1);
    SentRequest request = state.requireRequest();
    Creation creation =
        new Creation(START.toString(), step, "Contract", "robot@example.com", null, List.of(), run);
    return state.withRequest(
        new SentRequest(
            request.id(), creation, null, request.documents(), request.documentsSince(), List.of()),
        TestStates.lastCheck("open", 0, 0, 0));
  }

  @Test
  void documents_of_a_former_upload_are_an_incident() {
    ActivityRun first = new ActivityRun("first", "scope", false, START, START.plusSeconds(1));
    ActivityRun second = new ActivityRun("second", "scope", false, START, END);
    ActivityRun interrupted = new ActivityRun("third", "scope", true, END, END.plusSeconds(1));
    when(history.activityRuns(GivenTask.INSTANCE, "upload"))
        .thenReturn(List.of(second, first, interrupted));

    assertThatThrownBy(() -> freshness.requireLatestUpload(task, uploadedBy("first", "upload")))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("documents were uploaded after it was written");
    assertThatCode(
            () -> {
              freshness.requireLatestUpload(task, uploadedBy("second", "upload"));
              freshness.requireLatestUpload(task, uploadedBy("first", null));
            })
        .doesNotThrowAnyException();
  }

  private static SigningState uploadedBy(String run, @Nullable String step) {
    return TestStates.fresh().withPending(TestStates.documents(1), run, step);
  }

  @Test
  void an_outdated_state_is_an_incident_and_an_adopted_one_is_not_compared() {
    when(history.activityRuns(GivenTask.INSTANCE, CREATE))
        .thenReturn(List.of(completed(GivenTask.INSTANCE)));

    assertThatThrownBy(() -> freshness.requireLatest(task, knowing(0, null), CREATE))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("older than the history");
    assertThatCode(() -> freshness.requireLatest(task, knowing(0, null), ""))
        .doesNotThrowAnyException();
  }

  @Test
  void a_history_without_the_creation_of_the_request_is_an_incident() {
    SigningState state = requestedBy("creation");
    when(history.activityRuns(GivenTask.INSTANCE, CREATE)).thenReturn(List.of());

    assertThatThrownBy(() -> freshness.requireLatest(task, state, CREATE))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("it was removed");
  }

  @Test
  void an_interrupted_creation_has_an_unknown_outcome_unless_the_state_includes_it() {
    List<ActivityRun> runs = List.of(interrupted("run-1"), interrupted("run-2"));
    SigningState state = knowing(0, null);

    assertThat(freshness.interruptedUnknown(state, runs)).contains(END);
    assertThat(freshness.interruptedUnknown(state.withKnownCreations(Stream.of("run-1")), runs))
        .contains(END);
    assertThat(
            freshness.interruptedUnknown(
                state.withKnownCreations(Stream.of("run-1", "run-2")), runs))
        .isEmpty();
  }

  private static ActivityRun completed(String scope) {
    return new ActivityRun("completed", scope, false, START, END);
  }

  private static ActivityRun interrupted(String id) {
    return new ActivityRun(id, "scope", true, START, END);
  }

  private static SigningState knowing(int requests, @Nullable String scope) {
    SigningState start =
        SigningState.initial(new Binding(GivenTask.INSTANCE, TestStates.API_URL, "", scope, "k"));
    return Stream.iterate(1, number -> number + 1)
        .limit(requests)
        .map(number -> TestStates.requested("r" + number, TestStates.documents(1), null))
        .reduce(
            start,
            (state, other) ->
                state.withRequest(other.requireRequest(), TestStates.lastCheck("open", 0, 0, 0)));
  }
}
