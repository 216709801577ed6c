package fi.signspace.plugin.worker.state;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.worker.task.EngineHistory;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.OpenRun;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps that use one state at the same time. */
class ConcurrentStepsTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final ActivityRun OWN =
      new ActivityRun(GivenTask.ACTIVITY_INSTANCE, "scope", false, START, null);

  private final EngineHistory history = mock();
  private final ConcurrentSteps concurrent = new ConcurrentSteps(history);
  private final GivenTask given = new GivenTask().ofOwnProcess();
  private final SigningTask task = new GivenTask().taken();

  @BeforeEach
  void describeModel() {
    when(given.engine.stepsOf(any(), any())).thenReturn(List.of(GivenTask.ACTIVITY, "other"));
  }

  @Test
  void two_concurrent_runs_are_an_incident() {
    ActivityRun elsewhere = new ActivityRun("run-2", "other scope", false, START, null);

    assertThatThrownBy(() -> concurrent.requireSingleRun(task, of(null), List.of(OWN, elsewhere)))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("runs twice")
        .hasMessageContaining(GivenTask.ACTIVITY_INSTANCE)
        .hasMessageContaining("run-2");
  }

  @Test
  void runs_that_have_ended_are_not_concurrent() {
    ActivityRun completed = new ActivityRun("completed", "scope", false, START, START);
    ActivityRun interrupted = new ActivityRun("interrupted", "scope", true, START, START);

    assertThatCode(
            () -> concurrent.requireSingleRun(task, of(null), List.of(OWN, completed, interrupted)))
        .doesNotThrowAnyException();
  }

  @Test
  void each_item_of_a_multi_instance_scope_creates_its_own_request() {
    SigningTask own = new GivenTask().ofOwnProcess().taken();
    SigningState item = of("scope");
    ActivityRun elsewhere = new ActivityRun("run-2", "other scope", false, START, null);
    ActivityRun beside = new ActivityRun("run-3", "scope", false, START, null);

    assertThatCode(() -> concurrent.requireSingleRun(own, item, List.of(elsewhere, OWN)))
        .doesNotThrowAnyException();
    assertThatThrownBy(
            () -> concurrent.requireSingleRun(own, item, List.of(elsewhere, OWN, beside)))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("run-3");
  }

  @Test
  void two_scopes_that_share_a_state_do_not_create_a_request_each() {
    SigningTask own = new GivenTask().ofOwnProcess().taken();
    ActivityRun elsewhere = new ActivityRun("run-2", "other scope", false, START, null);

    assertThatThrownBy(() -> concurrent.requireSingleRun(own, of(null), List.of(elsewhere, OWN)))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("run-2");
  }

  @ParameterizedTest(name = "{0} in {1}, variables in {2}: {3}")
  @CsvSource({
    "other, sub, '', true",
    "other, sub, instance-1, true",
    "other, sub, sub, false",
    "other, sub, instance-1 sub, false",
    "other, inner, sub, false",
    "other, inner, elsewhere, true",
    "other, instance-1, instance-1, true",
    "activity, sub, instance-1, true",
    "activity, sub, sub, false",
    "unrelated, sub, instance-1, false"
  })
  void an_upload_conflicts_with_every_other_one_that_writes_the_same_variable(
      String step, String scope, String scopesWithVariable, boolean isConflict) {
    open(
        new OpenRun(GivenTask.ACTIVITY_INSTANCE, GivenTask.ACTIVITY, GivenTask.INSTANCE),
        new OpenRun("sub", "subProcess", GivenTask.INSTANCE),
        new OpenRun("inner", "innerSubProcess", "sub"),
        new OpenRun("run-2", step, scope));
    when(given.engine.scopesOf(GivenTask.INSTANCE, "signingState"))
        .thenReturn(Set.of(scopesWithVariable.split(" ", -1)));

    if (isConflict) {
      assertThatThrownBy(() -> concurrent.requireNoOtherUpload(given.taken()))
          .isInstanceOf(IncidentException.class)
          .hasMessageContaining("at the same time");
    } else {
      assertThatCode(() -> concurrent.requireNoOtherUpload(given.taken()))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void items_of_a_multi_instance_scope_upload_at_the_same_time() {
    open(
        new OpenRun(GivenTask.ACTIVITY_INSTANCE, GivenTask.ACTIVITY, "item-1"),
        new OpenRun("item-1", "sub", "body"),
        new OpenRun("item-2", "sub", "body"),
        new OpenRun("run-2", GivenTask.ACTIVITY, "item-2"),
        new OpenRun("body", "sub#multiInstanceBody", GivenTask.INSTANCE));

    assertThatCode(() -> concurrent.requireNoOtherUpload(given.inScope("item-1").taken()))
        .doesNotThrowAnyException();
  }

  @Test
  void an_upload_may_be_repeated_in_its_scope_but_not_in_another_open_one() {
    SigningState state = of(null).withPending(TestStates.documents(1), "run-2", GivenTask.ACTIVITY);
    OpenRun own = new OpenRun(GivenTask.ACTIVITY_INSTANCE, GivenTask.ACTIVITY, "sub-1");
    OpenRun scope = new OpenRun("sub-1", "sub", GivenTask.INSTANCE);
    uploadedIn("sub-1");
    open(own, scope);

    assertThatCode(() -> concurrent.requireNoOtherPending(given.taken(), state))
        .doesNotThrowAnyException();

    uploadedIn("sub-2");
    assertThatCode(() -> concurrent.requireNoOtherPending(given.taken(), state))
        .doesNotThrowAnyException();

    open(own, scope, new OpenRun("sub-2", "sub", GivenTask.INSTANCE));
    assertThatThrownBy(() -> concurrent.requireNoOtherPending(given.taken(), state))
        .isInstanceOf(IncidentException.class)
        .hasMessageContaining("another run of the step activity has uploaded");
  }

  private void uploadedIn(String scope) {
    when(history.activityRuns(GivenTask.INSTANCE, GivenTask.ACTIVITY))
        .thenReturn(List.of(new ActivityRun("run-2", scope, false, START, START)));
  }

  private void open(OpenRun... runs) {
    when(history.openRuns(GivenTask.INSTANCE))
        .thenReturn(Stream.of(runs).collect(toMap(OpenRun::id, run -> run)));
  }

  private static SigningState of(@Nullable String scope) {
    return SigningState.initial(
        new Binding(GivenTask.INSTANCE, TestStates.API_URL, "", scope, "k"));
  }
}
