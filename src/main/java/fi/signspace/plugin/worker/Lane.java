package fi.signspace.plugin.worker;

import io.micrometer.context.ContextSnapshotFactory;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for one kind of work. Whoever brings more than there are threads waits: tasks are not
 * fetched faster than they can be worked on.
 */
final class Lane implements AutoCloseable {

  private static final ContextSnapshotFactory CONTEXT = ContextSnapshotFactory.builder().build();
  private static final Duration DRAIN_TIME = Duration.ofSeconds(20);

  private final int size;
  private final ExecutorService threads;
  private final Semaphore free;

  Lane(String name, int size) {
    this.size = size;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            size, work -> new Thread(work, name + "-" + number.incrementAndGet()));
    free = new Semaphore(size);
  }

  /** Work belongs to the trace that its submitter is in, if any. */
  void submit(Runnable work) throws InterruptedException {
    Runnable traced = CONTEXT.captureAll().wrap(work);
    free.acquire();
    threads.execute(
        () -> {
          try {
            traced.run();
          } finally {
            free.release();
          }
        });
  }

  int size() {
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
