package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.execution.Outcome.Later.Cause;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.UnknownHttpErrorException;
import org.camunda.bpm.client.exception.ValueMapperException;

/**
 * The one place that says what becomes of a task whose work has failed:
 *
 * <ul>
 *   <li>a person can correct it → the BPMN error of the contract
 *   <li>it may heal (SignSpace or the engine cannot be reached, is busy or failing; no memory is
 *       left) → later, with growing waits
 *   <li>something came back, and it is wrong → later, a few times
 *   <li>it cannot heal (credentials, scope, a request that the engine refuses, a bug of ours) → an
 *       incident at once
 *   <li>the task is no longer ours → nothing
 * </ul>
 *
 * {@link RetryLimit} ends what should have healed and has not.
 */
final class FailureClassifier {

  /** Of the engine's client errors those that pass: a login that fails for a time, conflicts. */
  private static final Set<Integer> TRANSIENT = Set.of(401, 408, 409, 425, 429);

  static Outcome of(Throwable failure, boolean inputIsCorrectable) {
    if (failure instanceof InputRejectedException rejected) {
      return new Outcome.Rejected(textOf(rejected));
    }
    if (failure instanceof SignSpaceException signSpace) {
      return of(signSpace, inputIsCorrectable);
    }
    if (failure instanceof RetryLaterException notYet) {
      return new Outcome.Later(textOf(notYet), notYet.waitFor());
    }
    if (failure instanceof UnconfirmedException unconfirmed) {
      return new Outcome.Later(textOf(unconfirmed), null, Cause.DOUBT);
    }
    if (failure instanceof IncidentException needsAdmin) {
      return new Outcome.NeedsAdmin(textOf(needsAdmin));
    }
    if (failure instanceof LockLostException || failure instanceof NotFoundException) {
      return new Outcome.Dropped(textOf(failure));
    }
    if (failure instanceof ExternalTaskClientException engine && mayHeal(engine)) {
      return new Outcome.Later("The engine could not be asked: " + textOf(engine), null);
    }
    if (failure instanceof OutOfMemoryError) {
      return new Outcome.Later("The worker ran out of memory", null);
    }
    return new Outcome.NeedsAdmin(
        "Unexpected failure (%s). The log of this time has the details; please report it."
            .formatted(failure.getClass().getSimpleName()),
        "Unexpected failure",
        failure);
  }

  private static Outcome of(SignSpaceException failure, boolean inputIsCorrectable) {
    String message = textOf(failure);
    return switch (failure.kind()) {
      case REJECTED ->
          inputIsCorrectable
              ? new Outcome.Rejected(message)
              : new Outcome.NeedsAdmin(message, failure.logMessage());
      case TRANSIENT ->
          new Outcome.Later(
              message,
              failure.logMessage(),
              failure.retryAfter().orElse(null),
              failure.isUnreachable() ? Cause.OUTAGE : Cause.FAILURE);
      case UNCONFIRMED -> new Outcome.Later(message, failure.logMessage(), null, Cause.DOUBT);
      case PERMANENT -> new Outcome.NeedsAdmin(message, failure.logMessage());
    };
  }

  private static boolean mayHeal(ExternalTaskClientException failure) {
    if (failure instanceof UnknownHttpErrorException answer) {
      Integer status = answer.getHttpStatusCode();
      return status == null || status >= 500 || TRANSIENT.contains(status);
    }
    return !(failure instanceof BadRequestException || failure instanceof ValueMapperException);
  }

  private static String textOf(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private FailureClassifier() {}
}
