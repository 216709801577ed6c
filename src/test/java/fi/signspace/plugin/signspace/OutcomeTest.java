package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static fi.signspace.plugin.signspace.TestClients.HANDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.RequestState;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SignSpaceException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mapping of responses and connection failures to outcomes. */
public class OutcomeTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  @RegisterExtension
  static final WireMockExtension SIGN_SPACE =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private SignSpaceClient client = TestClients.of(SIGN_SPACE);

  @BeforeEach
  void grantTokens() {
    TestClients.grantTokens(SIGN_SPACE);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          400, REJECTED,    false
          402, REJECTED,    false
          409, REJECTED,    false
          410, REJECTED,    false
          413, REJECTED,    false
          415, REJECTED,    false
          422, REJECTED,    false
          401, PERMANENT, false
          403, PERMANENT, false
          404, PERMANENT, false
          405, PERMANENT, false
          407, PERMANENT, false
          301, PERMANENT, false
          304, PERMANENT, false
          308, PERMANENT, false
          302, TRANSIENT,    true
          303, TRANSIENT,    true
          307, TRANSIENT,    true
          408, TRANSIENT,    true
          444, TRANSIENT,    true
          460, TRANSIENT,    true
          499, TRANSIENT,    true
          425, TRANSIENT,    false
          429, TRANSIENT,    false
          500, TRANSIENT,    true
          501, TRANSIENT,    true
          502, TRANSIENT,    true
          503, TRANSIENT,    true
          504, TRANSIENT,    true
          599, TRANSIENT,    true
          """)
  void the_status_of_a_failed_change_determines_the_kind(
      int status, Kind kind, boolean outcomeUnknown) {
    SIGN_SPACE.stubFor(
        post("/api/v1/tasks.cancel")
            .willReturn(aResponse().withStatus(status).withHeader("Location", "/elsewhere")));

    SignSpaceException failure = cancelling();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.isOutcomeUnknown()).isEqualTo(outcomeUnknown);
    assertThat(failure)
        .hasMessageStartingWith("Cancelling signing request r1 failed: HTTP " + status);
    SIGN_SPACE.verify(status == 401 ? 2 : 1, anyRequestedFor(urlPathMatching("/api/.*")));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 409, 410, 413, 415, 422})
  void a_rejected_read_is_not_for_a_case_worker(int status) {
    SIGN_SPACE.stubFor(get("/api/v1/tasks.get?id=r1").willReturn(aResponse().withStatus(status)));

    SignSpaceException failure = failureOf(() -> client.getRequests(List.of("r1")));

    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure).hasMessageContaining("Check the ids in the variables of the process.");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_truncated_response_leaves_the_outcome_of_a_change_unknown(Fault fault) {
    SIGN_SPACE.stubFor(post("/api/v1/tasks.cancel").willReturn(aResponse().withFault(fault)));

    SignSpaceException failure = cancelling();

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isTrue();
    SIGN_SPACE.verify(1, postRequestedFor(urlEqualTo("/api/v1/tasks.cancel")));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_truncated_response_to_a_read_is_retryable(Fault fault) {
    SIGN_SPACE.stubFor(get("/api/v1/tasks.get?id=r1").willReturn(aResponse().withFault(fault)));

    SignSpaceException failure = failureOf(() -> client.getRequests(List.of("r1")));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void a_missing_response_leaves_the_outcome_of_a_change_unknown() {
    client =
        TestClients.of(TestClients.properties(SIGN_SPACE.baseUrl(), SHORT, Duration.ofSeconds(20)));
    SIGN_SPACE.stubFor(post("/api/v1/tasks.cancel").willReturn(okJson("{}").withFixedDelay(5_000)));

    SignSpaceException failure = cancelling();

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isTrue();
    assertThat(failure).hasMessageContaining("timed out");
  }

  @Test
  void nothing_was_done_if_the_connection_fails() throws IOException {
    client = TestClients.of(withApi("http://localhost:" + unusedPort()));

    SignSpaceException failure = cancelling();

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThat(failure).hasMessageContaining("cannot be reached").hasMessageContaining("refused");
  }

  @Test
  void nothing_was_done_if_the_host_is_unknown() {
    client = TestClients.of(withApi("http://no-such-host.invalid"));

    SignSpaceException failure = cancelling();

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
  }

  @Test
  void nothing_was_done_if_the_tls_handshake_fails() {
    client = TestClients.of(withApi("https://localhost:" + SIGN_SPACE.getPort()));

    SignSpaceException failure = cancelling();

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "ISO-8859-1"})
  void a_response_is_decoded_in_any_charset(String charset) {
    byte[] json = "[{\"_id\": \"r1\", \"title\": \"Äiti\"}]".getBytes(Charset.forName(charset));
    for (byte[] mark : List.of(new byte[0], markOf(charset))) {
      byte[] body = new byte[mark.length + json.length];
      System.arraycopy(mark, 0, body, 0, mark.length);
      System.arraycopy(json, 0, body, mark.length, json.length);
      SIGN_SPACE.stubFor(
          get("/api/v1/tasks.get?id=r1")
              .willReturn(
                  aResponse()
                      .withHeader("Content-Type", "application/json; charset=" + charset)
                      .withBody(body)));

      List<RequestState> states = client.getRequests(List.of("r1"));

      assertThat(states).singleElement().extracting(RequestState::title).isEqualTo("Äiti");
    }
  }

  private static byte[] markOf(String charset) {
    return charset.startsWith("UTF-") && !charset.equals("UTF-16")
        ? "\ufeff".getBytes(Charset.forName(charset))
        : new byte[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html><body>Maintenance</body></html>", "{\"_id\": \"r1\"", "no json"})
  void a_change_with_a_response_that_is_not_json_may_have_been_carried_out(String body) {
    SIGN_SPACE.stubFor(
        post("/api/v1/tasks.cancel").willReturn(okForContentType("text/html", body)));

    SignSpaceException failure = cancelling();

    assertThat(failure.kind()).isEqualTo(Kind.UNCONFIRMED);
    assertThat(failure.isOutcomeUnknown()).isTrue();
    assertThat(failure).hasMessageContaining("not JSON").hasMessageNotContaining("<");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html><body>Maintenance</body></html>", "", "{}", "\"r1\"", "null"})
  void a_read_with_a_useless_response_is_retryable(String body) {
    SIGN_SPACE.stubFor(get("/api/v1/tasks.get?id=r1").willReturn(aResponse().withBody(body)));

    SignSpaceException failure = failureOf(() -> client.getRequests(List.of("r1")));

    assertThat(failure.kind()).isEqualTo(Kind.UNCONFIRMED);
    assertThat(failure.isOutcomeUnknown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "[]", "true"})
  void a_change_may_have_an_empty_response(String body) {
    SIGN_SPACE.stubFor(post("/api/v1/tasks.cancel").willReturn(aResponse().withBody(body)));

    client.cancelRequest(HANDLE, "r1");

    SIGN_SPACE.verify(1, postRequestedFor(urlEqualTo("/api/v1/tasks.cancel")));
  }

  @Test
  void the_requested_retry_delay_is_reported() {
    SIGN_SPACE.stubFor(
        post("/api/v1/tasks.cancel")
            .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "17")));

    SignSpaceException failure = cancelling();

    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void the_message_contains_the_call_and_the_error_text_of_sign_space() {
    SIGN_SPACE.stubFor(
        post("/api/v1/tasks.cancel")
            .willReturn(
                aResponse()
                    .withStatus(422)
                    .withHeader("x-amzn-RequestId", "abc-123")
                    .withBody(
                        "{\"error\": \"task is complete\", \"fields\": [{\"task\": \"r1\"}]}")));

    SignSpaceException failure = cancelling();

    assertThat(failure)
        .hasMessage(
            "Cancelling signing request r1 failed: HTTP 422 Unprocessable Entity, SignSpace says:"
                + " \"task is complete, task: r1\" (request id abc-123). Correct what was sent.");
  }

  @Test
  void a_missing_scope_is_named() {
    SIGN_SPACE.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withStatus(403)));

    SignSpaceException failure = cancelling();

    assertThat(failure).hasMessageContaining("scope tasks.cancel");
  }

  private SignSpaceException cancelling() {
    return failureOf(() -> client.cancelRequest(HANDLE, "r1"));
  }

  public static SignSpaceException failureOf(ThrowingCallable call) {
    @Nullable SignSpaceException failure = catchThrowableOfType(SignSpaceException.class, call);
    assertThat(failure).isNotNull();
    return failure;
  }

  /** A client whose tokens come from the mock server, while the API is elsewhere. */
  private static SignSpaceProperties withApi(String base) {
    SignSpaceProperties played =
        TestClients.properties(
            SIGN_SPACE.baseUrl(), Duration.ofSeconds(20), Duration.ofSeconds(20));
    return new SignSpaceProperties(
        new HttpAddress(URI.create(base + "/api/v1")),
        played.tokenUrl(),
        played.clientId(),
        played.clientSecret(),
        played.actingHandle(),
        played.scopes(),
        played.connectTimeout(),
        played.readTimeout(),
        played.transferTimeout(),
        50);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
