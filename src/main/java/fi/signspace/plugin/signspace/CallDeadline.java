package fi.signspace.plugin.signspace;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of the time that one operation may take, all its HTTP calls together: fetching a token,
 * the call itself, and the call again with a new token. It belongs to the calling thread.
 */
final class CallDeadline {

  private static final ThreadLocal<@Nullable Long> END = new ThreadLocal<>();

  static <T> T within(Duration time, Supplier<T> operation) {
    END.set(System.nanoTime() + time.toNanos());
    try {
      return operation.get();
    } finally {
      END.remove();
    }
  }

  /** What is left, never negative. */
  static Duration remaining() {
    Long end = END.get();
    if (end == null) {
      throw new IllegalStateException("No operation under way");
    }
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }

  private CallDeadline() {}
}
