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
  void whoever_brings_more_than_there_are_threads_waits_until_one_is_free() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 2);
    executor.submit(this::waitAtTheGate);
    executor.submit(this::waitAtTheGate);
    Thread third = new Thread(() -> submit(executor));

    third.start();
    await().until(() -> third.getState() == Thread.State.WAITING && started.get() == 2);
    gate.countDown();
    third.join();
    executor.close();

    assertThat(ended).hasValue(3);
  }

  @Test
  void work_that_fails_frees_its_place() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.submit(
        () -> {
          throw new IllegalStateException("expected by the test");
        });

    gate.countDown();
    executor.submit(this::waitAtTheGate);
    executor.close();

    assertThat(ended).hasValue(1);
  }

  @Test
  void work_that_comes_when_the_lane_is_closed_is_not_taken_and_takes_no_place() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.close();

    boolean first = executor.submit(this::waitAtTheGate);
    boolean second = executor.submit(this::waitAtTheGate);

    assertThat(first).isFalse();
    assertThat(second).isFalse();
  }

  @Test
  void closing_lets_the_work_under_way_come_to_its_end() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.submit(this::waitAtTheGate);
    Thread closing = new Thread(executor::close);

    closing.start();
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(ended).hasValue(0);
    gate.countDown();
    closing.join();

    assertThat(ended).hasValue(1);
  }

  @Test
  void before_it_is_closed_nothing_more_is_begun_and_nobody_waits() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.submit(this::waitAtTheGate);
    Thread second = new Thread(() -> submit(executor));
    second.start();
    await().until(() -> second.getState() == Thread.State.WAITING && started.get() == 1);

    executor.stopAccepting();
    second.join();
    boolean isTaken = executor.submit(this::waitAtTheGate);
    gate.countDown();
    executor.close();

    assertThat(isTaken).isFalse();
    assertThat(ended).hasValue(1);
  }

  private void submit(BoundedExecutor executor) {
    try {
      executor.submit(this::waitAtTheGate);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void waitAtTheGate() {
    started.incrementAndGet();
    try {
      gate.await();
      ended.incrementAndGet();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
