package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.execution.Outcome.Dropped;
import fi.signspace.plugin.worker.execution.Outcome.Later;
import fi.signspace.plugin.worker.execution.Outcome.Later.Cause;
import fi.signspace.plugin.worker.execution.Outcome.NeedsAdmin;
import fi.signspace.plugin.worker.execution.Outcome.Rejected;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Duration;
import java.util.stream.Stream;
import org.camunda.bpm.client.exception.ValueMapperException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureClassifierTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new InputRejectedException("title: missing"), new Rejected("title: missing")),
        arguments(Failures.rejected(), new Rejected("SignSpace refuses it")),
        arguments(Failures.notDone(), new Later("SignSpace is busy", null)),
        arguments(Failures.lostAnswer(), new Later("no whole answer came", null)),
        arguments(
            SignSpaceException.notDone("HTTP 429", MINUTE, null), new Later("HTTP 429", MINUTE)),
        arguments(Failures.cannotHeal(), new NeedsAdmin("The scope is missing")),
        arguments(
            SignSpaceException.unreadableResponse("what?", null),
            new Later("what?", null, Cause.DOUBT)),
        arguments(SignSpaceException.faultAfterSending("a fault", null), new NeedsAdmin("a fault")),
        arguments(Failures.emptyFile(), new Later("the file is empty", null, Cause.DOUBT)),
        arguments(
            Failures.unreachable(), new Later("SignSpace cannot be reached", null, Cause.OUTAGE)),
        arguments(new UnconfirmedException("odd"), new Later("odd", null, Cause.DOUBT)),
        arguments(new RetryLaterException("too early", MINUTE), new Later("too early", MINUTE)),
        arguments(new IncidentException("do this"), new NeedsAdmin("do this")),
        arguments(
            new LockLostException("not ours", Failures.badRequest()), new Dropped("not ours")),
        arguments(Failures.notFound(), new Dropped(Failures.notFound().getMessage())),
        arguments(
            Failures.connectionLost(),
            new Later("The engine could not be asked: the engine is gone", null)),
        arguments(
            Failures.engineError(),
            new Later("The engine could not be asked: the engine failed", null)),
        arguments(
            Failures.answered(429), new Later("The engine could not be asked: HTTP 429", null)),
        arguments(new OutOfMemoryError("heap"), new Later("The worker ran out of memory", null)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void every_failure_has_its_outcome(Throwable failure, Outcome outcome) {
    assertThat(FailureClassifier.of(failure, true)).isEqualTo(outcome);
  }

  @Test
  void a_refusal_that_nobody_can_correct_is_for_an_admin() {
    assertThat(FailureClassifier.of(Failures.rejected(), false))
        .isEqualTo(new NeedsAdmin("SignSpace refuses it"));
  }

  static Stream<Throwable> surprises() {
    return Stream.of(
        Failures.badRequest(),
        Failures.answered(405),
        Failures.answered(422),
        new ValueMapperException("010101-123N"),
        new IllegalStateException("010101-123N"),
        new StackOverflowError("010101-123N"));
  }

  @ParameterizedTest
  @MethodSource("surprises")
  void a_surprise_is_for_an_admin_and_its_words_are_not_repeated(Throwable surprise) {
    Outcome outcome = FailureClassifier.of(surprise, true);

    assertThat(outcome).isInstanceOf(NeedsAdmin.class);
    assertThat(((NeedsAdmin) outcome).message())
        .contains(surprise.getClass().getSimpleName())
        .doesNotContain("010101-123N", "locked by somebody else");
    assertThat(((NeedsAdmin) outcome).unexpected()).isSameAs(surprise);
  }
}
