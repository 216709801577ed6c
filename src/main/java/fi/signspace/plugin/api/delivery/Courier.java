package fi.signspace.plugin.api.delivery;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.jspecify.annotations.Nullable;

/** Carries out the steps of the process that delivers a message, outside of any transaction. */
public interface Courier {

  /** The topics of the steps. */
  List<String> topics();

  /** The key of the process; its topics are not served in any other one. */
  String process();

  /** What an admin has to check if messages cannot be delivered. */
  String advice();

  /** The business key of the request that a message is about, for the log. */
  default @Nullable String businessKey(LockedExternalTask task) {
    return task.getBusinessKey();
  }

  /**
   * Returns the variables that a completed step sets.
   *
   * @throws UndeliveredException if it has to be repeated, or cannot succeed
   */
  Map<String, Object> deliver(LockedExternalTask task) throws UndeliveredException;
}
