package fi.signspace.plugin.signspace;

import fi.signspace.plugin.signspace.guard.CallGuard;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Shows whether calls to SignSpace are paused. The custom status does not affect the aggregated
 * health: an outage of SignSpace affects every node, so removing this one does not help.
 */
final class SignSpaceHealth implements HealthIndicator {

  private static final Status PAUSED = new Status("PAUSED", "Calls to SignSpace are paused");

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
