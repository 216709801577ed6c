package fi.signspace.plugin.http;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Limits the total duration of an exchange, including its body, by closing the connection. Socket
 * timeouts only limit silence: a slow response could last forever.
 */
final class ExchangeDeadline implements ExecChainHandler {

  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final Duration limit;

  ExchangeDeadline(Duration limit) {
    this.limit = limit;
  }

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "http-deadline");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    AtomicBoolean expired = new AtomicBoolean();
    Future<?> timeout =
        TIMER.schedule(
            () -> {
              expired.set(true);
              scope.execRuntime.discardEndpoint();
            },
            limit.toNanos(),
            TimeUnit.NANOSECONDS);
    boolean isOpen = false;
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      HttpEntity body = response.getEntity();
      if (body != null) {
        response.setEntity(new LimitedBody(body, timeout, expired));
        isOpen = true;
      }
      return response;
    } catch (IOException e) {
      throw asTimeout(e, expired);
    } finally {
      if (!isOpen) {
        timeout.cancel(false);
      }
    }
  }

  private IOException asTimeout(IOException failure, AtomicBoolean expired) {
    if (!expired.get()) {
      return failure;
    }
    InterruptedIOException late =
        new InterruptedIOException("the exchange took longer than " + limit);
    late.initCause(failure);
    return late;
  }

  /** A body that ends the exchange when it is closed. */
  private final class LimitedBody extends HttpEntityWrapper {

    private final Future<?> timeout;
    private final AtomicBoolean expired;

    LimitedBody(HttpEntity body, Future<?> timeout, AtomicBoolean expired) {
      super(body);
      this.timeout = timeout;
      this.expired = expired;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new FilterInputStream(super.getContent()) {
        @Override
        public int read() throws IOException {
          try {
            return in.read();
          } catch (IOException e) {
            throw asTimeout(e, expired);
          }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          try {
            return in.read(bytes, offset, length);
          } catch (IOException e) {
            throw asTimeout(e, expired);
          }
        }

        @Override
        public void close() throws IOException {
          endAfter(super::close);
        }
      };
    }

    @Override
    public void close() throws IOException {
      endAfter(super::close);
    }

    /** Closing reads the rest of the body, which may never end. */
    private void endAfter(Closeable body) throws IOException {
      try {
        body.close();
      } finally {
        timeout.cancel(false);
      }
    }
  }
}
