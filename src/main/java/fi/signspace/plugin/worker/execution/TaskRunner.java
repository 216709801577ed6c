package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Runs one task and reports its outcome once. No exception propagates to the task client. */
public final class TaskRunner {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
  private static final int MAX_CAUSES = 5;
  private static final int MAX_FRAMES = 20;

  private final RetryLimit limit;
  private final OutcomeReporter reporter;
  private final ObservationRegistry observations;

  /**
   * Tasks that are queued or running in this process. If a lock expires in the meantime, this
   * worker may fetch the same task again, with variables that are older than what the first run
   * records.
   */
  private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

  public TaskRunner(RetryLimit limit, OutcomeReporter reporter, ObservationRegistry observations) {
    this.limit = limit;
    this.reporter = reporter;
    this.observations = observations;
  }

  public void submit(BoundedExecutor executor, SigningTask task, TopicWorker worker)
      throws InterruptedException {
    submit(executor, task, worker.step().isCorrectable(), worker::work);
  }

  /**
   * Runs a task in an executor unless it is in progress already. Unlocks it if the executor no
   * longer accepts work.
   */
  public void submit(
      BoundedExecutor executor,
      SigningTask task,
      boolean inputIsCorrectable,
      Function<SigningTask, Outputs> work)
      throws InterruptedException {
    if (!inProgress.add(task.id())) {
      LOG.warn(
          "{} {} was fetched again and is ignored, since this worker is still working on it",
          task.topic(),
          task.id());
      return;
    }
    boolean isAccepted = false;
    try {
      isAccepted = executor.submit(() -> run(task, inputIsCorrectable, work));
    } finally {
      if (!isAccepted) {
        inProgress.remove(task.id());
      }
    }
    if (!isAccepted) {
      unlock(task);
    }
  }

  /** Unlocks an unprocessed task, so that another worker can fetch it immediately. */
  public void unlock(SigningTask task) {
    try {
      task.unlock();
    } catch (RuntimeException e) {
      LOG.info(
          "Cannot unlock {} {}, its lock expires: {}", task.topic(), task.id(), e.getMessage());
    }
  }

  public void run(
      SigningTask task, boolean inputIsCorrectable, Function<SigningTask, Outputs> work) {
    Observation observation = observationOf(task);
    try (var key = MDC.putCloseable("businessKey", task.businessKey());
        var instance = MDC.putCloseable("processInstanceId", task.processInstanceId());
        var id = MDC.putCloseable("taskId", task.id());
        var scope = observation.start().openScope()) {
      Outcome outcome = limit.apply(task, outcomeOf(task, inputIsCorrectable, work));
      logUnexpected(outcome);
      observation.lowCardinalityKeyValue("outcome", outcome.label());
      reporter.report(task, outcome);
    } catch (RuntimeException | Error e) {
      LOG.error("Cannot report {} {}, its lock expires", task.topic(), task.id(), e);
    } finally {
      observation.stop();
      inProgress.remove(task.id());
    }
  }

  /** The timer and the span of a task; only the span has its ids. */
  private Observation observationOf(SigningTask task) {
    return Observation.createNotStarted("signspace.tasks", observations)
        .contextualName(task.topic())
        .lowCardinalityKeyValue("topic", task.topic())
        .highCardinalityKeyValue("processInstanceId", task.processInstanceId())
        .highCardinalityKeyValue("taskId", task.id());
  }

  private static Outcome outcomeOf(
      SigningTask task, boolean inputIsCorrectable, Function<SigningTask, Outputs> work) {
    try {
      task.readStep();
      return new Outcome.Completed(work.apply(task));
    } catch (RuntimeException | Error e) {
      return FailureClassifier.of(e, inputIsCorrectable);
    }
  }

  /** Logs the stack frames without the messages, which may quote input. */
  private static void logUnexpected(Outcome outcome) {
    if (outcome instanceof Outcome.Incident incident && incident.unexpected() != null) {
      LOG.error("Unexpected failure: {}", framesOf(incident.unexpected()));
    }
  }

  private static String framesOf(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(MAX_CAUSES)
        .map(cause -> cause.getClass().getName() + framesAlone(cause))
        .collect(Collectors.joining("\nCaused by: "));
  }

  private static String framesAlone(Throwable failure) {
    return Stream.of(failure.getStackTrace())
        .limit(MAX_FRAMES)
        .map(frame -> "\n\tat " + frame)
        .collect(Collectors.joining());
  }
}
