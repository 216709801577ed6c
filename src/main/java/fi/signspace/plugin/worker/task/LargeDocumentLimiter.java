package fi.signspace.plugin.worker.task;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.camunda.bpm.client.exception.ExternalTaskClientException;

/**
 * Lets only so many large documents be in memory at once. Small ones pass: they are many, and the
 * number of threads bounds them.
 */
public final class LargeDocumentLimiter {

  /** From so many bytes on, a document is large. */
  public static final int FROM = 1 << 20;

  private final Semaphore free;

  public LargeDocumentLimiter(int atOnce) {
    free = new Semaphore(atOnce, true);
  }

  /** Does something that has a document of some size in memory, when there is room for it. */
  public <T> T carry(long size, Supplier<T> work) {
    if (size < FROM) {
      return work.get();
    }
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExternalTaskClientException("Interrupted while waiting for room in memory", e);
    }
    try {
      return work.get();
    } finally {
      free.release();
    }
  }
}
