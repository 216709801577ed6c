package fi.signspace.plugin.environment;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.util.unit.DataSize;

/**
 * Limits how many documents are read from the database at one time: each needs several times its
 * size in memory until it is in a {@link Spool}, where a slow client can fetch it.
 */
public final class DocumentReads {

  /** Bytes of memory per byte of a document while the engine reads it. */
  private static final int COST = 4;

  /** The rest of the memory is for documents that are received, and everything else. */
  private static final int PERCENT = 25;

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Semaphore free;

  /**
   * @param longest the maximum size of a document
   */
  public DocumentReads(DataSize longest) {
    this(Runtime.getRuntime().maxMemory(), longest);
  }

  DocumentReads(long heap, DataSize longest) {
    long atOnce = heap * PERCENT / 100 / (COST * longest.toBytes());
    free = new Semaphore(Math.toIntExact(Math.max(1, Math.min(atOnce, Integer.MAX_VALUE))), true);
  }

  /** What reads a document. */
  public interface Read<E extends Exception> {
    void run() throws IOException, E;
  }

  /**
   * Reads when there is memory for it.
   *
   * @return whether it was read: false if others read for too long
   */
  public <E extends Exception> boolean run(Duration longestWait, Read<E> read)
      throws IOException, E {
    if (!isFree(longestWait)) {
      return false;
    }
    try {
      read.run();
      return true;
    } finally {
      free.release();
    }
  }

  /** What reads a document and returns something about it. */
  public interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Reads when there is memory for it.
   *
   * @throws IOException also if others read for too long
   */
  public <T> T read(Reading<T> reading) throws IOException {
    if (!isFree(LONGEST_WAIT)) {
      throw new IOException("Too many documents are being read");
    }
    try {
      return reading.read();
    } finally {
      free.release();
    }
  }

  /**
   * Reads something into a spool when there is memory for it.
   *
   * @throws IOException also if others read for too long
   */
  public Spool spooled(Content content) throws IOException {
    Spool spool = new Spool();
    try {
      return read(
          () -> {
            content.writeTo(spool);
            return spool;
          });
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  /** Something that reads a document and writes its content. */
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private boolean isFree(Duration longestWait) {
    try {
      return free.tryAcquire(longestWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
