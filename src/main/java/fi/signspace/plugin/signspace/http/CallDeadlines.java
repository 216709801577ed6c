package fi.signspace.plugin.signspace.http;

import fi.signspace.plugin.signspace.token.Token;
import java.io.InterruptedIOException;
import java.time.Duration;
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
 * Bounds the whole time of a call. The timeouts of a socket only bound its silence: an answer that
 * drips, or a document that is taken slowly, could last for ever. When the time is up, the
 * connection is closed under the call, which then fails with an I/O error.
 *
 * <p>Also knows whether a call was sent at all, which no exception tells for sure.
 */
public final class CallDeadlines implements AutoCloseable {

  private static final ThreadLocal<@Nullable BoundedCall> CURRENT = new ThreadLocal<>();

  private final ScheduledThreadPoolExecutor alarms;

  public CallDeadlines() {
    alarms = new ScheduledThreadPoolExecutor(1, CallDeadlines::daemon);
    alarms.setRemoveOnCancelPolicy(true);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "signspace-call-limit");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins a call of this thread, with all its HTTP exchanges; it ends when it is closed. */
  public BoundedCall begin(Duration limit) {
    BoundedCall call = new BoundedCall(limit);
    CURRENT.set(call);
    return call;
  }

  /** The call of this thread. */
  public static BoundedCall current() {
    BoundedCall call = CURRENT.get();
    if (call == null) {
      throw new IllegalStateException("No call to SignSpace has begun on this thread");
    }
    return call;
  }

  /** Puts every exchange of a client under the limit of the call that it belongs to. */
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
    alarms.shutdownNow();
  }

  /** One call: an HTTP exchange, perhaps others for its token, perhaps its repetition. */
  public final class BoundedCall implements AutoCloseable {

    private final Duration limit;
    private final long end;
    private final Future<?> alarm;
    private @Nullable ExecRuntime exchange;
    private boolean expired;
    private boolean sent;
    private final List<String> tokens = new ArrayList<>();

    private BoundedCall(Duration limit) {
      this.limit = limit;
      end = System.nanoTime() + limit.toNanos();
      alarm = alarms.schedule(this::expire, limit.toNanos(), TimeUnit.NANOSECONDS);
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

    private void requireTime() throws InterruptedIOException {
      if (expired) {
        throw new InterruptedIOException("the time was up before anything was sent");
      }
    }

    /** Remembers an access token that this call is made with, so that no message quotes it. */
    synchronized void madeWith(Token token) {
      tokens.add(token.value());
    }

    public synchronized List<String> tokens() {
      return List.copyOf(tokens);
    }

    /** How long this call may last in whole. */
    public Duration limit() {
      return limit;
    }

    public Duration timeLeft() {
      return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    public synchronized boolean isExpired() {
      return expired;
    }

    /**
     * False if nothing of the latest exchange can have reached SignSpace: no connection, no TLS.
     */
    public synchronized boolean isSent() {
      return sent;
    }

    @Override
    public void close() {
      alarm.cancel(false);
      CURRENT.remove();
    }
  }
}
