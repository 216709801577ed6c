package fi.signspace.plugin.environment;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Repeats a piece of work in a thread of its own as long as there is more of it, and looks for more
 * at an interval.
 */
public abstract class PollingLoop implements SmartLifecycle {

  private final String name;
  private final Duration interval;
  private final Duration longestWork;
  private volatile @Nullable Run current;

  private record Run(Thread thread, CountDownLatch stopped) {}

  /**
   * @param name of the thread
   * @param longestWork how long a stop waits for the current piece of work
   */
  protected PollingLoop(String name, Duration interval, Duration longestWork) {
    this.name = name;
    this.interval = interval;
    this.longestWork = longestWork;
  }

  /**
   * Does a piece of work, and handles its failures.
   *
   * @return whether there was any
   */
  protected abstract boolean doNext() throws InterruptedException;

  /** How long to wait after there was nothing to do. */
  protected Duration interval() {
    return interval;
  }

  @Override
  public void start() {
    CountDownLatch stopped = new CountDownLatch(1);
    Thread thread = new Thread(() -> repeatUntil(stopped), name);
    current = new Run(thread, stopped);
    thread.start();
  }

  private void repeatUntil(CountDownLatch stopped) {
    try {
      boolean isStopped = false;
      while (!isStopped) {
        long wait = doNext() ? 0 : interval().toMillis();
        isStopped = stopped.await(wait, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the current piece of work finish, and its result be recorded. */
  @Override
  public void stop() {
    Run running = current;
    current = null;
    if (running == null) {
      return;
    }
    running.stopped().countDown();
    try {
      running.thread().join(longestWork.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return current != null;
  }
}
