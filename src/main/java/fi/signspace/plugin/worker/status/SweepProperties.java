package fi.signspace.plugin.worker.status;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Sweeps over the status of all open requests ({@code signspace.sweep.*}).
 *
 * @param enabled whether to sweep; without sweeps, each process instance checks by its own timer
 *     only, and more often
 */
@ConfigurationProperties("signspace.sweep")
public record SweepProperties(@DefaultValue("true") boolean enabled) {}
