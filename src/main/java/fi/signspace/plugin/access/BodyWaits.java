package fi.signspace.plugin.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long the threads of this node wait for the bodies of requests. A body may come as slowly as a
 * poor connection sends it, until half of the threads wait: then a body that comes slower than over
 * a good connection is given up at once, so that others are served.
 */
final class BodyWaits {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration GRACE_IN_NEED = Duration.ofMillis(100);
  private static final Duration MAX_WAIT = Duration.ofMinutes(15);
  private static final Duration LINGER = Duration.ofMillis(500);
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(30);
  private static final long MAX_DISCARDED_IN_NEED = 2 * 1024 * 1024;

  /** Bytes per second: a document of 60 MB over 1 Mbit/s comes nearly ten times as fast. */
  private static final long MIN_RATE = 16 * 1024;

  private static final long MIN_RATE_IN_NEED = 256 * 1024;

  private final int threads;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Semaphore chunked;

  /**
   * @param threads that serve requests
   */
  BodyWaits(int threads) {
    this.threads = threads;
    this.chunked = new Semaphore(Math.max(1, threads / 4));
  }

  void begin() {
    waiting.incrementAndGet();
  }

  void end() {
    waiting.decrementAndGet();
  }

  /** Whether a body is not worth waiting for any longer. */
  boolean isTooSlow(long received, Duration waited, Duration idle) {
    boolean inNeed = isInNeed();
    Duration grace = inNeed ? GRACE_IN_NEED : GRACE;
    long rate = inNeed ? MIN_RATE_IN_NEED : MIN_RATE;
    return idle.compareTo(GRACE) > 0
        || waited.compareTo(MAX_WAIT) > 0
        || (waited.compareTo(grace) > 0 && received < waited.toMillis() * rate / 1000);
  }

  /** Whether the rest of a body that nobody reads is worth waiting for. */
  boolean mayDiscard(long discarded, Duration since, Duration idle) {
    return isInNeed()
        ? discarded < MAX_DISCARDED_IN_NEED && idle.isZero()
        : idle.compareTo(LINGER) < 0 && since.compareTo(MAX_DISCARDING) < 0;
  }

  private boolean isInNeed() {
    return waiting.get() * 2 > threads;
  }

  /**
   * Chunks are read by Tomcat on the request's thread, whatever their pace: only some threads read
   * them.
   */
  boolean beginChunked() {
    return chunked.tryAcquire();
  }

  void endChunked() {
    chunked.release();
  }
}
