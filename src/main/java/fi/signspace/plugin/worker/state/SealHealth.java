package fi.signspace.plugin.worker.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;

/**
 * Reports the health of a node as out of service while it fetches tasks whose state is sealed with
 * a key that it does not have. During a key rotation, other nodes may have it.
 */
public final class SealHealth implements HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(SealHealth.class);

  /** Longer than the delay after which such a task is retried. */
  private static final Duration RETENTION = Duration.ofMinutes(2);

  private final Clock clock;
  private final Map<String, Instant> missing = new ConcurrentHashMap<>();

  public SealHealth(Clock clock) {
    this.clock = clock;
  }

  void reportMissingKey(String keyId) {
    if (missing.put(keyId, clock.instant()) == null) {
      LOG.error(
          "States are sealed with the key {}, which this node does not have, so it leaves their tasks to other nodes: set signspace.seal.former-secrets",
          keyId);
    }
  }

  @Override
  public Health health() {
    Instant oldest = clock.instant().minus(RETENTION);
    missing.values().removeIf(seen -> seen.isBefore(oldest));
    return missing.isEmpty()
        ? Health.up().build()
        : Health.outOfService().withDetail("missingSealKeys", missing.keySet()).build();
  }
}
