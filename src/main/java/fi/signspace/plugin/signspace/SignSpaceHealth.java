package fi.signspace.plugin.signspace;

import fi.signspace.plugin.signspace.guard.CallGuard;
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

  private final CallGuard callGuard;

  SignSpaceHealth(CallGuard callGuard) {
    this.callGuard = callGuard;
  }

  @Override
  public Health health() {
    boolean calling = callGuard.pause().isZero();
    return Health.status(calling ? Status.UP : PAUSED)
        .withDetail("circuit", callGuard.circuitState().name())
        .withDetail("pauseSeconds", callGuard.pause().toSeconds())
        .build();
  }
}
