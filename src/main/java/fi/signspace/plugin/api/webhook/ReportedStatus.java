package fi.signspace.plugin.api.webhook;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the API reports a request, which is more than what its variables claim. */
@FunctionalInterface
public interface ReportedStatus {

  /**
   * @param request the id of the process instance
   * @return empty if the engine has forgotten it
   */
  Optional<Reported> of(String request);

  /**
   * A request by the engine's own record.
   *
   * @param endedAt null while it runs
   */
  record Reported(String status, @Nullable String businessKey, @Nullable Instant endedAt) {}
}
