package fi.signspace.plugin.signing;

import java.time.Duration;
import java.util.random.RandomGenerator;

public record GrowingWait(Duration first, double growth, Duration longest, double jitter) {
  public Duration after(int earlierWaits, RandomGenerator random) {
    double ms =
        Math.min(
            (double) first.toMillis() * Math.pow(growth, earlierWaits),
            (double) longest.toMillis());
    ms = ms * (1 + jitter * (2 * random.nextDouble() - 1));
    return Duration.ofMillis((long) Math.min(ms, (double) longest.toMillis()));
  }
}
