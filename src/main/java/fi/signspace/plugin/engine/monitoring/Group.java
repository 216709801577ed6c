package fi.signspace.plugin.engine.monitoring;

import java.time.Duration;
import java.time.Instant;

/**
 * Rows of the engine's database that are counted together.
 *
 * @param name the common attribute: an id or a topic of a model
 * @param oldest since when the oldest one has been waiting
 */
record Group(String name, long count, Instant oldest) {

  double secondsUntil(Instant now) {
    return Math.max(0, Duration.between(oldest, now).toMillis() / 1000.0);
  }
}
