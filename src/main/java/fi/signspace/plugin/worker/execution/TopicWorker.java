package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import java.util.Set;

/** Carries out the external tasks of one topic. */
public interface TopicWorker {

  /** What it reads and writes, of which topic. */
  Step step();

  /** The variables to fetch with a task; empty for all of them. */
  default Set<String> fetched() {
    return step().variables();
  }

  /**
   * Does the work of one task, so that doing it again does no harm. Whatever it throws is
   * interpreted in {@link FailureClassifier}.
   *
   * @return the variables to complete the task with
   */
  Outputs work(SigningTask task);

  /** Which lane its tasks are worked on in. */
  default Pace pace() {
    return Pace.QUICK;
  }

  /** How tasks keep each other waiting. */
  enum Pace {
    /** A call or two. */
    QUICK,
    /** Whole documents are moved, which is slow and takes memory. */
    DOCUMENTS,
    /** Everything is looked at, and never twice at the same time. */
    SWEEP
  }
}
