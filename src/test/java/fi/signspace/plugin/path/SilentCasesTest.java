package fi.signspace.plugin.path;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.process.SigningProcess.Topic;
import fi.signspace.plugin.process.SigningState;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.signing.input.NoticeOptions;
import fi.signspace.plugin.testkit.FormProblems;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.Outputs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table in docs/case-workers.md: whatever happens or does not happen, the case appears in a
 * list, in time, with a sentence. The rules of the workers decide, and the model acts on them.
 */
class SilentCasesTest {

  private static final String MANAGE = "userTask_manageSigning";
  private static final String REMIND = "userTask_remindSigners";
  private static final String RESOLVE = "userTask_resolveProblem";
  private static final String CANCELLED = "userTask_decideCancelled";

  /** After {@link TestWorkers}' time, a Sunday, on a working day. */
  private static final Instant DUE = Instant.parse("2026-03-06T12:00:00Z");

  private final TestWorkers workers = new TestWorkers();
  private SigningState state = TestStates.requested(1, DUE.toString());

  static Stream<Arguments> cases() {
    Duration minute = Duration.ofMinutes(1);
    return Stream.of(
        arguments(
            "declined",
            List.of(called("declined")),
            minute,
            RESOLVE,
            "A participant has declined to sign"),
        arguments("rejected", List.of(called("rejected")), minute, RESOLVE, "as rejected"),
        arguments(
            "a status that is not known",
            List.of(called("parked"), called("parked")),
            Duration.ofHours(7),
            RESOLVE,
            "a status that is not known here, parked"),
        arguments("on hold", List.of(is(SigningStatus.ON_HOLD)), minute, RESOLVE, "is on hold"),
        arguments(
            "overdue",
            List.of(is(SigningStatus.OPEN)),
            Duration.ofDays(6),
            RESOLVE,
            "The due date has passed"),
        arguments("cancelled", List.of(is(SigningStatus.CANCELLED)), minute, CANCELLED, ""),
        arguments(
            "its documents are changed",
            nCopies(3, States.of(States.ID, SigningStatus.OPEN, List.of("file-1", "file-9"))),
            minute,
            RESOLVE,
            "were replaced in SignSpace itself"),
        arguments(
            "deleted", nCopies(3, MISSING), minute, RESOLVE, "does not show this signing request"),
        arguments(
            "complete without its documents",
            nCopies(3, States.complete()),
            minute,
            RESOLVE,
            "SignSpace"),
        arguments(
            "no one has signed", List.of(is(SigningStatus.OPEN)), Duration.ofDays(1), REMIND, ""),
        arguments("only one has signed", List.of(States.signed(1)), Duration.ofDays(1), REMIND, ""),
        arguments(
            "signed by none, nor declined as far as SignSpace tells",
            List.of(is(SigningStatus.IN_PROGRESS)),
            Duration.ofDays(1),
            REMIND,
            ""));
  }

  /** Stands for a request that SignSpace does not show. */
  private static final RequestState MISSING = is(SigningStatus.UNKNOWN);

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void each_case_appears_in_its_list_with_its_sentence(
      String what, List<RequestState> found, Duration each, String task, String sentence) {
    SigningCase signing = SigningCase.awaitingSignatures();
    plan(new NoticeOptions(Duration.ofMinutes(23 * 60 + 30), null, 1, null, null));

    found.forEach(response -> check(signing, MISSING.equals(response) ? null : response, each));

    assertThat(signing.userTasks(task)).as(what).hasSize(1);
    String problem = String.valueOf(signing.variable("problem"));
    assertThat(problem).contains(sentence);
    problem.lines().forEach(FormProblems::assertIsTranslated);
  }

  @ParameterizedTest
  @CsvSource({"declined, 1", "Declined, 1", "rejected, 1", "expired, 0"})
  void a_decline_is_an_event(String status, int events) {
    SigningCase signing = SigningCase.awaitingSignatures();

    check(signing, called(status), Duration.ofMinutes(1));

    assertThat(signing.userTasks(RESOLVE)).hasSize(1);
    assertThat(signing.visits("intermediateEvent_declined")).isEqualTo(events);
    assertThat(signing.variable("problem"))
        .asString()
        .matches((events == 1 ? "A participant has declined to sign" : "SignSpace reports") + ".*");
  }

  @Test
  void a_due_date_that_is_near_is_an_event() {
    SigningCase signing = SigningCase.awaitingSignatures();
    plan(new NoticeOptions(null, null, 0, null, null));

    check(signing, is(SigningStatus.OPEN), Duration.ofDays(4));

    assertThat(signing.waiting()).isEqualTo(Waiting.FOR_SIGNATURES);
    assertThat(signing.visits("intermediateEvent_dueSoon")).isOne();
  }

  @Test
  void a_task_that_no_one_has_claimed_is_offered_to_others_in_time() {
    SigningCase signing = SigningCase.awaitingSignatures();
    plan(new NoticeOptions(null, null, 0, Duration.ofDays(3), "heads"));

    check(signing, is(SigningStatus.OPEN), Duration.ofDays(3));

    assertThat(signing.candidates(signing.userTask())).contains("heads", "signing-clerks");
  }

  @Test
  void a_task_of_someone_who_no_longer_acts_is_offered_again_in_time() {
    SigningCase signing = SigningCase.awaitingSignatures().claimedBy("gone");
    plan(new NoticeOptions(null, null, 0, Duration.ofDays(3), "heads"));

    check(signing, is(SigningStatus.OPEN), Duration.ofDays(3));

    Task open = signing.userTask();
    assertThat(open.getTaskDefinitionKey()).isEqualTo(MANAGE);
    assertThat(open.getAssignee()).isNull();
    assertThat(signing.candidates(open)).contains("heads", "signing-clerks");
  }

  private void plan(NoticeOptions options) {
    state = state.withNotices(Schedules.notices(workers.clock).plan(options, DUE));
  }

  /** One check by a worker after this time; its results go into the process. */
  private void check(SigningCase signing, @Nullable RequestState found, Duration time) {
    workers.clock.advance(time);
    GivenTask task =
        new GivenTask()
            .state(state)
            .at(Step.CHECK_STATUS)
            .property("signspace.givesNotices", "true");
    Outputs outputs = workers.checks.outputs(task.taken(), id -> found);
    state = GivenTask.stateIn(outputs);
    Map<String, Object> results = new HashMap<>(GivenTask.plain(outputs));
    results.values().removeIf(Objects::isNull);
    signing.send("checkStatus").work(Topic.CHECK_STATUS, results);
  }

  private static RequestState is(SigningStatus status) {
    return States.of(status);
  }

  /** A request with a status that is not in SignSpace's guide. */
  private static RequestState called(String status) {
    RequestState some = is(SigningStatus.UNKNOWN);
    return new RequestState(
        some.id(),
        some.status(),
        status,
        some.title(),
        some.fileIds(),
        some.signedFileIds(),
        some.signaturesRequested(),
        some.signaturesCompleted(),
        some.signatures(),
        List.of(),
        some.url(),
        some.createdAt());
  }
}
