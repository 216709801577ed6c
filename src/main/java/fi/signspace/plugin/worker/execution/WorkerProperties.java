package fi.signspace.plugin.worker.execution;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the workers ({@code signspace.worker.*}).
 *
 * @param enabled whether this node has workers
 * @param requestThreads maximum number of concurrent tasks with quick calls to SignSpace
 * @param documentThreads maximum number of concurrent tasks that transfer documents
 * @param largeDocuments maximum number of documents of 1 MB or more in memory: each takes about two
 *     and a half times its size
 * @param longPolling how long the engine may hold a fetch while there are no tasks; a task whose
 *     retry is due is fetched after this time at the latest
 * @param engineTimeout the timeout of other requests to the engine
 * @param lockDuration the lock duration of a fetched task; derived from the other durations by
 *     default
 * @param settleTime how long SignSpace may still process a call after its timeout; the creation of
 *     a request is not repeated earlier
 * @param retry the retries of transient failures
 */
@ConfigurationProperties("signspace.worker")
@Validated
public record WorkerProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("16") @Min(1) @Max(200) int requestThreads,
    @DefaultValue("16") @Min(1) @Max(50) int documentThreads,
    @DefaultValue("3") @Min(1) @Max(50) int largeDocuments,
    @DefaultValue("10s") Duration longPolling,
    @DefaultValue("60s") Duration engineTimeout,
    @Nullable Duration lockDuration,
    @DefaultValue("60s") Duration settleTime,
    @DefaultValue Retry retry) {

  /**
   * @param firstWait the delay after the first failure
   * @param growth the factor between consecutive delays
   * @param longestWait the maximum delay
   * @param jitter the share by which a delay varies, from 0 to below 1
   * @param maxFailingTime how long a task may fail in a row, while SignSpace and the engine work,
   *     before it becomes an incident
   * @param maxDoubtfulAttempts how many implausible responses, such as an empty file, a task may
   *     get before it becomes an incident
   */
  public record Retry(
      @DefaultValue("2s") Duration firstWait,
      @DefaultValue("2") double growth,
      @DefaultValue("1h") Duration longestWait,
      @DefaultValue("0.2") double jitter,
      @DefaultValue("6h") Duration maxFailingTime,
      @DefaultValue("5") @Min(1) int maxDoubtfulAttempts) {}
}
