package fi.signspace.plugin.worker.task;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;

/** The lock of a task, and for how long it is certain to be held. */
public final class TaskLock {

  private final ExternalTask task;
  private final ExternalTaskService service;
  private final LongSupplier nanoTime;
  private volatile long lockedUntil;

  TaskLock(
      ExternalTask task, ExternalTaskService service, LongSupplier nanoTime, long lockedUntil) {
    this.task = task;
    this.service = service;
    this.nanoTime = nanoTime;
    this.lockedUntil = lockedUntil;
  }

  /**
   * Ensures that the lock is held for this time from now.
   *
   * @throws LockLostException if the lock was lost
   */
  public void ensureFor(Duration time) {
    ensureFor(time, Duration.ZERO);
  }

  /**
   * Ensures that the lock is held for this time from now.
   *
   * @param spare additional lock time if the lock has to be extended, so that repeated calls rarely
   *     need a request to the engine
   * @throws LockLostException if the lock was lost
   */
  public synchronized void ensureFor(Duration time, Duration spare) {
    if (!isHeldFor(time)) {
      extend(time.plus(spare));
    }
  }

  /**
   * Locks the task for this time from now. Synchronized, since the engine rejects concurrent
   * extensions of a lock.
   *
   * @throws LockLostException if the lock was lost
   */
  public synchronized void extend(Duration time) {
    // read before the request: the engine's lock starts later
    long now = nanoTime.getAsLong();
    try {
      service.extendLock(task, time.toMillis());
    } catch (BadRequestException | NotFoundException e) {
      throw new LockLostException("The task is no longer locked by this worker", e);
    }
    lockedUntil = now + time.toNanos();
  }

  /** Whether the lock is certain to be held for this time from now. */
  public boolean isHeldFor(Duration time) {
    return lockedUntil - nanoTime.getAsLong() >= time.toNanos();
  }
}
