package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static fi.signspace.plugin.signspace.OutcomeTest.failureOf;
import static fi.signspace.plugin.signspace.TestClients.HANDLE;
import static fi.signspace.plugin.signspace.TestClients.SECRET;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.BasicCredentials;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SignSpaceException.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens over HTTP (guide, "Authentication"). */
class AuthenticationTest {

  private static final String CANCEL = "/api/v1/tasks.cancel";

  @RegisterExtension
  static final WireMockExtension SIGN_SPACE =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private SignSpaceClient client = TestClients.of(SIGN_SPACE);

  @BeforeEach
  void acceptTheCall() {
    SIGN_SPACE.stubFor(post(CANCEL).willReturn(okJson("{}")));
  }

  @Test
  void the_token_request_matches_the_guide() {
    TestClients.grantTokens(SIGN_SPACE);

    client.cancelRequest(HANDLE, "r1");
    client.cancelRequest(HANDLE, "r2");

    SIGN_SPACE.verify(
        1,
        postRequestedFor(urlEqualTo("/auth/token"))
            .withBasicAuth(new BasicCredentials("client", SECRET))
            .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
            .withRequestBody(equalTo("grant_type=client_credentials")));
  }

  @Test
  void configured_scopes_are_requested() {
    TestClients.grantTokens(SIGN_SPACE);
    SignSpaceProperties plain =
        TestClients.properties(
            SIGN_SPACE.baseUrl(), Duration.ofSeconds(20), Duration.ofSeconds(20));
    client =
        TestClients.of(
            new SignSpaceProperties(
                plain.apiUrl(),
                plain.tokenUrl(),
                plain.clientId(),
                plain.clientSecret(),
                plain.actingHandle(),
                List.of("files.create", " api/tasks "),
                plain.connectTimeout(),
                plain.readTimeout(),
                plain.transferTimeout(),
                50));

    client.cancelRequest(HANDLE, "r1");

    SIGN_SPACE.verify(
        1,
        postRequestedFor(urlEqualTo("/auth/token"))
            .withRequestBody(
                equalTo("grant_type=client_credentials&scope=files.create+api%2Ftasks")));
  }

  @Test
  void a_rejected_token_is_replaced_and_the_call_repeated() {
    grantInTurn("first", "second");
    refuse("first");

    client.cancelRequest(HANDLE, "r1");

    SIGN_SPACE.verify(2, postRequestedFor(urlEqualTo("/auth/token")));
    SIGN_SPACE.verify(
        1,
        postRequestedFor(urlEqualTo(CANCEL)).withHeader("Authorization", equalTo("Bearer second")));
  }

  @Test
  void two_rejected_tokens_need_an_admin() {
    grantInTurn("first", "second");
    refuse("first");
    refuse("second");

    SignSpaceException failure = failureOf(() -> client.cancelRequest(HANDLE, "r1"));

    assertThat(failure.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThat(failure)
        .hasMessageContaining("HTTP 401")
        .hasMessageContaining("signspace.client-id (SIGNSPACE_CLIENT_ID)");
    SIGN_SPACE.verify(2, postRequestedFor(urlEqualTo(CANCEL)));
  }

  @ParameterizedTest
  @CsvSource({
    "400, PERMANENT",
    "401, PERMANENT",
    "403, PERMANENT",
    "404, PERMANENT",
    "301, PERMANENT",
    "302, TRANSIENT",
    "408, TRANSIENT",
    "429, TRANSIENT",
    "500, TRANSIENT",
    "503, TRANSIENT"
  })
  void without_a_token_no_call_is_made(int status, Kind kind) {
    SIGN_SPACE.stubFor(
        post("/auth/token")
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withBody("{\"error\": \"invalid_client\", \"secret\": \"" + SECRET + "\"}")));

    SignSpaceException failure = failureOf(() -> client.cancelRequest(HANDLE, "r1"));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThat(failure)
        .hasMessageStartingWith("Getting an access token failed: HTTP " + status)
        .hasMessageContaining("invalid_client")
        .hasMessageNotContaining(SECRET);
    SIGN_SPACE.verify(0, postRequestedFor(urlEqualTo(CANCEL)));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void a_lost_token_response_is_retryable(Fault fault) {
    SIGN_SPACE.stubFor(post("/auth/token").willReturn(aResponse().withFault(fault)));

    SignSpaceException failure = failureOf(() -> client.cancelRequest(HANDLE, "r1"));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
  }

  @Test
  void a_page_instead_of_a_token_is_retryable() {
    SIGN_SPACE.stubFor(post("/auth/token").willReturn(aResponse().withBody("<h1>Soon</h1>")));

    SignSpaceException failure = failureOf(() -> client.cancelRequest(HANDLE, "r1"));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
  }

  @Test
  void rejected_credentials_name_the_properties_to_check() {
    SIGN_SPACE.stubFor(post("/auth/token").willReturn(unauthorized()));

    SignSpaceException failure = failureOf(() -> client.cancelRequest(HANDLE, "r1"));

    assertThat(failure)
        .hasMessageContaining("signspace.client-id (SIGNSPACE_CLIENT_ID)")
        .hasMessageContaining("signspace.client-secret (SIGNSPACE_CLIENT_SECRET)")
        .hasMessageContaining("signspace.scopes (SIGNSPACE_SCOPES)");
  }

  @Test
  void a_call_is_not_done_if_its_rejected_token_cannot_be_renewed() {
    SIGN_SPACE.stubFor(
        post("/auth/token").inScenario("tokens").willReturn(token("first")).willSetStateTo("down"));
    SIGN_SPACE.stubFor(
        post("/auth/token")
            .inScenario("tokens")
            .whenScenarioStateIs("down")
            .willReturn(serverError()));
    refuse("first");

    SignSpaceException failure = failureOf(() -> client.cancelRequest(HANDLE, "r1"));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "9223372036854775807",
        "1e12",
        "1e400",
        "-1e400",
        "\"3600\"",
        "\"soon\"",
        "null",
        "{}",
        "3599.5"
      })
  void a_token_with_an_implausible_lifetime_is_reused(String life) {
    SIGN_SPACE.stubFor(
        post("/auth/token")
            .willReturn(okJson("{\"access_token\": \"t\", \"expires_in\": " + life + "}")));

    for (int i = 0; i < 3; i++) {
      client.cancelRequest(HANDLE, "r1");
    }

    SIGN_SPACE.verify(1, postRequestedFor(urlEqualTo("/auth/token")));
  }

  @Test
  void the_identity_provider_never_receives_a_token() {
    grantInTurn("first", "second");
    refuse("first");

    client.cancelRequest(HANDLE, "r1");

    SIGN_SPACE.verify(
        0,
        postRequestedFor(urlEqualTo("/auth/token"))
            .withHeader("Authorization", equalTo("Bearer first")));
    SIGN_SPACE.verify(
        0, postRequestedFor(urlEqualTo(CANCEL)).withHeader("Authorization", absent()));
  }

  private static void grantInTurn(String first, String second) {
    SIGN_SPACE.stubFor(
        post("/auth/token").inScenario("tokens").willReturn(token(first)).willSetStateTo("next"));
    SIGN_SPACE.stubFor(
        post("/auth/token")
            .inScenario("tokens")
            .whenScenarioStateIs("next")
            .willReturn(token(second)));
  }

  private static void refuse(String token) {
    SIGN_SPACE.stubFor(
        post(CANCEL)
            .withHeader("Authorization", equalTo("Bearer " + token))
            .willReturn(unauthorized()));
  }

  private static ResponseDefinitionBuilder token(String value) {
    return okJson("{\"access_token\": \"" + value + "\", \"expires_in\": \"3600\"}");
  }
}
