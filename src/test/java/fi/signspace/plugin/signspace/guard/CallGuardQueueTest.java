package fi.signspace.plugin.signspace.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.testkit.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Permitted and suppressed calls while others are queued. */
class CallGuardQueueTest {

  private static final int CALLS_PER_SECOND = 10;

  private final CallGuard callGuard = new CallGuard(Clock.systemUTC(), CALLS_PER_SECOND);
  private final AtomicInteger sent = new AtomicInteger();

  @Test
  void a_queued_call_respects_a_pause_that_starts_meanwhile() throws InterruptedException {
    List<Thread> queue = queue(4 * CALLS_PER_SECOND);

    assertThatThrownBy(
            () ->
                callGuard.call(
                    () -> {
                      queue.forEach(Thread::start);
                      await().until(() -> queue.stream().noneMatch(CallGuardQueueTest::isOnItsWay));
                      throw SignSpaceException.notDone("429", Duration.ofMinutes(1), null);
                    }))
        .hasMessage("429");
    for (Thread caller : queue) {
      caller.join();
    }

    // otherwise all of them would be made, one after the other, for four seconds
    assertThat(sent).hasValueLessThan(queue.size() / 2);
  }

  @Test
  void a_call_that_leaves_the_queue_too_late_is_not_made() throws InterruptedException {
    SettableClock clock = new SettableClock();
    CallGuard slow = new CallGuard(clock, 1);
    slow.call(sent::incrementAndGet);
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Thread suspended =
        new Thread(
            () -> {
              try {
                slow.call(sent::incrementAndGet);
              } catch (SignSpaceException e) {
                failure.set(e);
              }
            });
    suspended.start();
    await().until(() -> !isOnItsWay(suspended));

    clock.advance(CallGuard.MAX_QUEUE.plusMillis(1));
    suspended.join();

    assertThat(failure.get()).hasMessageContaining("queued");
    assertThat(sent).hasValue(1);
  }

  private List<Thread> queue(int length) {
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      callers.add(new Thread(this::callOrGiveUp));
    }
    return callers;
  }

  /** Whether a caller is neither queued nor done. */
  private static boolean isOnItsWay(Thread caller) {
    return switch (caller.getState()) {
      case TIMED_WAITING, TERMINATED -> false;
      case NEW, RUNNABLE, BLOCKED, WAITING -> true;
    };
  }

  private void callOrGiveUp() {
    try {
      callGuard.call(sent::incrementAndGet);
    } catch (SignSpaceException e) {
      assertThat(e.retryAfter()).isPresent();
    }
  }
}
