package fi.signspace.plugin.api.webhook;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status that the API reports for a request, which is verified and not just what its variables
 * claim.
 */
@FunctionalInterface
public interface ReportedStatus {

  /**
   * @param request the id of the process instance
   * @return empty if the request is no longer in the engine's history
   */
  Optional<Reported> of(String request);

  /**
   * A request according to the engine's own record.
   *
   * @param endedAt null while it is running
   */
  record Reported(String status, @Nullable String businessKey, @Nullable Instant endedAt) {}
}
