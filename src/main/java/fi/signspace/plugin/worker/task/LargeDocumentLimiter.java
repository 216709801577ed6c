package fi.signspace.plugin.worker.task;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.camunda.bpm.client.exception.ExternalTaskClientException;

/**
 * Limits the number of large documents in memory. Small documents are limited by the number of
 * threads only.
 */
public final class LargeDocumentLimiter {

  /** The minimum size of a large document, in bytes. */
  public static final int THRESHOLD = 1 << 20;

  private final Semaphore free;

  public LargeDocumentLimiter(int maxDocuments) {
    free = new Semaphore(maxDocuments, true);
  }

  /** Runs work that holds a document of this size in memory; waits for a permit if it is large. */
  public <T> T withPermit(long size, Supplier<T> work) {
    if (size < THRESHOLD) {
      return work.get();
    }
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExternalTaskClientException("Interrupted while waiting for memory", e);
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
