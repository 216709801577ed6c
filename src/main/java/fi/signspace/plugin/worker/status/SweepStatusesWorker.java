package fi.signspace.plugin.worker.status;

import fi.signspace.plugin.process.StatusSweep;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.status.StatusSweeper.Result;
import fi.signspace.plugin.worker.task.Outputs;
import fi.signspace.plugin.worker.task.SigningTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one sweep. A transient failure aborts it without a retry, since the next sweep starts in a
 * minute. A permanent failure is an incident, and no other sweep starts while it is open.
 */
public final class SweepStatusesWorker implements TopicWorker {

  private static final Logger LOG = LoggerFactory.getLogger(SweepStatusesWorker.class);

  private final StatusSweeper sweeper;
  private final LongSupplier nanoTime;
  private final Timer duration;

  /** When this node completed its last sweep; initially, when it started. */
  private volatile long lastWholeSweep;

  public SweepStatusesWorker(StatusSweeper sweeper, MeterRegistry meters) {
    this(sweeper, meters, System::nanoTime);
  }

  SweepStatusesWorker(StatusSweeper sweeper, MeterRegistry meters, LongSupplier nanoTime) {
    this.sweeper = sweeper;
    this.nanoTime = nanoTime;
    this.lastWholeSweep = nanoTime.getAsLong();
    this.duration =
        Timer.builder("signspace.sweep")
            .description("Whole sweeps over all requests")
            .register(meters);
    TimeGauge.builder(
            "signspace.sweep.last.success.age",
            this,
            TimeUnit.NANOSECONDS,
            worker -> worker.nanoTime.getAsLong() - worker.lastWholeSweep)
        .description("Time since this node finished a whole sweep, or since it started")
        .register(meters);
  }

  @Override
  public Step step() {
    return Step.SWEEP_STATUSES;
  }

  @Override
  public WorkloadType workloadType() {
    return WorkloadType.SWEEP;
  }

  @Override
  public Outputs work(SigningTask task) {
    try {
      return sweeper.isAnotherOpen() ? aborted("Another sweep is open") : sweep(task);
    } catch (SignSpaceException e) {
      if (e.kind() != SignSpaceException.Kind.TRANSIENT) {
        throw e;
      }
      return aborted(Objects.requireNonNullElse(e.getMessage(), "SignSpace failed"));
    } catch (ExternalTaskClientException e) {
      return aborted("The request to the engine failed: " + e.getMessage());
    }
  }

  private Outputs sweep(SigningTask task) {
    long start = nanoTime.getAsLong();
    Result result = sweeper.sweep(task);
    lastWholeSweep = nanoTime.getAsLong();
    duration.record(lastWholeSweep - start, TimeUnit.NANOSECONDS);
    if (result.changed() > 0) {
      LOG.info("{} of {} requests have changed", result.changed(), result.waiting());
    }
    return new Outputs()
        .put(StatusSweep.WAITING_REQUESTS, result.waiting())
        .put(StatusSweep.CHANGED_REQUESTS, result.changed());
  }

  private static Outputs aborted(String reason) {
    LOG.warn("The sweep is aborted: {}", reason);
    return new Outputs().put(StatusSweep.BROKEN_OFF, reason);
  }
}
