package fi.signspace.plugin.engine.security;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts the requests of each user that wait for external tasks. */
final class LongPolls {

  private final int maximum;
  private final ConcurrentMap<String, Integer> waiting = new ConcurrentHashMap<>();

  LongPolls(int maximum) {
    this.maximum = maximum;
  }

  boolean begin(String user) {
    return waiting.merge(user, 1, Integer::sum) <= maximum;
  }

  /**
   * Decrements the count when the request completes, which may be after its thread has returned.
   */
  void endWith(HttpServletRequest request, String user) {
    if (request.isAsyncStarted()) {
      request.getAsyncContext().addListener(new End(user));
    } else {
      end(user);
    }
  }

  private void end(String user) {
    waiting.computeIfPresent(user, (key, count) -> count > 1 ? count - 1 : null);
  }

  private final class End implements AsyncListener {

    private final String user;

    End(String user) {
      this.user = user;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      end(user);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // completion follows
    }

    @Override
    public void onError(AsyncEvent event) {
      // completion follows
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
