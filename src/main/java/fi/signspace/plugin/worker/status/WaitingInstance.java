package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.status.StatusRules;
import org.jspecify.annotations.Nullable;

/**
 * A process instance that waits for a change of its signing request.
 *
 * @param status the status found by its last check
 * @param signatures the number of signatures found by its last check
 */
record WaitingInstance(String id, String requestId, String status, @Nullable Integer signatures) {

  /**
   * @param state null if SignSpace does not show the request
   */
  boolean hasChanged(@Nullable RequestState state) {
    return StatusRules.hasChanged(state, status, signatures);
  }
}
