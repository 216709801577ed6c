package fi.signspace.plugin.access.body;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.util.unit.DataSize;

/**
 * Memory budget for large bodies that are read concurrently. A few bodies that do not fit may wait
 * for a short time; only a few, since each holds a thread.
 */
public final class LargeBodyBudget {

  private static final long MEGABYTE = 1024 * 1024;

  private final Semaphore megabytes;
  private final int capacity;
  private final int maxWaiting;
  private final Duration maxWait;
  private final AtomicInteger waiting = new AtomicInteger();

  public LargeBodyBudget(DataSize memory, int maxWaiting, Duration maxWait) {
    this.capacity = Math.toIntExact(Math.max(1, memory.toMegabytes()));
    this.megabytes = new Semaphore(capacity, true);
    this.maxWaiting = maxWaiting;
    this.maxWait = maxWait;
  }

  /** Whether it would fit if it were the only one. */
  boolean holds(long bytes) {
    return inMegabytes(bytes) <= capacity;
  }

  /** Reserves memory, waiting for a short time if necessary. */
  boolean reserve(long bytes) {
    int needed = inMegabytes(bytes);
    if (megabytes.tryAcquire(needed)) {
      return true;
    }
    try {
      return waiting.incrementAndGet() <= maxWaiting
          && megabytes.tryAcquire(needed, maxWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      waiting.decrementAndGet();
    }
  }

  boolean reserveNow(long bytes) {
    return megabytes.tryAcquire(inMegabytes(bytes));
  }

  void release(long bytes) {
    megabytes.release(inMegabytes(bytes));
  }

  private static int inMegabytes(long bytes) {
    return Math.toIntExact((bytes + MEGABYTE - 1) / MEGABYTE);
  }
}
