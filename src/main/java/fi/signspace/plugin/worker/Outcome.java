package fi.signspace.plugin.worker;

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
   */
  record Later(String message, String brief, @Nullable Duration pause) implements Outcome {

    Later(String message, @Nullable Duration pause) {
      this(message, message, pause);
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
   */
  record NeedsAdmin(String message, String brief) implements Outcome {

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
