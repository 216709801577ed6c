package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;

import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.task.GivenTask;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.client.task.ExternalTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The lock of a task is renewed during a slow call. */
class LockRenewalTest {

  private final GivenTask given = new GivenTask();
  private final AtomicInteger extensions = new AtomicInteger();
  private final LockRenewal renewal = new LockRenewal(Duration.ofMillis(60));

  @AfterEach
  void end() {
    renewal.close();
  }

  @Test
  void the_lock_is_renewed_only_during_the_call() {
    doAnswer(call -> extensions.incrementAndGet())
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());

    int meanwhile = renewal.during(given.taken(), this::callThatOutlastsThreeRenewals);

    assertThat(meanwhile).isGreaterThanOrEqualTo(3);
    int afterwards = extensions.get();
    await()
        .during(Duration.ofMillis(200))
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(extensions).hasValueBetween(afterwards, afterwards + 1));
  }

  @Test
  void a_failed_renewal_does_not_end_the_call() {
    doAnswer(
            call -> {
              extensions.incrementAndGet();
              throw Failures.badRequest();
            })
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());

    int meanwhile = renewal.during(given.taken(), this::callThatOutlastsThreeRenewals);

    assertThat(meanwhile).isGreaterThanOrEqualTo(3);
  }

  @Test
  void the_lock_of_a_hanging_call_expires() {
    doAnswer(call -> extensions.incrementAndGet())
        .when(given.service)
        .extendLock(any(ExternalTask.class), anyLong());
    LockRenewal bounded = new LockRenewal(Duration.ofMillis(60), Duration.ofMillis(100));

    int meanwhile =
        bounded.during(
            given.taken(),
            () -> {
              await().pollDelay(Duration.ofMillis(400)).until(() -> true);
              return extensions.get();
            });
    bounded.close();

    assertThat(meanwhile).isBetween(1, 5);
  }

  private int callThatOutlastsThreeRenewals() {
    await().atMost(Duration.ofSeconds(10)).until(() -> extensions.get() >= 3);
    return extensions.get();
  }
}
