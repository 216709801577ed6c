package fi.signspace.plugin.worker.status;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sweeps over the status of everything that is waited for ({@code signspace.sweep.*}).
 *
 * @param enabled false: each process checks by its own timer alone, and more often
 */
@ConfigurationProperties("signspace.sweep")
public record SweepProperties(@DefaultValue("true") boolean enabled) {}
