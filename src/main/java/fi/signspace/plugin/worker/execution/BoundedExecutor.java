package fi.signspace.plugin.worker.execution;

import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for one kind of work. Whoever brings more than there are threads waits: tasks are not
 * fetched faster than they can be worked on. Before it is closed it takes no more, so that nobody
 * waits then.
 */
public final class BoundedExecutor implements AutoCloseable {

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
   * Work belongs to the trace that its submitter is in, if any.
   *
   * @return false if the lane takes no more
   */
  public boolean submit(Runnable work) throws InterruptedException {
    Runnable traced = CONTEXT.captureAll().wrap(work);
    free.acquire();
    if (isClosing) {
      return false;
    }
    try {
      threads.execute(
          () -> {
            try {
              traced.run();
            } finally {
              free.release();
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      // closed since
      free.release();
      return false;
    }
  }

  /** From now on nothing more is begun, not even for those who wait. */
  public void stopAccepting() {
    isClosing = true;
    free.release(ALL_PERMITS);
  }

  public int size() {
    return size;
  }

  /**
   * Lets the work under way come to its end; what takes too long is interrupted, and done again by
   * whoever fetches it.
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
