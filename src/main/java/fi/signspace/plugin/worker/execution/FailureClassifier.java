package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.execution.Outcome.Retry.Cause;
import fi.signspace.plugin.worker.task.EngineRestClient;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.InputRejectedException;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.RetryLaterException;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.util.Objects;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.UnknownHttpErrorException;
import org.camunda.bpm.client.exception.ValueMapperException;

/**
 * Maps the failure of a task to its outcome:
 *
 * <ul>
 *   <li>a person can correct the input: BPMN error
 *   <li>transient (SignSpace or the engine is unreachable, busy or failing; out of memory): retry
 *       with backoff
 *   <li>an implausible response: a limited number of retries
 *   <li>permanent (credentials, scope, a request that the engine rejects, a bug): incident
 *   <li>the lock was lost: nothing is reported
 * </ul>
 *
 * {@link RetryLimit} turns retries that do not succeed into an incident.
 */
final class FailureClassifier {

  static Outcome of(Throwable failure, boolean inputIsCorrectable) {
    if (failure instanceof InputRejectedException rejected) {
      return new Outcome.BusinessError(textOf(rejected));
    }
    if (failure instanceof SignSpaceException signSpace) {
      return of(signSpace, inputIsCorrectable);
    }
    if (failure instanceof RetryLaterException early) {
      return new Outcome.Retry(textOf(early), early.delay());
    }
    if (failure instanceof UnconfirmedException unconfirmed) {
      return new Outcome.Retry(textOf(unconfirmed), null, Cause.DOUBT);
    }
    if (failure instanceof IncidentException incident) {
      return new Outcome.Incident(textOf(incident));
    }
    if (failure instanceof LockLostException || failure instanceof NotFoundException) {
      return new Outcome.Discarded(textOf(failure));
    }
    if (failure instanceof ExternalTaskClientException engine && isTransient(engine)) {
      return new Outcome.Retry("The request to the engine failed: " + textOf(engine), null);
    }
    if (failure instanceof OutOfMemoryError) {
      return new Outcome.Retry("The worker ran out of memory", null);
    }
    return new Outcome.Incident(
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
              ? new Outcome.BusinessError(message)
              : new Outcome.Incident(message, failure.logMessage());
      case TRANSIENT ->
          new Outcome.Retry(
              message,
              failure.logMessage(),
              failure.retryAfter().orElse(null),
              failure.isUnreachable() ? Cause.OUTAGE : Cause.FAILURE);
      case UNCONFIRMED -> new Outcome.Retry(message, failure.logMessage(), null, Cause.DOUBT);
      case PERMANENT -> new Outcome.Incident(message, failure.logMessage());
    };
  }

  private static boolean isTransient(ExternalTaskClientException failure) {
    if (failure instanceof UnknownHttpErrorException response) {
      Integer status = response.getHttpStatusCode();
      return status == null || EngineRestClient.isTransient(status);
    }
    return !(failure instanceof BadRequestException || failure instanceof ValueMapperException);
  }

  private static String textOf(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private FailureClassifier() {}
}
