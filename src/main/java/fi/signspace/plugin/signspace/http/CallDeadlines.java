package fi.signspace.plugin.signspace.http;

import fi.signspace.plugin.signspace.token.Token;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Limits the total duration of a call. Socket timeouts only limit silence: a slow response or
 * upload could last forever. When the deadline passes, the connection is closed and the call fails
 * with an I/O error.
 *
 * <p>Also records whether a call was sent, which exceptions do not tell reliably.
 */
public final class CallDeadlines implements AutoCloseable {

  private static final ThreadLocal<@Nullable BoundedCall> CURRENT = new ThreadLocal<>();

  private final Clock clock;
  private final ScheduledThreadPoolExecutor timer;

  public CallDeadlines(Clock clock) {
    this.clock = clock;
    timer = new ScheduledThreadPoolExecutor(1, CallDeadlines::daemon);
    timer.setRemoveOnCancelPolicy(true);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "signspace-call-limit");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Begins a call on this thread, which may consist of several HTTP exchanges and ends when it is
   * closed.
   */
  public BoundedCall begin(Duration limit) {
    BoundedCall call = new BoundedCall(limit);
    CURRENT.set(call);
    return call;
  }

  /** Returns this thread's call. */
  public static BoundedCall current() {
    BoundedCall call = CURRENT.get();
    if (call == null) {
      throw new IllegalStateException("No call to SignSpace has begun on this thread");
    }
    return call;
  }

  /** Applies the deadline of the current call to every exchange of a client. */
  public static HttpClientBuilder bound(HttpClientBuilder client) {
    return client
        .addExecInterceptorFirst(
            "limit",
            (request, scope, chain) -> {
              current().exchange(scope.execRuntime);
              return chain.proceed(request, scope);
            })
        .addExecInterceptorBefore(
            ChainElement.MAIN_TRANSPORT.name(),
            "sent",
            (request, scope, chain) -> {
              current().sending();
              return chain.proceed(request, scope);
            });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** One call: an HTTP exchange, and possibly a token request and a repetition. */
  public final class BoundedCall implements AutoCloseable {

    private final Duration limit;
    private final long end;
    private final Instant latest;
    private final Future<?> timeout;
    private @Nullable ExecRuntime exchange;
    private boolean expired;
    private boolean sent;
    private final List<String> tokens = new ArrayList<>();

    private BoundedCall(Duration limit) {
      this.limit = limit;
      end = System.nanoTime() + limit.toNanos();
      latest = clock.instant().plus(limit);
      timeout = timer.schedule(this::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void expire() {
      expired = true;
      if (exchange != null) {
        exchange.discardEndpoint();
      }
    }

    private synchronized void exchange(ExecRuntime next) throws InterruptedIOException {
      sent = false;
      exchange = next;
      requireTime();
    }

    private synchronized void sending() throws InterruptedIOException {
      requireTime();
      sent = true;
    }

    /**
     * Compares the clocks, too: after the process was suspended, the timer may come too late. The
     * monotonic clock may not count the time in which a whole machine was suspended.
     */
    private void requireTime() throws InterruptedIOException {
      expired |= timeLeft().isZero() || clock.instant().isAfter(latest);
      if (expired) {
        throw new InterruptedIOException("the deadline passed before anything was sent");
      }
    }

    /** Remembers an access token of this call, so that no message quotes it. */
    synchronized void addToken(Token token) {
      tokens.add(token.value());
    }

    public synchronized List<String> tokens() {
      return List.copyOf(tokens);
    }

    /** The maximum total duration of this call. */
    public Duration limit() {
      return limit;
    }

    public Duration timeLeft() {
      return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public synchronized boolean isExpired() {
      return expired;
    }

    /** False if the latest exchange cannot have reached SignSpace: no connection, or no TLS. */
    public synchronized boolean isSent() {
      return sent;
    }

    @Override
    public void close() {
      timeout.cancel(false);
      CURRENT.remove();
    }
  }
}
