package fi.signspace.plugin.access.body;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides how long this node's threads wait for request bodies. A body may arrive as slowly as over
 * a poor connection until half of the threads are waiting; from then on, bodies slower than a good
 * connection are aborted, so that other requests are served.
 */
public final class BodyWaits {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration GRACE_UNDER_LOAD = Duration.ofMillis(100);
  private static final Duration MAX_WAIT = Duration.ofMinutes(15);
  private static final Duration LINGER = Duration.ofMillis(500);
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(30);
  private static final long MAX_DISCARDED_UNDER_LOAD = 2 * 1024 * 1024;

  /** Bytes per second: a document of 60 MB over 1 Mbit/s arrives nearly ten times as fast. */
  private static final long MIN_RATE = 16 * 1024;

  private static final long MIN_RATE_UNDER_LOAD = 256 * 1024;

  private final int threads;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Semaphore chunked;

  /**
   * @param threads the number of threads that serve requests
   */
  public BodyWaits(int threads) {
    this.threads = threads;
    this.chunked = new Semaphore(Math.max(1, threads / 4));
  }

  void begin() {
    waiting.incrementAndGet();
  }

  void end() {
    waiting.decrementAndGet();
  }

  /** Whether a body has become too slow to wait for. */
  boolean isTooSlow(long received, Duration waited, Duration idle) {
    boolean inNeed = isUnderLoad();
    Duration grace = inNeed ? GRACE_UNDER_LOAD : GRACE;
    long rate = inNeed ? MIN_RATE_UNDER_LOAD : MIN_RATE;
    return idle.compareTo(GRACE) > 0
        || waited.compareTo(MAX_WAIT) > 0
        || (waited.compareTo(grace) > 0 && !comesAt(rate, received, waited));
  }

  private static boolean comesAt(long rate, long bytes, Duration time) {
    return bytes >= time.toMillis() * rate / 1000;
  }

  /** Whether it is worth reading the rest of an unused body. */
  boolean mayDiscard(long discarded, Duration since, Duration idle) {
    return isUnderLoad()
        ? discarded < MAX_DISCARDED_UNDER_LOAD && idle.isZero()
        : idle.compareTo(LINGER) < 0
            && since.compareTo(MAX_DISCARDING) < 0
            && (since.compareTo(LINGER) < 0 || comesAt(MIN_RATE, discarded, since));
  }

  private boolean isUnderLoad() {
    return waiting.get() * 2 > threads;
  }

  /**
   * Tomcat reads chunked bodies on the request's thread, however slowly they arrive, so only some
   * threads may read them at a time.
   */
  boolean beginChunked() {
    return chunked.tryAcquire();
  }

  void endChunked() {
    chunked.release();
  }
}
