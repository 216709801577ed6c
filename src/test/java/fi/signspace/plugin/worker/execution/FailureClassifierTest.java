package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.execution.Outcome.BusinessError;
import fi.signspace.plugin.worker.execution.Outcome.Discarded;
import fi.signspace.plugin.worker.execution.Outcome.Incident;
import fi.signspace.plugin.worker.execution.Outcome.Retry;
import fi.signspace.plugin.worker.execution.Outcome.Retry.Cause;
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
        arguments(
            new InputRejectedException("title: missing"), new BusinessError("title: missing")),
        arguments(Failures.rejected(), new BusinessError("SignSpace refuses it")),
        arguments(Failures.notDone(), new Retry("SignSpace is busy", null)),
        arguments(Failures.lostResponse(), new Retry("no complete response", null)),
        arguments(
            SignSpaceException.notDone("HTTP 429", MINUTE, null), new Retry("HTTP 429", MINUTE)),
        arguments(Failures.permanent(), new Incident("The scope is missing")),
        arguments(
            SignSpaceException.unreadableResponse("what?", null),
            new Retry("what?", null, Cause.DOUBT)),
        arguments(SignSpaceException.faultAfterSending("a fault", null), new Incident("a fault")),
        arguments(Failures.emptyFile(), new Retry("the file is empty", null, Cause.DOUBT)),
        arguments(
            Failures.unreachable(), new Retry("SignSpace cannot be reached", null, Cause.OUTAGE)),
        arguments(new UnconfirmedException("odd"), new Retry("odd", null, Cause.DOUBT)),
        arguments(new RetryLaterException("too early", MINUTE), new Retry("too early", MINUTE)),
        arguments(new IncidentException("do this"), new Incident("do this")),
        arguments(
            new LockLostException("not ours", Failures.badRequest()), new Discarded("not ours")),
        arguments(Failures.notFound(), new Discarded(Failures.notFound().getMessage())),
        arguments(
            Failures.connectionLost(),
            new Retry("The request to the engine failed: the engine is gone", null)),
        arguments(
            Failures.engineError(),
            new Retry("The request to the engine failed: the engine failed", null)),
        arguments(
            Failures.httpError(429), new Retry("The request to the engine failed: HTTP 429", null)),
        arguments(new OutOfMemoryError("heap"), new Retry("The worker ran out of memory", null)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void every_failure_is_mapped_to_its_outcome(Throwable failure, Outcome outcome) {
    assertThat(FailureClassifier.of(failure, true)).isEqualTo(outcome);
  }

  @Test
  void a_rejection_that_is_not_correctable_is_an_incident() {
    assertThat(FailureClassifier.of(Failures.rejected(), false))
        .isEqualTo(new Incident("SignSpace refuses it"));
  }

  static Stream<Throwable> unexpectedFailures() {
    return Stream.of(
        Failures.badRequest(),
        Failures.httpError(405),
        Failures.httpError(422),
        new ValueMapperException("010101-123N"),
        new IllegalStateException("010101-123N"),
        new StackOverflowError("010101-123N"));
  }

  @ParameterizedTest
  @MethodSource("unexpectedFailures")
  void an_unexpected_failure_is_an_incident_without_its_message(Throwable surprise) {
    Outcome outcome = FailureClassifier.of(surprise, true);

    assertThat(outcome).isInstanceOf(Incident.class);
    assertThat(((Incident) outcome).message())
        .contains(surprise.getClass().getSimpleName())
        .doesNotContain("010101-123N", "locked by another worker");
    assertThat(((Incident) outcome).unexpected()).isSameAs(surprise);
  }
}
