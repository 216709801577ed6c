package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signspace.guard.CallGuard;
import fi.signspace.plugin.signspace.guard.CallGuardMetrics;
import fi.signspace.plugin.testkit.SettableClock;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.Status;

/** Metrics and health of the calls to SignSpace. */
class CallMetricsTest {

  private static final Duration PATIENT = Duration.ofSeconds(20);

  @RegisterExtension
  private static final WireMockExtension SIGN_SPACE =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final SettableClock clock = new SettableClock();
  private final CallGuard callGuard = new CallGuard(clock, 1000);
  private final SignSpaceHealth health = new SignSpaceHealth(callGuard);
  private SignSpaceClient client;

  @BeforeEach
  void connect() {
    ObservationRegistry observations = ObservationRegistry.create();
    observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
    client =
        TestClients.of(
            TestClients.properties(SIGN_SPACE.baseUrl(), PATIENT, PATIENT),
            Clock.systemUTC(),
            observations);
    new CallGuardMetrics(callGuard).bindTo(meters);
    TestClients.grantTokens(SIGN_SPACE);
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close();
  }

  @Test
  void a_call_and_its_token_request_are_timed_by_operation_and_outcome() {
    SIGN_SPACE.stubFor(get(urlPathEqualTo("/api/v1/tasks.list")).willReturn(okJson("[]")));

    client.listRequests(20);
    client.listRequests(20);

    assertThat(calls("tasks.list", "done")).isEqualTo(2);
    assertThat(calls("token", "done")).isEqualTo(1);
    assertThat(meters.find("signspace.calls").timers())
        .flatExtracting(timer -> timer.getId().getTags())
        .extracting(Tag::getKey)
        .containsOnly("operation", "outcome", "error");
  }

  @ParameterizedTest
  @CsvSource({"422, rejected", "503, may_heal", "429, may_heal", "403, cannot_heal"})
  void a_failure_is_counted_by_its_kind(int status, String outcome) {
    SIGN_SPACE.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
    TestClients.grantTokens(SIGN_SPACE);

    assertThatThrownBy(() -> client.cancelRequest("a@example.com", "1"))
        .isInstanceOf(SignSpaceException.class);

    assertThat(calls("tasks.cancel", outcome)).isEqualTo(1);
  }

  @Test
  void the_log_message_contains_neither_names_nor_text_of_signspace() {
    SIGN_SPACE.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(422).withBody("Anna Virtanen is unknown")));
    TestClients.grantTokens(SIGN_SPACE);
    Document document = new Document("Contract of Anna.pdf", "application/pdf", new byte[] {1});

    SignSpaceException failure =
        catchThrowableOfType(
            SignSpaceException.class, () -> client.uploadDocument("a@example.com", document, 1));

    assertThat(failure).hasMessageContainingAll("Contract of Anna.pdf", "Anna Virtanen is unknown");
    assertThat(failure.logMessage())
        .isEqualTo("files.create failed: HTTP 422 Unprocessable Entity. Correct what was sent.");
  }

  @Test
  void metrics_show_the_pause_the_circuit_and_suppressed_calls_while_signspace_fails() {
    assertThat(circuit("closed")).isEqualTo(1);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

    for (int call = 0; call < 12; call++) {
      fail(SignSpaceException.notDone("HTTP 503", null, null));
    }

    assertThat(circuit("closed")).isZero();
    assertThat(circuit("open")).isEqualTo(1);
    assertThat(meters.get("signspace.pause").timeGauge().value(TimeUnit.SECONDS)).isEqualTo(5);
    assertThat(meters.get("signspace.calls.held.back").functionCounter().count()).isEqualTo(2);
    assertThat(health.health().getStatus().getCode()).isEqualTo("PAUSED");
    assertThat(health.health().getDetails()).containsEntry("circuit", State.OPEN.name());
  }

  private void fail(SignSpaceException failure) {
    Supplier<Object> failing =
        () -> {
          throw failure;
        };
    assertThatThrownBy(() -> callGuard.call(failing)).isInstanceOf(SignSpaceException.class);
  }

  private long calls(String operation, String outcome) {
    return meters
        .get("signspace.calls")
        .tag("operation", operation)
        .tag("outcome", outcome)
        .timer()
        .count();
  }

  private double circuit(String state) {
    return meters.get("signspace.circuit.state").tag("state", state).gauge().value();
  }
}
