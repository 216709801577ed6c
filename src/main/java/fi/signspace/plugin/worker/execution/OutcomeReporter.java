package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.worker.task.EngineRestClient;
import fi.signspace.plugin.worker.task.IncidentException;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import fi.signspace.plugin.worker.task.UnconfirmedException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.camunda.bpm.client.exception.EngineException;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.RestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reports the outcome of a task to the engine. A report that fails (optimistic locking, an engine
 * restart) is retried without repeating the work; if it cannot be delivered, it is logged and the
 * lock expires. If the process cannot continue with the results, or the engine rejects them, the
 * task becomes an incident.
 */
public final class OutcomeReporter {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeReporter.class);
  private static final int ATTEMPTS = 12;

  /** For failures of the model: they are usually permanent, but a listener may fail temporarily. */
  private static final int PROCESS_ATTEMPTS = 3;

  private static final int MAX_MESSAGE = 4000;

  /**
   * The error type of the engine's REST API for a failure of the process, as opposed to its
   * database or lock.
   */
  private static final String PROCESS_FAILURE = "ProcessEngineException";

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(50), 2, Duration.ofSeconds(10), 0.5);

  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final Sleeper sleeper;

  /** Suspends the calling thread. */
  public interface Sleeper {
    void sleep(Duration delay) throws InterruptedException;
  }

  public OutcomeReporter(RetryPolicy retries, RandomGenerator random, Sleeper sleeper) {
    this.retries = retries;
    this.random = random;
    this.sleeper = sleeper;
  }

  void report(SigningTask task, Outcome outcome) {
    if (outcome instanceof Outcome.Completed completed) {
      // checks are frequent, and log changes themselves
      boolean isCheck = task.topic().equals(SigningProcess.Topic.CHECK_STATUS);
      LOG.atLevel(isCheck ? Level.DEBUG : Level.INFO).log("{} done", task.topic());
      deliver(() -> complete(task, completed.outputs()))
          .ifPresent(failure -> reportNotAccepted(task, failure));
    } else if (outcome instanceof Outcome.BusinessError error) {
      reportBusinessError(task, error);
    } else if (outcome instanceof Outcome.Retry retry) {
      reportRetry(task, retry);
    } else if (outcome instanceof Outcome.Incident incident) {
      LOG.error("{} needs an admin: {}", task.topic(), incident.logMessage());
      reportIncident(task, incident.message());
    } else if (outcome instanceof Outcome.Discarded discarded) {
      LOG.warn("{} dropped: {}", task.topic(), discarded.reason());
    }
  }

  private static void complete(SigningTask task, Outputs outputs) {
    try {
      task.complete(outputs);
    } catch (NotFoundException e) {
      if (task.topic().equals(SigningProcess.Topic.CREATE_SIGNING_REQUEST)) {
        // nothing else names the request if the instance was deleted during the call
        LOG.warn(
            "The engine no longer has the task that created the signing request {}. If its process instance {} was deleted meanwhile, cancel the request in SignSpace",
            outputs.toMap().get(SigningVariables.SIGNING_REQUEST_ID.name()),
            task.processInstanceId());
      }
      throw e;
    }
  }

  /**
   * The engine runs the process up to its next wait state in one transaction: a gateway, mapping or
   * timer that fails there rolls the completion back. It may also reject the results themselves. If
   * the lock was lost, it rejects this report as well.
   */
  private void reportNotAccepted(SigningTask task, ExternalTaskClientException failure) {
    String reason =
        String.valueOf(Objects.requireNonNullElse(failure.getCause(), failure).getMessage());
    if (isProcessFailure(failure)) {
      LOG.error("{} is done, but its process cannot continue: {}", task.topic(), reason);
      reportIncident(
          task,
          "This step is done, but its process cannot continue: %s. Correct the variable in Cockpit or have the model corrected, then retry."
              .formatted(reason));
    } else if (isRefused(failure)) {
      reportIncident(
          task,
          "This step is done, but the engine rejects its results: %s. Correct the cause, then retry."
              .formatted(reason));
    }
  }

  private void reportIncident(SigningTask task, String message) {
    String text = truncate(message);
    deliver(() -> task.fail(text, text, 0, Duration.ZERO));
  }

  /**
   * Whether the engine would reject a retry as well. After 403, it would reject an incident, too.
   */
  private static boolean isRefused(ExternalTaskClientException failure) {
    return failure instanceof RestException response
        && response.getHttpStatusCode() != null
        && response.getHttpStatusCode() != 403
        && !EngineRestClient.isTransient(response.getHttpStatusCode());
  }

  private static boolean isProcessFailure(ExternalTaskClientException failure) {
    return failure instanceof EngineException response
        && PROCESS_FAILURE.equals(response.getType())
        && Integer.valueOf(0).equals(response.getCode());
  }

  private void reportBusinessError(SigningTask task, Outcome.BusinessError error) {
    LOG.info("{} rejected, a person is asked to correct it", task.topic());
    String problem = truncate(error.problem());
    Outputs outputs = new Outputs().put(SigningVariables.PROBLEM, problem);
    Optional<ExternalTaskClientException> failure;
    try {
      failure = deliver(() -> task.raiseError(SigningProcess.REQUEST_REJECTED, problem, outputs));
    } catch (IncidentException | UnconfirmedException e) {
      // the variables that an output mapping needs cannot be set
      reportIncident(task, "%s\n\n%s".formatted(problem, e.getMessage()));
      return;
    }
    // the engine's response is the same whether no event catches the error or the process fails
    // after the event; a missing response says nothing about the model
    failure
        .filter(f -> f instanceof EngineException || isRefused(f))
        .ifPresent(
            f ->
                reportIncident(
                    task,
                    "The model does not catch the error %s here, or cannot continue after it, so this cannot be corrected in a form: %s"
                        .formatted(SigningProcess.REQUEST_REJECTED, problem)));
  }

  private void reportRetry(SigningTask task, Outcome.Retry retry) {
    Duration delay =
        retry.delay() == null
            ? retries.backoffAfter(task.retries())
            : retries.withJitter(retry.delay());
    LOG.warn(
        "{} is retried in {} s: {}", task.topic(), delay.toMillis() / 1000.0, retry.logMessage());
    String message = truncate(retry.message());
    deliver(() -> task.fail(message, retry.details(), RetryPolicy.next(task.retries()), delay));
  }

  private static String truncate(String text) {
    if (text.length() <= MAX_MESSAGE) {
      return text;
    }
    int end = MAX_MESSAGE - 1;
    // an unpaired surrogate cannot be written as JSON
    boolean isHalved = Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, isHalved ? end - 1 : end) + "…";
  }

  /**
   * @return the last failure, if the report could not be delivered although the task exists
   */
  private Optional<ExternalTaskClientException> deliver(Runnable report) {
    for (int attempt = 1; ; attempt++) {
      try {
        report.run();
        return Optional.empty();
      } catch (NotFoundException e) {
        LOG.info("The task has ended already: {}", e.getMessage());
        return Optional.empty();
      } catch (ExternalTaskClientException e) {
        if (isRefused(e)) {
          LOG.warn("The engine rejects the report: {}", e.getMessage());
          return Optional.of(e);
        }
        if (attempt == (isProcessFailure(e) ? PROCESS_ATTEMPTS : ATTEMPTS)) {
          LOG.warn(
              "Cannot deliver the report after {} attempts, the lock expires: {}",
              attempt,
              e.getMessage());
          return Optional.of(e);
        }
        LOG.debug("Retrying the report: {}", e.getMessage());
        if (!hasSlept(BACKOFF.after(attempt - 1, random))) {
          LOG.warn("Interrupted before the report was delivered, the lock expires");
          return Optional.empty();
        }
      }
    }
  }

  private boolean hasSlept(Duration delay) {
    try {
      sleeper.sleep(delay);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
