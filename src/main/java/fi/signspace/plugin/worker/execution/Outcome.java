package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.worker.task.Outputs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the work of one task ended, and so what is reported to the engine. */
sealed interface Outcome {

  /** Its name among the metrics. */
  String label();

  /** The task is complete. */
  record Done(Outputs outputs) implements Outcome {
    @Override
    public String label() {
      return "done";
    }
  }

  /** A person can correct it: the BPMN error of the contract, with the problem in words. */
  record Rejected(String problem) implements Outcome {
    @Override
    public String label() {
      return "rejected";
    }
  }

  /**
   * It may heal: the task is tried again.
   *
   * @param brief the message without names that people gave, for the log
   * @param pause how long to wait; null if the wait is to grow with every failure
   * @param cause what bounds the number of attempts
   * @param details what the engine keeps with the failure for the next attempt
   */
  record Later(String message, String brief, @Nullable Duration pause, Cause cause, String details)
      implements Outcome {

    /** What a failure says about the chance of the next attempt. */
    enum Cause {
      /** SignSpace or the engine is out or busy: however long, it heals. */
      OUTAGE,
      /** They work, and this failed: it heals within hours, or not at all. */
      FAILURE,
      /** What came back is wrong: it is right within a few attempts, or never. */
      DOUBT
    }

    Later(String message, String brief, @Nullable Duration pause, Cause cause) {
      this(message, brief, pause, cause, message);
    }

    Later(String message, @Nullable Duration pause) {
      this(message, pause, Cause.FAILURE);
    }

    Later(String message, @Nullable Duration pause, Cause cause) {
      this(message, message, pause, cause);
    }

    Later withDetails(String newDetails) {
      return new Later(message, brief, pause, cause, newDetails);
    }

    @Override
    public String label() {
      return "later";
    }
  }

  /**
   * Only an admin can help: an incident at once.
   *
   * @param brief the message without names that people gave, for the log
   * @param unexpected the failure, if it is a fault of this software
   */
  record NeedsAdmin(String message, String brief, @Nullable Throwable unexpected)
      implements Outcome {

    NeedsAdmin(String message, String brief) {
      this(message, brief, null);
    }

    NeedsAdmin(String message) {
      this(message, message);
    }

    @Override
    public String label() {
      return "needs_admin";
    }
  }

  /** The task is no longer ours: nothing is reported. */
  record Dropped(String reason) implements Outcome {
    @Override
    public String label() {
      return "dropped";
    }
  }
}
