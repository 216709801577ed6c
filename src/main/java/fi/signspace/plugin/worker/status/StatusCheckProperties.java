package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.signing.Backoff;
import fi.signspace.plugin.signing.SignSpace;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The schedule of completion checks ({@code signspace.status-check.*}). While sweeps find what has
 * changed, the checks of a process's own are a safety net and rare.
 *
 * @param firstWait from the creation, or from a change, to the next check; 5 minutes with sweeps,
 *     15 seconds without
 * @param growth factor from one wait to the next while nothing changes
 * @param longestWait no wait is longer; 12 hours with sweeps, an hour without
 * @param jitter share by which a wait varies, from 0 to 1
 * @param doubtfulChecks how many checks in a row may bring an answer that cannot be believed before
 *     a person is asked
 * @param unknownStatusAfter how long a status that SignSpace's guide does not name may last before
 *     a person is asked
 * @param batchSize how many requests one call asks about
 */
@ConfigurationProperties("signspace.status-check")
@Validated
public record StatusCheckProperties(
    @Nullable Duration firstWait,
    @DefaultValue("1.5") double growth,
    @Nullable Duration longestWait,
    @DefaultValue("0.1") double jitter,
    @DefaultValue("4") @Min(0) int doubtfulChecks,
    @DefaultValue("1d") Duration unknownStatusAfter,
    @DefaultValue("100") @Min(1) @Max(SignSpace.MAX_IDS) int batchSize) {

  private static final Duration SOON = Duration.ofSeconds(15);

  public Backoff waits(boolean sweeps) {
    Duration first = Objects.requireNonNullElse(firstWait, sweeps ? Duration.ofMinutes(5) : SOON);
    Duration longest = Objects.requireNonNullElse(longestWait, Duration.ofHours(sweeps ? 12 : 1));
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "signspace.status-check.longest-wait is %s and must not be shorter than first-wait, which is %s"
              .formatted(longest, first));
    }
    return new Backoff(first, growth, longest, jitter);
  }

  /** The wait after an answer that cannot be believed. */
  public Duration doubtfulWait() {
    return firstWait != null && firstWait.compareTo(SOON) < 0 ? firstWait : SOON;
  }
}
