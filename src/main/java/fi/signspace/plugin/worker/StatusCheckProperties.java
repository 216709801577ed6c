package fi.signspace.plugin.worker;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The schedule of completion checks ({@code signspace.status-check.*}).
 *
 * @param firstWait from the creation, or from a change, to the next check
 * @param growth factor from one wait to the next while nothing changes
 * @param longestWait no wait is longer
 * @param jitter share by which a wait varies, from 0 to 1
 * @param doubtfulChecks how many checks in a row may bring an answer that cannot be believed before
 *     a person is asked
 * @param batchSize how many requests one call asks about
 */
@ConfigurationProperties("signspace.status-check")
@Validated
record StatusCheckProperties(
    @DefaultValue("15s") Duration firstWait,
    @DefaultValue("1.5") double growth,
    @DefaultValue("1h") Duration longestWait,
    @DefaultValue("0.1") double jitter,
    @DefaultValue("4") @Min(0) int doubtfulChecks,
    @DefaultValue("100") @Min(1) @Max(100) int batchSize) {}
