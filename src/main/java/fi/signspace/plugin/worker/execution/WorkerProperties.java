package fi.signspace.plugin.worker.execution;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the workers work ({@code signspace.worker.*}).
 *
 * @param enabled whether this node has workers
 * @param requestThreads tasks at once that ask SignSpace for something quick
 * @param documentThreads tasks at once that carry documents
 * @param largeDocuments documents of 1 MB or more that are in memory at once: each takes about two
 *     and a half times its size
 * @param longPolling how long the engine may hold a question for tasks before it answers that there
 *     are none; a task whose wait is over is noticed after this time at the latest
 * @param engineTimeout how long the engine may take to answer anything else
 * @param lockDuration how long a fetched task is ours; derived from the other times unless given
 * @param settleTime how long an answer of SignSpace may still be on its way after its call was
 *     given up: so long a request is not created again
 * @param retry the waits between attempts of work that may heal
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
   * @param firstWait after the first failure
   * @param growth factor from one wait to the next
   * @param longestWait no wait is longer
   * @param jitter share by which a wait varies, from 0 to 1
   * @param maxFailingTime how long a task may fail for the same reason, while SignSpace and the
   *     engine work, before it becomes an incident
   * @param maxDoubtfulAttempts how often a task may get a wrong response, such as an empty file,
   *     before it becomes an incident
   */
  public record Retry(
      @DefaultValue("2s") Duration firstWait,
      @DefaultValue("2") double growth,
      @DefaultValue("1h") Duration longestWait,
      @DefaultValue("0.2") double jitter,
      @DefaultValue("6h") Duration maxFailingTime,
      @DefaultValue("5") @Min(1) int maxDoubtfulAttempts) {}
}
