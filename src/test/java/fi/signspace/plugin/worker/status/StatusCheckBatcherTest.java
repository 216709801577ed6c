package fi.signspace.plugin.worker.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.atMost;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.Observations;
import fi.signspace.plugin.worker.TestWorkers;
import fi.signspace.plugin.worker.execution.BoundedExecutor;
import fi.signspace.plugin.worker.execution.OutcomeReporter;
import fi.signspace.plugin.worker.execution.RetryPolicy;
import fi.signspace.plugin.worker.execution.TaskRunner;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.state.TestStates;
import fi.signspace.plugin.worker.task.GivenTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

@Timeout(60)
class StatusCheckBatcherTest {

  private static final int SIZE = 100;
  private static final int PATIENCE = 20_000;

  private final TestWorkers workers = new TestWorkers();
  private final SignSpace signSpace = workers.signSpace;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ObservationRegistry observations = Observations.measuredIn(meters);
  private final TaskRunner runner =
      new TaskRunner(
          Schedules.limit(signSpace),
          new OutcomeReporter(
              new RetryPolicy(Schedules.doubling(), Schedules.NO_CHANCE),
              Schedules.NO_CHANCE,
              wait -> {}),
          observations);
  private final StatusCheckBatcher batches =
      new StatusCheckBatcher(
          signSpace,
          workers.checks,
          runner,
          new BoundedExecutor("call", 2),
          new BoundedExecutor("report", 2),
          SIZE,
          observations);

  @AfterEach
  void stop() {
    batches.close();
  }

  @Test
  void a_hundred_checks_share_one_call_and_each_gets_the_status_of_its_own_request()
      throws Exception {
    List<GivenTask> given = IntStream.range(0, SIZE).mapToObj(i -> check("r" + i)).toList();
    when(signSpace.getRequests(any())).thenAnswer(call -> states(call.getArgument(0)));

    addAndStart(given);

    for (int i = 0; i < SIZE; i++) {
      assertThat(completed(given.get(i))).containsEntry("signingRequestUrl", url("r" + i));
    }
    verify(signSpace, times(1)).getRequests(any());
    assertThat(meters.get("signspace.tasks").timer().count()).isEqualTo(SIZE);
  }

  @Test
  void a_check_right_after_a_batch_waits_for_further_checks() throws Exception {
    when(signSpace.getRequests(any())).thenAnswer(call -> states(call.getArgument(0)));
    addAndStart(IntStream.range(0, SIZE).mapToObj(i -> check("r" + i)).toList());
    verify(signSpace, timeout(PATIENCE)).getRequests(any());

    batches.add(check("late").taken());
    // longer than a single check would wait
    await().pollDelay(Duration.ofMillis(60)).until(() -> true);
    batches.add(check("later").taken());

    verify(signSpace, timeout(PATIENCE)).getRequests(List.of("late", "later"));
  }

  @Test
  void a_check_does_not_wait_for_ever_while_others_keep_arriving() throws Exception {
    when(signSpace.getRequests(any())).thenAnswer(call -> states(call.getArgument(0)));
    addAndStart(List.of(check("first"), check("second")));
    long start = System.nanoTime();
    for (int i = 0; !isCalled() && i < SIZE; i++) {
      batches.add(check("r" + i).taken());
      await().pollDelay(Duration.ofMillis(200)).until(() -> true);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  void a_batch_that_cannot_be_started_does_not_stop_later_checks() throws Exception {
    when(signSpace.getRequests(any())).thenAnswer(call -> states(call.getArgument(0)));
    GivenTask broken = check("broken");
    when(broken.task.getRetries()).thenThrow(new IllegalStateException("expected by the test"));
    addAndStart(List.of(broken));
    verify(broken.task, timeout(PATIENCE)).getRetries();

    batches.add(check("good").taken());

    verify(signSpace, timeout(PATIENCE)).getRequests(List.of("good"));
  }

  @Test
  void after_stop_accepting_new_tasks_are_unlocked() throws Exception {
    GivenTask late = check("late");
    batches.stopAccepting();

    addAndStart(List.of(late));

    verify(late.service, timeout(PATIENCE)).unlock(late.task);
    verify(signSpace, never()).getRequests(any());
  }

  @Test
  void tasks_that_wait_for_their_call_are_unlocked_on_close() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    List<GivenTask> given = IntStream.range(0, SIZE).mapToObj(i -> check("r" + i)).toList();
    when(signSpace.getRequests(any()))
        .thenAnswer(
            call -> {
              called.countDown();
              throw Failures.notDone();
            });
    batches.start();
    batches.add(given.get(0).taken());
    called.await();
    for (GivenTask late : given.subList(1, SIZE)) {
      batches.add(late.taken());
    }

    batches.close();

    for (GivenTask late : given) {
      assertThat(Mockito.mockingDetails(late.service).getInvocations())
          .as("reported or given back")
          .anyMatch(call -> Set.of("unlock", "handleFailure").contains(call.getMethod().getName()));
    }
    verify(given.get(SIZE - 1).service).unlock(given.get(SIZE - 1).task);
  }

  @Test
  void two_checks_of_the_same_request_share_one_id_and_both_get_its_status() throws Exception {
    GivenTask first = check("same").named("first");
    GivenTask second = check("same").named("second");
    when(signSpace.getRequests(List.of("same"))).thenReturn(states(List.of("same")));

    addAndStart(List.of(first, second));

    assertThat(completed(first)).containsEntry("signingStatus", "open");
    assertThat(completed(second)).containsEntry("signingStatus", "open");
  }

  @Test
  void an_id_that_signspace_rejects_does_not_block_others() throws Exception {
    GivenTask good = check("good");
    GivenTask bad = check("bad");
    when(signSpace.getRequests(any())).thenThrow(Failures.permanent());
    whenCalledWith("good");

    addAndStart(List.of(bad, good));

    assertThat(completed(good)).containsEntry("signingStatus", "open");
    verifyIncident(bad, "The scope is missing");
  }

  @Test
  void a_broken_variable_of_one_check_does_not_block_others() throws Exception {
    GivenTask good = check("good");
    GivenTask bad = new GivenTask().named("bad").with("signingState", "no.sealed.state");
    whenCalledWith("good");

    addAndStart(List.of(bad, good));

    assertThat(completed(good)).containsEntry("signingStatus", "open");
    verifyIncident(bad, "signingState was not written by a worker");
  }

  @Test
  void a_check_without_an_id_is_an_incident_without_a_call() throws Exception {
    GivenTask bad = new GivenTask();

    addAndStart(List.of(bad));

    verifyIncident(bad, "signingState is missing");
    verify(signSpace, never()).getRequests(any());
  }

  @Test
  void a_transient_failure_fails_each_check_separately_and_is_not_repeated() throws Exception {
    GivenTask fresh = check("r1");
    GivenTask older = check("r2");
    when(signSpace.getRequests(any())).thenThrow(Failures.notDone());

    addAndStart(List.of(fresh, older));

    for (GivenTask given : List.of(fresh, older)) {
      verify(given.service, timeout(PATIENCE))
          .handleFailure(
              eq(given.task.getId()),
              eq("SignSpace is busy"),
              startsWith("SignSpace is busy"),
              eq(999),
              eq(10_000L),
              eq(Map.of()),
              any());
    }
    verify(signSpace, times(1)).getRequests(any());
  }

  @Test
  void two_bad_ids_among_a_hundred_fail_two_tasks_and_cost_few_calls() throws Exception {
    List<GivenTask> given = IntStream.range(0, SIZE).mapToObj(i -> check("r" + i)).toList();
    Set<String> bad = Set.of("r0", "r73");
    when(signSpace.getRequests(any()))
        .thenAnswer(
            call -> {
              Collection<String> ids = call.getArgument(0);
              if (ids.stream().anyMatch(bad::contains)) {
                throw Failures.permanent();
              }
              return states(ids);
            });

    addAndStart(given);

    for (GivenTask each : given) {
      if (each != given.get(0) && each != given.get(73)) {
        assertThat(completed(each)).containsEntry("signingStatus", "open");
      }
    }
    verifyIncident(given.get(0), "The scope is missing");
    verifyIncident(given.get(73), "The scope is missing");
    verify(signSpace, atMost(30)).getRequests(any());
  }

  @Test
  void a_failure_of_all_ids_is_not_repeated_for_each_of_them() throws Exception {
    List<GivenTask> given = IntStream.range(0, SIZE).mapToObj(i -> check("r" + i)).toList();
    when(signSpace.getRequests(any())).thenThrow(Failures.permanent());

    addAndStart(given);

    for (GivenTask each : given) {
      verifyIncident(each, "The scope is missing");
    }
    verify(signSpace, atMost(20)).getRequests(any());
  }

  @Test
  void a_check_that_has_failed_before_does_not_fail_the_others_again() throws Exception {
    GivenTask slow = check("slow").retries(997);
    GivenTask good = check("good");
    when(signSpace.getRequests(List.of("slow"))).thenThrow(Failures.notDone());
    whenCalledWith("good");

    addAndStart(List.of(slow, good));

    assertThat(completed(good)).containsEntry("signingStatus", "open");
  }

  @Test
  void a_slow_call_does_not_block_the_next_one() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    GivenTask next = check("next");
    when(signSpace.getRequests(List.of("slow")))
        .thenAnswer(
            call -> {
              end.await();
              return List.of();
            });
    whenCalledWith("next");
    addAndStart(List.of(check("slow")));
    verify(signSpace, timeout(PATIENCE)).getRequests(List.of("slow"));

    batches.add(next.taken());

    assertThat(completed(next)).containsEntry("signingStatus", "open");
    end.countDown();
  }

  @Test
  void after_any_failure_of_a_batch_the_next_one_is_checked() throws Exception {
    GivenTask unlucky = check("r1");
    GivenTask next = check("r2");
    when(signSpace.getRequests(List.of("r1"))).thenThrow(new StackOverflowError());
    whenCalledWith("r2");
    addAndStart(List.of(unlucky));
    verify(signSpace, timeout(PATIENCE)).getRequests(List.of("r1"));

    batches.add(next.taken());

    assertThat(completed(next)).containsEntry("signingStatus", "open");
  }

  private void addAndStart(List<GivenTask> given) throws InterruptedException {
    for (GivenTask each : given) {
      batches.add(each.taken());
    }
    batches.start();
  }

  private boolean isCalled() {
    return mockingDetails(signSpace).getInvocations().stream()
        .anyMatch(call -> call.getMethod().getName().equals("getRequests"));
  }

  private void whenCalledWith(String id) {
    List<RequestState> response = states(List.of(id));
    doReturn(response).when(signSpace).getRequests(List.of(id));
  }

  private static GivenTask check(String requestId) {
    return new GivenTask()
        .named("task " + requestId)
        .state(TestStates.requested(requestId, TestStates.documents(1), null));
  }

  private static List<RequestState> states(Collection<String> ids) {
    return ids.stream().map(id -> States.of(id, SigningStatus.OPEN, List.of("file-1"))).toList();
  }

  private static String url(String id) {
    return States.of(id, SigningStatus.OPEN, List.of()).url();
  }

  private static Map<String, Object> completed(GivenTask given) {
    ArgumentCaptor<Map<String, Object>> outputs = ArgumentCaptor.captor();
    verify(given.service, timeout(PATIENCE)).complete(eq(given.task), outputs.capture());
    return outputs.getValue();
  }

  private static void verifyIncident(GivenTask given, String words) {
    verify(given.service, timeout(PATIENCE))
        .handleFailure(any(), contains(words), any(), eq(0), eq(0L), anyMap(), any());
  }
}
