package fi.signspace.plugin.api.webhook;

import java.util.Optional;

/** How the API reports a request that has ended, which is more than what its variables claim. */
@FunctionalInterface
public interface ReportedStatus {

  /**
   * @param request the id of the process instance
   * @return empty if the engine has forgotten it
   */
  Optional<String> of(String request);
}
