package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedExecutorTest {

  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void submit_blocks_until_a_thread_is_free() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 2);
    executor.submit(this::awaitGate);
    executor.submit(this::awaitGate);
    Thread third = new Thread(() -> submit(executor));

    third.start();
    await().until(() -> third.getState() == Thread.State.WAITING && started.get() == 2);
    gate.countDown();
    third.join();
    executor.close();

    assertThat(ended).hasValue(3);
  }

  @Test
  void failing_work_releases_its_thread() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.submit(
        () -> {
          throw new IllegalStateException("expected by the test");
        });

    gate.countDown();
    executor.submit(this::awaitGate);
    executor.close();

    assertThat(ended).hasValue(1);
  }

  @Test
  void work_submitted_after_closing_is_rejected_and_occupies_no_thread() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.close();

    boolean first = executor.submit(this::awaitGate);
    boolean second = executor.submit(this::awaitGate);

    assertThat(first).isFalse();
    assertThat(second).isFalse();
  }

  @Test
  void closing_waits_for_running_work() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.submit(this::awaitGate);
    Thread closing = new Thread(executor::close);

    closing.start();
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(ended).hasValue(0);
    gate.countDown();
    closing.join();

    assertThat(ended).hasValue(1);
  }

  @Test
  void after_stop_accepting_no_work_is_started_and_blocked_submitters_return() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.submit(this::awaitGate);
    Thread second = new Thread(() -> submit(executor));
    second.start();
    await().until(() -> second.getState() == Thread.State.WAITING && started.get() == 1);

    executor.stopAccepting();
    second.join();
    boolean isTaken = executor.submit(this::awaitGate);
    gate.countDown();
    executor.close();

    assertThat(isTaken).isFalse();
    assertThat(ended).hasValue(1);
  }

  private void submit(BoundedExecutor executor) {
    try {
      executor.submit(this::awaitGate);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitGate() {
    started.incrementAndGet();
    try {
      gate.await();
      ended.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
