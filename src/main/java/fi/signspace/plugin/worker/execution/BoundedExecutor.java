package fi.signspace.plugin.worker.execution;

import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed-size thread pool whose {@link #submit} blocks while all threads are busy, so tasks are
 * never fetched faster than they are processed. Call {@link #stopAccepting} before {@link #close}
 * to release blocked submitters.
 */
public final class BoundedExecutor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BoundedExecutor.class);

  private static final ContextSnapshotFactory CONTEXT = ContextSnapshotFactory.builder().build();
  private static final Duration DRAIN_TIME = Duration.ofSeconds(20);
  private static final int ALL_PERMITS = 1_000_000;

  private final int size;
  private final ExecutorService threads;
  private final Semaphore free;
  private volatile boolean isClosing;

  public BoundedExecutor(String name, int size) {
    this.size = size;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            size, work -> new Thread(work, name + "-" + number.incrementAndGet()));
    free = new Semaphore(size);
  }

  /**
   * Runs work in the trace of the submitting thread, if any. Blocks while all threads are busy.
   *
   * @return false if the executor no longer accepts work
   */
  public boolean submit(Runnable work) throws InterruptedException {
    Runnable traced = CONTEXT.captureAll().wrap(work);
    free.acquire();
    if (isClosing) {
      return false;
    }
    boolean isStarted = false;
    try {
      threads.execute(
          () -> {
            try {
              traced.run();
            } finally {
              free.release();
            }
          });
      isStarted = true;
    } catch (RejectedExecutionException e) {
      LOG.debug("Closed in the meantime", e);
    } finally {
      // also if the machine allows no more threads, which is an Error
      if (!isStarted) {
        free.release();
      }
    }
    return isStarted;
  }

  /** Rejects all further work, including that of blocked submitters. */
  public void stopAccepting() {
    isClosing = true;
    free.release(ALL_PERMITS);
  }

  public int size() {
    return size;
  }

  /**
   * Waits for running work to finish, then interrupts it; another worker repeats interrupted tasks.
   */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(DRAIN_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
