package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the short lock of a task while a slow call runs. The task of a crashed worker is available
 * again after one lock period, not after the maximum duration of a document transfer. Renewal stops
 * after a maximum time, so a hanging call does not keep its task forever.
 */
public final class LockRenewal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LockRenewal.class);
  private static final int RENEWALS_PER_LOCK = 3;

  /** Several, since the engine may respond slowly for one task. */
  private static final int THREADS = 4;

  /** Longer than any document transfer, given the timeouts of its exchanges. */
  private static final Duration MAX_TIME = Duration.ofHours(1);

  private final Duration lockTime;
  private final Duration maxTime;

  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "signspace-lock");
            thread.setDaemon(true);
            return thread;
          });

  public LockRenewal(Duration lockTime) {
    this(lockTime, MAX_TIME);
  }

  /**
   * @param maxTime for how long a lock is renewed
   */
  LockRenewal(Duration lockTime, Duration maxTime) {
    this.lockTime = lockTime;
    this.maxTime = maxTime;
    // a finished task and its inputs need not wait in the queue
    scheduler.setRemoveOnCancelPolicy(true);
  }

  /**
   * Makes an idempotent call while the lock is renewed.
   *
   * @throws LockLostException if the lock was lost before the call
   */
  public <T> T during(SigningTask task, Supplier<T> call) {
    task.lock().ensureFor(lockTime);
    long period = lockTime.dividedBy(RENEWALS_PER_LOCK).toMillis();
    AtomicLong left = new AtomicLong(maxTime.toMillis() / period);
    ScheduledFuture<?> renewal =
        scheduler.scheduleAtFixedRate(
            () -> renew(task, left), period, period, TimeUnit.MILLISECONDS);
    try {
      return call.get();
    } finally {
      renewal.cancel(false);
    }
  }

  private void renew(SigningTask task, AtomicLong left) {
    long renewals = left.decrementAndGet();
    if (renewals < 0) {
      return;
    }
    if (renewals == 0) {
      LOG.error(
          "{} {} has been running for {}: its lock expires and another worker fetches it",
          task.topic(),
          task.id(),
          maxTime);
      return;
    }
    try {
      task.lock().extend(lockTime);
    } catch (RuntimeException e) {
      // the call continues: if another worker has the task by now, the engine rejects the report
      LOG.warn("Cannot renew the lock of {} {}: {}", task.topic(), task.id(), e.getMessage());
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
