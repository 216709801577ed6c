package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static fi.signspace.plugin.signspace.OutcomeTest.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Files;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SignSpaceException.Kind;
import fi.signspace.plugin.testkit.SocketProxy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call to SignSpace ends despite connection failures, and the next one succeeds. */
@Timeout(60)
class HangingSignSpaceTest {

  private static final Duration LIMIT = Duration.ofMillis(700);

  @RegisterExtension
  static final WireMockExtension SIGN_SPACE =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().gzipDisabled(true))
          .build();

  private final SocketProxy network = new SocketProxy(SIGN_SPACE.getPort());
  private final SignSpaceClient client =
      TestClients.of(
          TestClients.properties(
              "http://localhost:" + network.port(), LIMIT, LIMIT.multipliedBy(2)));

  @BeforeEach
  void answer() {
    TestClients.grantTokens(SIGN_SPACE);
    SIGN_SPACE.stubFor(
        any(urlPathMatching("/api/.*"))
            .willReturn(okJson("[{\"_id\": \"r1\"}" + " ".repeat(100_000) + "]")));
    await().ignoreExceptions().until(() -> client.listRequests(1).size() == 1);
  }

  @AfterEach
  void close() {
    network.close();
  }

  record Disturbance(String name, Consumer<SocketProxy> begin) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Disturbance> disturbances() {
    return Stream.of(
        new Disturbance("nothing passes", SocketProxy::freeze),
        new Disturbance("the response stops in its head", network -> network.freezeAfter(20)),
        new Disturbance("the response stops in its body", network -> network.freezeAfter(50_000)),
        new Disturbance("the response is cut", network -> network.truncateAfter(50_000)),
        new Disturbance("connections break", SocketProxy::reset));
  }

  @ParameterizedTest
  @MethodSource("disturbances")
  void a_read_is_retryable(Disturbance disturbance) {
    disturbance.begin().accept(network);

    SignSpaceException failure = failureOf(() -> client.getRequests(List.of("r1")));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isOutcomeUnknown()).isFalse();
    assertThatTheNextCallSucceeds();
  }

  @ParameterizedTest
  @MethodSource("disturbances")
  void an_upload_may_have_been_carried_out(Disturbance disturbance) {
    disturbance.begin().accept(network);
    Document document = new Document("a.pdf", "application/pdf", Files.PDF);

    SignSpaceException failure = failureOf(() -> client.uploadDocument("me@x.fi", document, 1));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    // nothing can have been sent if there is no connection
    assertThat(failure.isOutcomeUnknown()).isEqualTo(!failure.isUnreachable());
    assertThatTheNextCallSucceeds();
  }

  private void assertThatTheNextCallSucceeds() {
    network.pass();
    await().ignoreExceptions().until(() -> client.listRequests(1).size() == 1);
  }
}
