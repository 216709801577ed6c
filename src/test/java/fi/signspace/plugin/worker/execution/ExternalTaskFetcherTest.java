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
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.status.Schedules;
import fi.signspace.plugin.worker.task.EngineApi;
import java.time.Duration;
import java.util.List;
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

  private final List<String> taken = new CopyOnWriteArrayList<>();
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
            new FetchBackoffStrategy(signSpace, Schedules.NO_CHANCE, new FetchFailureLog()),
            List.of(),
            mock(EngineApi.class));
    client.subscribe("topic", Set.of(), task -> taken.add(task.id()));
  }

  @AfterEach
  void stop() {
    client.stop();
  }

  @Test
  void a_task_with_unreadable_variables_is_an_incident_and_does_not_block_others() {
    ENGINE.stubFor(
        post(FETCH)
            .inScenario("once")
            .whenScenarioStateIs(STARTED)
            .willSetStateTo("done")
            .willReturn(
                okJson(
                    """
                    [{"id": "bad", "topicName": "topic", "variables": {
                        "dueDate": {"type": "Date", "value": "0101-123N", "valueInfo": {}},
                        "title": {"type": "String", "value": "t", "valueInfo": {}}}},
                     {"id": "good", "topicName": "topic", "variables": {}}]\
                    """)));

    client.start();

    await().until(() -> taken.contains("good"));
    ENGINE.verify(
        1,
        postRequestedFor(urlEqualTo("/external-task/bad/failure"))
            .withRequestBody(matchingJsonPath("$.retries", containing("0")))
            .withRequestBody(containing("cannot be read: dueDate (")));
    assertThat(taken).containsExactly("good");
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
