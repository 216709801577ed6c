package fi.signspace.plugin.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.Observations;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.GivenTask;
import fi.signspace.plugin.worker.task.LockLostException;
import fi.signspace.plugin.worker.task.Outputs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.camunda.bpm.client.task.ExternalTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

class TaskRunnerTest {

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ObservationRegistry observations = Observations.measuredIn(meters);
  private final TaskRunner runner =
      new TaskRunner(
          Schedules.limit(mock()),
          new OutcomeReporter(
              new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE),
              Schedules.NO_CHANCE,
              wait -> {}),
          observations);
  private final AtomicInteger works = new AtomicInteger();

  @Test
  void work_is_not_repeated_when_its_report_is_retried() {
    GivenTask given = new GivenTask();
    doThrow(Failures.engineError())
        .doNothing()
        .when(given.service)
        .complete(any(ExternalTask.class), anyMap());

    runner.run(given.taken(), false, task -> done());

    assertThat(works).hasValue(1);
    verify(given.service, times(2)).complete(given.task, Map.of());
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void a_task_that_is_fetched_again_while_it_is_running_is_ignored() throws Exception {
    GivenTask given = new GivenTask();
    GivenTask again = new GivenTask();

    CountDownLatch comeBack = new CountDownLatch(1);
    BoundedExecutor executor = new BoundedExecutor("lane", 2);

    runner.submit(
        executor,
        given.taken(),
        false,
        task -> {
          awaitQuietly(comeBack);
          return done();
        });
    runner.submit(executor, again.taken(), false, task -> done());
    comeBack.countDown();
    executor.close();

    assertThat(works).hasValue(1);
    verifyNoInteractions(again.service);
  }

  @Test
  void a_task_that_is_fetched_again_while_it_is_queued_is_ignored() throws Exception {
    GivenTask waiting = new GivenTask().named("waiting");
    GivenTask again = new GivenTask().named("waiting");
    CountDownLatch free = new CountDownLatch(1);
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.submit(() -> awaitQuietly(free));
    Thread fetching = new Thread(() -> submitQuietly(executor, waiting));
    fetching.start();
    await().until(() -> fetching.getState() == Thread.State.WAITING);

    runner.submit(executor, again.taken(), false, task -> done());
    free.countDown();
    fetching.join();
    executor.close();

    assertThat(works).hasValue(1);
    verify(waiting.service).complete(waiting.task, Map.of());
    verifyNoInteractions(again.service);
  }

  @Test
  void a_task_that_is_fetched_again_later_is_processed_again() throws Exception {
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    runner.submit(executor, new GivenTask().taken(), false, task -> done());
    executor.close();
    GivenTask again = new GivenTask();
    BoundedExecutor later = new BoundedExecutor("later", 1);

    runner.submit(later, again.taken(), false, task -> done());
    later.close();

    assertThat(works).hasValue(2);
    verify(again.service).complete(again.task, Map.of());
  }

  @Test
  void a_task_that_is_rejected_after_stopping_is_unlocked_for_another_worker() throws Exception {
    GivenTask given = new GivenTask();
    BoundedExecutor executor = new BoundedExecutor("lane", 1);
    executor.stopAccepting();

    runner.submit(executor, given.taken(), false, task -> done());

    assertThat(works).hasValue(0);
    verify(given.service).unlock(given.task);
    verifyNoMoreInteractions(given.service);
  }

  @Test
  void no_exception_propagates_from_the_work_or_the_report() {
    GivenTask given = new GivenTask();
    doThrow(new IllegalStateException("a bug"))
        .when(given.service)
        .handleFailure(anyString(), any(), any(), anyInt(), anyLong(), any(), any());

    assertThatCode(
            () ->
                runner.run(
                    given.taken(),
                    false,
                    task -> {
                      throw new StackOverflowError();
                    }))
        .doesNotThrowAnyException();

    verify(given.service)
        .handleFailure(eq(GivenTask.ID), any(), any(), eq(0), eq(0L), any(), any());
  }

  @Test
  void log_lines_contain_the_case_only_during_the_work() {
    runner.run(
        new GivenTask().taken(),
        false,
        task -> {
          assertThat(MDC.getCopyOfContextMap())
              .containsEntry("businessKey", "case-1")
              .containsEntry("processInstanceId", "instance-1")
              .containsEntry("taskId", GivenTask.ID);
          return done();
        });

    assertThat(works).hasValue(1);
    assertThat(MDC.get("businessKey")).isNull();
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void a_task_is_counted_and_timed_by_topic_and_outcome(
      String outcome, @Nullable RuntimeException failure) {
    runner.run(
        new GivenTask().taken(),
        true,
        task -> {
          if (failure != null) {
            throw failure;
          }
          return done();
        });

    Timer timer = meters.get("signspace.tasks").timer();
    assertThat(timer.count()).isEqualTo(1);
    assertThat(timer.getId().getTags())
        .containsExactlyInAnyOrder(
            Tag.of("topic", "signspace.test"), Tag.of("outcome", outcome), Tag.of("error", "none"));
  }

  static Stream<Arguments> outcomes() {
    return Stream.of(
        arguments("done", null),
        arguments("rejected", SignSpaceException.rejected("no such person")),
        arguments("later", SignSpaceException.notDone("HTTP 503", null, null)),
        arguments("needs_admin", SignSpaceException.permanent("HTTP 403", null)),
        arguments("dropped", new LockLostException("taken over", new IllegalStateException())));
  }

  private void submitQuietly(BoundedExecutor executor, GivenTask given) {
    try {
      runner.submit(executor, given.taken(), false, task -> done());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Outputs done() {
    works.incrementAndGet();
    return new Outputs();
  }
}
