package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.camunda.bpm.client.exception.EngineException;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.RestException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Reports the outcome of a task to the engine. A report that fails (optimistic locking, an engine restart) is retried without repeating the work; if it cannot be delivered, it is logged and the lock expires. If the process cannot continue with the results, or the engine rejects them, the task becomes an incident.
 */
public final class OutcomeReporter {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeReporter.class);
  private static final int ATTEMPTS = 12;

  /** For failures of the model: they are usually permanent, but a listener may fail temporarily. */
  private static final int PROCESS_ATTEMPTS = 3;

  /** Transient client errors: temporary login failures, conflicts, throttling. */
  private static final Set<Integer> PASSING = Set.of(401, 403, 408, 409, 425, 429);

  private static final int MAX_MESSAGE = 4000;

  /** The error type of the engine's REST API for a failure of the process, as opposed to its database or lock. */
  private static final String PROCESS_FAILURE = "ProcessEngineException";

  private static final Backoff WAITS =
      new Backoff(Duration.ofMillis(50), 2, Duration.ofSeconds(10), 0.5);

  private final RetryPolicy retries;
  private final RandomGenerator random;
  private final Pause pause;

  /** Suspends the calling thread. */
  public interface Pause {
    void rest(Duration wait) throws InterruptedException;
  }

  public OutcomeReporter(RetryPolicy retries, RandomGenerator random, Pause pause) {
    this.retries = retries;
    this.random = random;
    this.pause = pause;
  }

  void report(SigningTask task, Outcome outcome) {
    if (outcome instanceof Outcome.Done done) {
      // checks are frequent, and log changes themselves
      boolean isCheck = task.topic().equals(SigningProcess.Topic.CHECK_STATUS);
      LOG.atLevel(isCheck ? Level.DEBUG : Level.INFO).log("{} done", task.topic());
      deliver(() -> task.complete(done.outputs()))
          .ifPresent(failure -> reportRefused(task, failure));
    } else if (outcome instanceof Outcome.Rejected rejected) {
      reportRejected(task, rejected);
    } else if (outcome instanceof Outcome.Later later) {
      reportLater(task, later);
    } else if (outcome instanceof Outcome.NeedsAdmin needsAdmin) {
      LOG.error("{} needs an admin: {}", task.topic(), needsAdmin.brief());
      reportIncident(task, needsAdmin.message());
    } else if (outcome instanceof Outcome.Dropped dropped) {
      LOG.warn("{} dropped: {}", task.topic(), dropped.reason());
    }
  }

  /**
   * The engine runs the process up to its next wait state in one transaction: a gateway, mapping or timer that fails there rolls the completion back. It may also reject the results themselves. If the lock was lost, it rejects this report as well.
   */
  private void reportRefused(SigningTask task, ExternalTaskClientException failure) {
    String reason = Objects.requireNonNullElse(failure.getCause(), failure).getMessage();
    if (isOfTheProcess(failure)) {
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
    String text = cut(message);
    deliver(() -> task.fail(text, text, 0, Duration.ZERO));
  }

  /** Whether the engine would reject a retry as well. */
  private static boolean isRefused(ExternalTaskClientException failure) {
    return failure instanceof RestException answer
        && answer.getHttpStatusCode() != null
        && answer.getHttpStatusCode() < 500
        && !PASSING.contains(answer.getHttpStatusCode());
  }

  private static boolean isOfTheProcess(ExternalTaskClientException failure) {
    return failure instanceof EngineException answer
        && PROCESS_FAILURE.equals(answer.getType())
        && Integer.valueOf(0).equals(answer.getCode());
  }

  private void reportRejected(SigningTask task, Outcome.Rejected rejected) {
    LOG.info("{} rejected, a person is asked to correct it", task.topic());
    String problem = cut(rejected.problem());
    Outputs outputs = new Outputs().put(SigningVariables.PROBLEM, problem);
    Optional<ExternalTaskClientException> failure =
        deliver(() -> task.raiseError(SigningProcess.REQUEST_REJECTED, problem, outputs));
    // the engine's response is the same whether no event catches the error or the process fails after the event; a missing response says nothing about the model
    failure
        .filter(f -> f instanceof EngineException || isRefused(f))
        .ifPresent(
            f ->
                reportIncident(
                    task,
                    "The model does not catch the error %s here, or cannot continue after it, so this cannot be corrected in a form: %s"
                        .formatted(SigningProcess.REQUEST_REJECTED, problem)));
  }

  private void reportLater(SigningTask task, Outcome.Later later) {
    Duration wait =
        later.pause() == null ? retries.waitAfter(task.retries()) : retries.spread(later.pause());
    LOG.warn("{} is retried in {} s: {}", task.topic(), wait.toMillis() / 1000.0, later.brief());
    String message = cut(later.message());
    deliver(() -> task.fail(message, later.details(), retries.next(task.retries()), wait));
  }

  private static String cut(String text) {
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
        if (attempt == (isOfTheProcess(e) ? PROCESS_ATTEMPTS : ATTEMPTS)) {
          LOG.warn("Cannot deliver the report after {} attempts, the lock expires: {}", attempt, e.getMessage());
          return Optional.of(e);
        }
        LOG.debug("Retrying the report: {}", e.getMessage());
        if (!waited(WAITS.after(attempt - 1, random))) {
          LOG.warn("Interrupted before the report was delivered, the lock expires");
          return Optional.empty();
        }
      }
    }
  }

  private boolean waited(Duration wait) {
    try {
      pause.rest(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
