package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.StatusRules;
import org.jspecify.annotations.Nullable;

/**
 * A process instance that waits for news of its signing request.
 *
 * @param status what its last check found
 * @param signatures how many signatures its last check found
 */
record WaitingInstance(String id, String requestId, String status, @Nullable Integer signatures) {

  /**
   * @param state null if SignSpace does not show the request
   */
  boolean hasChanged(@Nullable RequestState state) {
    return StatusRules.hasChanged(state, status, signatures);
  }
}
