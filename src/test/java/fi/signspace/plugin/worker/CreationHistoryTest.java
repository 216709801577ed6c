package fi.signspace.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.SigningState.Binding;
import fi.signspace.plugin.worker.EngineApi.FinishedActivity;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A state has to know every creation that the engine has recorded. */
class CreationHistoryTest {

  private static final String CREATE = "create";

  private final EngineApi engine = mock();
  private final CreationHistory history = new CreationHistory(engine);
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
  void a_state_that_knows_fewer_requests_than_were_created_is_outdated(
      int finished, int known, boolean isOutdated) {
    recorded(Collections.nCopies(finished, run(GivenTask.INSTANCE, false)));

    assertThat(history.isOutdated(task, knowing(known, null), CREATE)).isEqualTo(isOutdated);
  }

  @Test
  void a_creation_that_was_interrupted_does_not_count() {
    recorded(List.of(run(GivenTask.INSTANCE, true)));

    assertThat(history.isOutdated(task, knowing(0, null), CREATE)).isFalse();
  }

  @Test
  void only_creations_of_the_same_item_of_a_loop_count() {
    recorded(List.of(run("item-1", false), run("item-2", false)));

    assertThat(history.isOutdated(task, knowing(1, "item-1"), CREATE)).isFalse();
    assertThat(history.isOutdated(task, knowing(0, "item-2"), CREATE)).isTrue();
    assertThat(history.isOutdated(task, knowing(0, "item-3"), CREATE)).isFalse();
  }

  @Test
  void an_engine_that_tells_nothing_contradicts_nothing() {
    when(engine.finishedActivities(GivenTask.INSTANCE, CREATE)).thenReturn(Optional.empty());

    assertThat(history.isOutdated(task, knowing(0, null), CREATE)).isFalse();
  }

  @Test
  void an_outdated_state_is_for_an_admin_and_one_that_was_adopted_is_not_compared() {
    recorded(List.of(run(GivenTask.INSTANCE, false)));

    assertThatThrownBy(() -> history.requireLatest(task, knowing(0, null), CREATE))
        .isInstanceOf(NeedsAdminException.class)
        .hasMessageContaining("older than the history");
    assertThatCode(() -> history.requireLatest(task, knowing(0, null), ""))
        .doesNotThrowAnyException();
  }

  private void recorded(List<FinishedActivity> runs) {
    when(engine.finishedActivities(GivenTask.INSTANCE, CREATE)).thenReturn(Optional.of(runs));
  }

  private static FinishedActivity run(String scope, boolean canceled) {
    return new FinishedActivity(CREATE, scope, canceled, Instant.EPOCH);
  }

  private static SigningState knowing(int requests, @Nullable String scope) {
    SigningState start =
        SigningState.startOf(new Binding(GivenTask.INSTANCE, TestStates.API_URL, "", scope, "k"));
    return Stream.iterate(1, number -> number + 1)
        .limit(requests)
        .map(number -> TestStates.requested("r" + number, TestStates.documents(1), null))
        .reduce(
            start,
            (state, other) ->
                state.withRequest(other.requireRequest(), TestStates.lastCheck("open", 0, 0, 0)));
  }
}
