package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.worker.task.Outputs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The outcome of one task, which is reported to the engine. */
sealed interface Outcome {

  /** The value of the metric tag. */
  String label();

  /** The task is complete. */
  record Completed(Outputs outputs) implements Outcome {
    @Override
    public String label() {
      return "done";
    }
  }

  /**
   * A person can correct the input: the BPMN error of the contract with a description of the
   * problem.
   */
  record BusinessError(String problem) implements Outcome {
    @Override
    public String label() {
      return "rejected";
    }
  }

  /**
   * A transient failure: the task is retried.
   *
   * @param logMessage the message without input values, for the log
   * @param delay the delay; null for backoff
   * @param cause determines the limit of the retries
   * @param details stored by the engine with the failure, for the next attempt
   */
  record Retry(
      String message, String logMessage, @Nullable Duration delay, Cause cause, String details)
      implements Outcome {

    /** Why a task is retried. */
    enum Cause {
      /** SignSpace or the engine is unavailable or busy: retried without a limit. */
      OUTAGE,
      /** SignSpace and the engine work, but this failed: retried for hours. */
      FAILURE,
      /** The response is implausible: retried a few times. */
      DOUBT
    }

    Retry(String message, String logMessage, @Nullable Duration delay, Cause cause) {
      this(message, logMessage, delay, cause, message);
    }

    Retry(String message, @Nullable Duration delay) {
      this(message, delay, Cause.FAILURE);
    }

    Retry(String message, @Nullable Duration delay, Cause cause) {
      this(message, message, delay, cause);
    }

    Retry withDetails(String newDetails) {
      return new Retry(message, logMessage, delay, cause, newDetails);
    }

    @Override
    public String label() {
      return "later";
    }
  }

  /**
   * A permanent failure: an incident for an admin.
   *
   * @param logMessage the message without input values, for the log
   * @param unexpected the failure, if it is a bug
   */
  record Incident(String message, String logMessage, @Nullable Throwable unexpected)
      implements Outcome {

    Incident(String message, String logMessage) {
      this(message, logMessage, null);
    }

    Incident(String message) {
      this(message, message);
    }

    @Override
    public String label() {
      return "needs_admin";
    }
  }

  /** The lock was lost: nothing is reported. */
  record Discarded(String reason) implements Outcome {
    @Override
    public String label() {
      return "dropped";
    }
  }
}
