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

/** Runs the work of one task and reports once. Nothing escapes from here into the task client. */
public final class TaskRunner {

  private static final Logger LOG = LoggerFactory.getLogger(TaskRunner.class);
  private static final int MAX_CAUSES = 5;
  private static final int MAX_FRAMES = 20;

  private final RetryLimit limit;
  private final OutcomeReporter reporter;
  private final ObservationRegistry observations;

  /**
   * Tasks that wait in this process for a free thread, or are being worked on. When a lock runs out
   * meanwhile, the engine may hand the task to this very worker again, and only here can be seen
   * that it is the same: its variables may be older than what the first one records.
   */
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  public TaskRunner(RetryLimit limit, OutcomeReporter reporter, ObservationRegistry observations) {
    this.limit = limit;
    this.reporter = reporter;
    this.observations = observations;
  }

  public void submit(BoundedExecutor executor, SigningTask task, TopicWorker worker)
      throws InterruptedException {
    submit(executor, task, worker.step().isCorrectable(), worker::work);
  }

  /** Has a task run in a lane, once; a lane that takes no more gives it back. */
  public void submit(
      BoundedExecutor executor,
      SigningTask task,
      boolean inputIsCorrectable,
      Function<SigningTask, Outputs> work)
      throws InterruptedException {
    if (!underWay.add(task.id())) {
      LOG.warn("{} {} came back while it is being worked on", task.topic(), task.id());
      return;
    }
    boolean isTaken = false;
    try {
      isTaken = executor.submit(() -> run(task, inputIsCorrectable, work));
    } finally {
      if (!isTaken) {
        underWay.remove(task.id());
      }
    }
    if (!isTaken) {
      unlock(task);
    }
  }

  /** Nothing was done for it; another worker does it at once. */
  public void unlock(SigningTask task) {
    try {
      task.unlock();
    } catch (RuntimeException e) {
      LOG.info(
          "{} {} is not given back, its lock runs out: {}",
          task.topic(),
          task.id(),
          e.getMessage());
    }
  }

  public void run(
      SigningTask task, boolean inputIsCorrectable, Function<SigningTask, Outputs> work) {
    Observation observation = observationOf(task).start();
    try (var key = MDC.putCloseable("businessKey", task.businessKey());
        var instance = MDC.putCloseable("processInstanceId", task.processInstanceId());
        var id = MDC.putCloseable("taskId", task.id());
        var scope = observation.openScope()) {
      Outcome outcome = limit.apply(task, outcomeOf(task, inputIsCorrectable, work));
      logUnexpected(outcome);
      observation.lowCardinalityKeyValue("outcome", outcome.label());
      reporter.report(task, outcome);
    } catch (RuntimeException | Error e) {
      LOG.error("{} {} could not be reported, its lock runs out", task.topic(), task.id(), e);
    } finally {
      observation.stop();
      underWay.remove(task.id());
    }
  }

  /** The measure of a task and the span of its trace; only the span knows which task it was. */
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
      task.resolveOutputMapping();
      return new Outcome.Done(work.apply(task));
    } catch (RuntimeException | Error e) {
      return FailureClassifier.of(e, inputIsCorrectable);
    }
  }

  /** Where it happened; the messages are left out, since they may quote what a caller gave. */
  private static void logUnexpected(Outcome outcome) {
    if (outcome instanceof Outcome.NeedsAdmin needsAdmin && needsAdmin.unexpected() != null) {
      LOG.error("Unexpected failure: {}", framesOf(needsAdmin.unexpected()));
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
