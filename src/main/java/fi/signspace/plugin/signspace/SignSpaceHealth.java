package fi.signspace.plugin.signspace;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Shows whether SignSpace is being called. It takes no node down: a status that the aggregation
 * does not know leaves the node's own as it is, as every node meets the same outage and none of
 * them would be better at it.
 */
final class SignSpaceHealth implements HealthIndicator {

  private static final Status PAUSED = new Status("PAUSED", "SignSpace is left in peace");

  private final Guard guard;

  SignSpaceHealth(Guard guard) {
    this.guard = guard;
  }

  @Override
  public Health health() {
    boolean calling = guard.pause().isZero();
    return Health.status(calling ? Status.UP : PAUSED)
        .withDetail("circuit", guard.circuitState().name())
        .withDetail("pauseSeconds", guard.pause().toSeconds())
        .build();
  }
}
