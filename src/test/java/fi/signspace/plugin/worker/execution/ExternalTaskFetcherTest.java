package fi.signspace.plugin.worker.execution;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.EngineApi;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How fetched tasks are handled. */
class ExternalTaskFetcherTest {

  private static final String FETCH = "/external-task/fetchAndLock";

  @RegisterExtension
  private static final WireMockExtension ENGINE =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private static final DateTimeFormatter ENGINE_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<Duration> clockDifferences = new CopyOnWriteArrayList<>();
  private final SignSpace signSpace = mock();
  private ExternalTaskFetcher client;

  @BeforeEach
  void subscribe() {
    when(signSpace.pause()).thenReturn(Duration.ZERO);
    ENGINE.stubFor(post(FETCH).willReturn(okJson("[]").withFixedDelay(200)).atPriority(10));
    ENGINE.stubFor(post(urlPathMatching("/external-task/.*/failure")).willReturn(status(204)));
    client =
        new ExternalTaskFetcher(
            ENGINE.baseUrl(),
            "worker-1",
            10,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            new FetchBackoffStrategy(
                signSpace, Schedules.NO_CHANCE, Clock.systemUTC(), new FetchFailureLog()),
            List.of(),
            mock(EngineApi.class));
    client.subscribe(
        "topic",
        Set.of(),
        task -> {
          taken.add(task.id());
          clockDifferences.add(task.clockDifference());
        });
  }

  @AfterEach
  void stop() {
    client.stop();
  }

  private static void fetchReturnsOnce(ResponseDefinitionBuilder response) {
    ENGINE.stubFor(
        post(FETCH)
            .inScenario("once")
            .whenScenarioStateIs(STARTED)
            .willSetStateTo("done")
            .willReturn(response));
  }

  @Test
  void a_task_with_unreadable_variables_is_an_incident_and_does_not_block_others() {
    fetchReturnsOnce(
        okJson(
            """
                    [{"id": "bad", "topicName": "topic", "lockExpirationTime": "2027-01-01T12:01:00.000+0000", "variables": {
                        "dueDate": {"type": "Date", "value": "0101-123N", "valueInfo": {}},
                        "title": {"type": "String", "value": "t", "valueInfo": {}}}},
                     {"id": "good", "topicName": "topic", "lockExpirationTime": "2027-01-01T12:01:00.000+0000", "variables": {}}]\
                    """));

    client.start();

    await().until(() -> taken.contains("good"));
    ENGINE.verify(
        1,
        postRequestedFor(urlEqualTo("/external-task/bad/failure"))
            .withRequestBody(matchingJsonPath("$.retries", containing("0")))
            .withRequestBody(containing("cannot be read: dueDate (")));
    assertThat(taken).containsExactly("good");
  }

  /** Whatever the header of the response says, which a proxy may have written. */
  @Test
  void the_clock_is_compared_with_that_of_the_engine_by_the_lock() {
    OffsetDateTime lockedUntil = OffsetDateTime.now(ZoneOffset.UTC).plusHours(1).plusMinutes(1);
    fetchReturnsOnce(
        okJson(
                "[{\"id\": \"t1\", \"topicName\": \"topic\", \"lockExpirationTime\": \"%s\", \"variables\": {}}]"
                    .formatted(ENGINE_TIME.format(lockedUntil)))
            .withHeader("Date", RFC_1123_DATE_TIME.format(lockedUntil.minusHours(1))));

    client.start();

    await().until(() -> !clockDifferences.isEmpty());
    assertThat(clockDifferences.get(0)).isBetween(Duration.ofMinutes(-60), Duration.ofMinutes(-59));
  }

  @Test
  void tasks_are_fetched_with_the_extension_properties_of_their_step() {
    client.start();

    await()
        .untilAsserted(
            () ->
                ENGINE.verify(
                    postRequestedFor(urlEqualTo(FETCH))
                        .withRequestBody(
                            matchingJsonPath(
                                "$.topics[0].includeExtensionProperties", containing("true")))));
  }

  @Test
  void a_truncated_response_times_out_and_the_fetch_is_retried() {
    ENGINE.stubFor(
        post(FETCH)
            .inScenario("frozen")
            .whenScenarioStateIs(STARTED)
            .willSetStateTo("well")
            .willReturn(
                okJson("[" + " ".repeat(30_000) + "]").withChunkedDribbleDelay(10, 60_000)));

    client.start();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(ENGINE.findAll(postRequestedFor(urlEqualTo(FETCH))))
                    .hasSizeGreaterThan(2));
    assertThat(client.isPolling()).isTrue();
  }
}
