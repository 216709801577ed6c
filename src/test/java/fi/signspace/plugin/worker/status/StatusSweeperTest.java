package fi.signspace.plugin.worker.status;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SigningStatus;
import fi.signspace.plugin.worker.Failures;
import fi.signspace.plugin.worker.state.States;
import fi.signspace.plugin.worker.task.EngineApi;
import fi.signspace.plugin.worker.task.GivenTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.client.task.ExternalTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sweep with a WireMock engine. */
class StatusSweeperTest {

  @RegisterExtension
  private static final WireMockExtension ENGINE =
      WireMockExtension.newInstance()
          .options(WireMockConfiguration.wireMockConfig().dynamicPort())
          .build();

  private final SignSpace signSpace = mock();
  private final AtomicLong nanos = new AtomicLong();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final SweepStatusesWorker worker =
      new SweepStatusesWorker(
          new StatusSweeper(
              signSpace,
              new WaitingInstances(
                  new EngineApi(ENGINE::baseUrl, Duration.ofSeconds(20), List.of())),
              GivenTask.TIMES),
          meters,
          nanos::get);

  @BeforeEach
  void set_up_a_single_sweep() {
    openSweeps(1);
    ENGINE.stubFor(post("/message").willReturn(aResponse().withStatus(204)));
  }

  @Test
  void only_the_instance_whose_request_has_changed_is_notified() {
    waiting(250);
    when(signSpace.getRequests(any()))
        .thenAnswer(
            call ->
                call.<Collection<String>>getArgument(0).stream()
                    .map(
                        id ->
                            States.of(
                                id,
                                id.equals("request-7")
                                    ? SigningStatus.CANCELLED
                                    : SigningStatus.OPEN,
                                List.of("f")))
                    .toList());

    Map<String, @Nullable Object> result = sweep();

    assertThat(result)
        .containsEntry("waitingRequests", 250)
        .containsEntry("changedRequests", 1)
        .doesNotContainKey("brokenOff");
    ENGINE.verify(1, postRequestedFor(urlEqualTo("/message")));
    ENGINE.verify(
        postRequestedFor(urlEqualTo("/message"))
            .withRequestBody(
                equalToJson(
                    "{\"messageName\": \"checkStatus\", \"processInstanceId\": \"instance-7\"}")));
    verify(signSpace, times(3)).getRequests(any());
  }

  @Test
  void an_instance_that_has_moved_on_is_not_counted() {
    waiting(1);
    when(signSpace.getRequests(any())).thenReturn(List.of());
    ENGINE.stubFor(
        post("/message")
            .willReturn(
                aResponse()
                    .withStatus(400)
                    .withBody("{\"type\":\"MismatchingMessageCorrelationException\"}")));

    assertThat(sweep()).containsEntry("changedRequests", 0).doesNotContainKey("brokenOff");
  }

  @Test
  void an_instance_that_cannot_be_notified_does_not_block_the_others() {
    waiting(2);
    when(signSpace.getRequests(any())).thenReturn(List.of());
    ENGINE.stubFor(
        post("/message")
            .withRequestBody(matchingJsonPath("$[?(@.processInstanceId == 'instance-0')]"))
            .willReturn(aResponse().withStatus(500)));

    assertThat(sweep()).containsEntry("changedRequests", 1).doesNotContainKey("brokenOff");
  }

  @Test
  void variables_are_read_of_the_instances_that_have_begun_to_wait_since_the_last_sweep() {
    waiting(3);
    when(signSpace.getRequests(any()))
        .thenAnswer(
            call ->
                call.<Collection<String>>getArgument(0).stream()
                    .map(id -> States.of(id, SigningStatus.OPEN, List.of("f")))
                    .toList());
    sweep();
    ENGINE.resetRequests();
    // instance 1 was checked meanwhile, instance 2 has ended
    executions(Stream.of("execution-0", "another-execution"));

    Map<String, @Nullable Object> result = sweep();

    assertThat(result).containsEntry("waitingRequests", 2).containsEntry("changedRequests", 0);
    ENGINE.verify(3, postRequestedFor(urlPathEqualTo("/variable-instance")));
    ENGINE.verify(
        3,
        postRequestedFor(urlPathEqualTo("/variable-instance"))
            .withRequestBody(matchingJsonPath("$[?(@.executionIdIn == ['instance-1'])]")));
  }

  @Test
  void a_change_that_was_not_notified_is_found_by_the_next_sweep() {
    waiting(1);
    when(signSpace.getRequests(any())).thenReturn(List.of());
    ENGINE.stubFor(post(urlPathEqualTo("/message")).willReturn(aResponse().withStatus(500)));
    assertThat(sweep()).containsEntry("changedRequests", 0);
    ENGINE.stubFor(post("/message").willReturn(aResponse().withStatus(204)));

    assertThat(sweep()).containsEntry("changedRequests", 1);
  }

  @Test
  void no_call_is_made_while_another_sweep_is_open() {
    openSweeps(2);

    assertThat(sweep()).containsEntry("brokenOff", "Another sweep is open");

    verify(signSpace, never()).getRequests(any());
  }

  @Test
  void a_busy_signspace_aborts_the_sweep_and_the_age_of_the_last_one_grows() {
    waiting(1);
    nanos.addAndGet(Duration.ofMinutes(3).toNanos());
    when(signSpace.getRequests(any())).thenThrow(Failures.notDone());

    assertThat(sweep()).containsEntry("brokenOff", "SignSpace is busy");

    assertThat(minutesSinceLastSweep()).isEqualTo(3);
  }

  @Test
  void every_complete_sweep_resets_the_age_of_the_last_one() {
    ENGINE.stubFor(post(urlPathEqualTo("/execution")).willReturn(okJson("[]")));
    nanos.addAndGet(Duration.ofMinutes(3).toNanos());

    sweep();

    assertThat(minutesSinceLastSweep()).isZero();
  }

  @Test
  void a_permanent_failure_is_an_incident() {
    waiting(1);
    when(signSpace.getRequests(any())).thenThrow(Failures.permanent());

    assertThatThrownBy(this::sweep).isInstanceOf(SignSpaceException.class);
  }

  @Test
  void an_id_that_signspace_rejects_does_not_abort_the_sweep() {
    waiting(2);
    when(signSpace.getRequests(any())).thenThrow(Failures.permanent());
    doReturn(List.of()).when(signSpace).getRequests(List.of("request-1"));

    assertThat(sweep()).containsEntry("changedRequests", 1);
  }

  @Test
  void a_lock_is_not_extended_again_for_every_call() {
    GivenTask given = new GivenTask().lockedFor(Duration.ZERO);
    waiting(400);
    when(signSpace.getRequests(any()))
        .thenAnswer(
            call -> {
              given.advance(Duration.ofSeconds(2));
              return call.<Collection<String>>getArgument(0).stream()
                  .map(id -> States.of(id, SigningStatus.OPEN, List.of("f")))
                  .toList();
            });

    worker.work(given.taken());

    verify(signSpace, times(4)).getRequests(any());
    verify(given.service, times(1)).extendLock(any(ExternalTask.class), anyLong());
  }

  @Test
  void a_failing_engine_aborts_the_sweep() {
    ENGINE.stubFor(post(urlPathEqualTo("/execution")).willReturn(aResponse().withStatus(500)));

    assertThat(sweep().get("brokenOff")).asString().startsWith("The request to the engine failed");
  }

  private Map<String, @Nullable Object> sweep() {
    return GivenTask.plain(worker.work(new GivenTask().taken()));
  }

  private double minutesSinceLastSweep() {
    return meters.get("signspace.sweep.last.success.age").timeGauge().value(TimeUnit.MINUTES);
  }

  private static void openSweeps(int count) {
    ENGINE.stubFor(
        get("/external-task/count?topicName=signspace.sweepStatuses")
            .willReturn(okJson("{\"count\": %d}".formatted(count))));
  }

  /** Instances whose last check found the request open without signatures. */
  private static void waiting(int count) {
    executions(IntStream.range(0, count).mapToObj(i -> "execution-" + i));
    variable("signingRequestId", count, i -> "\"request-" + i + "\"");
    variable("signingStatus", count, i -> "\"open\"");
    variable("signaturesCompleted", count, i -> "0");
  }

  private static void variable(String name, int count, IntFunction<String> value) {
    ENGINE.stubFor(
        post(urlPathEqualTo("/variable-instance"))
            .withRequestBody(matchingJsonPath("$[?(@.variableName == '%s')]".formatted(name)))
            .willReturn(
                okJson(
                    array(
                        count,
                        i ->
                            "{\"processInstanceId\": \"instance-%d\", \"value\": %s}"
                                .formatted(i, value.apply(i))))));
  }

  /** Of the instances with the same numbers. */
  private static void executions(Stream<String> ids) {
    List<String> all = ids.toList();
    ENGINE.stubFor(
        post(urlPathEqualTo("/execution"))
            .willReturn(
                okJson(
                    array(
                        all.size(),
                        i ->
                            "{\"id\": \"%s\", \"processInstanceId\": \"instance-%d\"}"
                                .formatted(all.get(i), i)))));
  }

  private static String array(int count, IntFunction<String> entry) {
    return IntStream.range(0, count).mapToObj(entry).collect(Collectors.joining(",", "[", "]"));
  }
}
