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
 * The schedule of status checks ({@code signspace.status-check.*}). With sweeps, the checks of each
 * process instance are a rare safety net.
 *
 * @param firstWait the delay after the creation or a change; 5 minutes with sweeps, 15 seconds
 *     without
 * @param growth the factor between consecutive delays without a change
 * @param longestWait the maximum delay; 12 hours with sweeps, an hour without
 * @param jitter the share by which a delay varies, from 0 to below 1
 * @param doubtfulChecks the maximum number of consecutive checks with an implausible response
 *     before it becomes a task for a person
 * @param unknownStatusAfter how long an undocumented status may last before it becomes a task for a
 *     person
 * @param batchSize the maximum number of requests per call
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

  public Backoff backoff(boolean sweeps) {
    Duration first = Objects.requireNonNullElse(firstWait, sweeps ? Duration.ofMinutes(5) : SOON);
    Duration longest = Objects.requireNonNullElse(longestWait, Duration.ofHours(sweeps ? 12 : 1));
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "signspace.status-check.longest-wait is %s and must not be shorter than first-wait, which is %s"
              .formatted(longest, first));
    }
    return new Backoff(first, growth, longest, jitter);
  }

  /** The delay after an implausible response. */
  public Duration unconfirmedDelay() {
    return firstWait != null && firstWait.compareTo(SOON) < 0 ? firstWait : SOON;
  }
}
