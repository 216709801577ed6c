package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.Set;

/** Processes the external tasks of one topic. */
public interface TopicWorker {

  /** The topic and its variables. */
  Step step();

  /** The variables to fetch with a task; all if empty. */
  default Set<String> fetchedVariables() {
    return step().variables();
  }

  /**
   * Processes one task idempotently. {@link FailureClassifier} maps exceptions to outcomes.
   *
   * @return the variables to complete the task with
   */
  Outputs work(SigningTask task);

  /** Determines the threads that process its tasks. */
  default WorkloadType workloadType() {
    return WorkloadType.QUICK;
  }

  /** Tasks of a type share threads and a fetch loop. */
  enum WorkloadType {
    /** One or two calls. */
    QUICK,
    /** Transfers of documents, which are slow and take memory. */
    DOCUMENTS,
    /** Sweeps over all requests, one at a time. */
    SWEEP
  }
}
