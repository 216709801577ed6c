package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the lock of a task in short pieces for as long as a slow call lasts: the task of a worker
 * that has died is free again after one piece, and not only after the longest that a document may
 * take. A call that never ends does not hold its task for ever either.
 */
public final class LockRenewal implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LockRenewal.class);
  private static final int RENEWALS_PER_PIECE = 3;

  /** Several, since the engine may be slow to answer for one task. */
  private static final int THREADS = 4;

  /** With their time limits, the exchanges of no document take as long. */
  private static final Duration MAX_TIME = Duration.ofHours(1);

  private final Duration piece;
  private final Duration maxTime;

  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "signspace-lock");
            thread.setDaemon(true);
            return thread;
          });

  public LockRenewal(Duration piece) {
    this(piece, MAX_TIME);
  }

  /**
   * @param maxTime for how long a lock is renewed
   */
  LockRenewal(Duration piece, Duration maxTime) {
    this.piece = piece;
    this.maxTime = maxTime;
  }

  /**
   * Makes a call that may be made twice without harm.
   *
   * @throws LockLostException if the task is not ours any more when it starts
   */
  public <T> T during(SigningTask task, Supplier<T> call) {
    task.ensureLockedFor(piece);
    long period = piece.dividedBy(RENEWALS_PER_PIECE).toMillis();
    AtomicLong left = new AtomicLong(maxTime.toMillis() / period);
    ScheduledFuture<?> renewal =
        clock.scheduleAtFixedRate(() -> renew(task, left), period, period, TimeUnit.MILLISECONDS);
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
          "{} {} is worked on for {}, its lock runs out and another worker takes it",
          task.topic(),
          task.id(),
          maxTime);
      return;
    }
    try {
      task.extendLock(piece);
    } catch (RuntimeException e) {
      // the work goes on: should somebody else have the task by now, the engine refuses the report
      LOG.warn("The lock of {} {} is not renewed: {}", task.topic(), task.id(), e.getMessage());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
