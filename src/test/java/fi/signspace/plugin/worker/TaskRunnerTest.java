package fi.signspace.plugin.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.client.task.ExternalTask;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class TaskRunnerTest {

  private final TaskRunner runner =
      new TaskRunner(
          new Reporter(
              new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE),
              Schedules.NO_CHANCE,
              wait -> {}));
  private final AtomicInteger works = new AtomicInteger();

  @Test
  void work_is_not_repeated_while_its_report_is() {
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
  void a_task_that_comes_back_while_it_is_being_worked_on_is_left_alone() {
    GivenTask given = new GivenTask();
    GivenTask again = new GivenTask();

    runner.run(
        given.taken(),
        false,
        task -> {
          runner.run(again.taken(), false, same -> done());
          return done();
        });

    assertThat(works).hasValue(1);
    verifyNoInteractions(again.service);
  }

  @Test
  void a_task_that_comes_back_later_is_worked_on_again() {
    runner.run(new GivenTask().taken(), false, task -> done());
    GivenTask again = new GivenTask();

    runner.run(again.taken(), false, task -> done());

    assertThat(works).hasValue(2);
    verify(again.service).complete(again.task, Map.of());
  }

  @Test
  void nothing_escapes_whether_the_work_or_the_report_fails() {
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
  void what_is_logged_during_the_work_names_the_case_and_afterwards_does_not() {
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

  private Outputs done() {
    works.incrementAndGet();
    return new Outputs();
  }
}
