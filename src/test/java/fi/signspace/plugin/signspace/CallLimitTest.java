package fi.signspace.plugin.signspace;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static fi.signspace.plugin.signspace.OutcomeTest.failureOf;
import static fi.signspace.plugin.signspace.RawServer.write;
import static fi.signspace.plugin.signspace.TestClients.HANDLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.http.HttpAddress;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.SignSpaceException;
import fi.signspace.plugin.signing.SignSpaceException.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slow servers that no socket timeout stops, because they are never silent for long. */
class CallLimitTest {

  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration FOR_EVER = Duration.ofSeconds(30);

  @RegisterExtension
  static final WireMockExtension IDENTITY_PROVIDER =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @BeforeEach
  void grantTokens() {
    TestClients.grantTokens(IDENTITY_PROVIDER);
  }

  @Test
  void a_slow_download_times_out() throws IOException {
    try (RawServer server =
        new RawServer(
            (in, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
              drip(out);
            })) {

      SignSpaceException failure = failureWithin(server, client -> client.downloadDocument("s1"));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure).hasMessageContaining("longer than 1 s");
    }
  }

  @Test
  void slow_response_headers_leave_the_outcome_unknown() throws IOException {
    try (RawServer server =
        new RawServer(
            (in, out) -> {
              write(out, "HTTP/1.1 200 OK\r\nX-Drip: ");
              drip(out);
            })) {

      SignSpaceException failure =
          failureWithin(server, client -> client.uploadDocument(HANDLE, document(1), 1));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.isOutcomeUnknown()).isTrue();
    }
  }

  @Test
  void an_upload_that_is_not_read_times_out() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (RawServer server = new RawServer((in, out) -> over.await())) {

      SignSpaceException failure =
          failureWithin(
              server, client -> client.uploadDocument(HANDLE, document(20 * 1024 * 1024), 1));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.isOutcomeUnknown()).isTrue();
      over.countDown();
    }
  }

  @Test
  void a_truncated_file_is_rejected() throws IOException {
    try (RawServer server =
        new RawServer(
            (in, out) -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n%PDF-1.7"))) {

      SignSpaceException failure = failureWithin(server, client -> client.downloadDocument("s1"));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    }
  }

  @Test
  void the_deadline_of_a_call_includes_its_token_request_and_repetition() {
    SignSpaceProperties properties =
        TestClients.properties("http://localhost", Duration.ofSeconds(30), FOR_EVER);

    assertThat(properties.longestCall())
        .isEqualTo(properties.connectTimeout().plus(properties.readTimeout()).plusSeconds(10));
  }

  private static SignSpaceException failureWithin(
      RawServer server, Consumer<SignSpaceClient> call) {
    SignSpaceClient client = TestClients.of(settings(server));
    return assertTimeoutPreemptively(FOR_EVER, () -> failureOf(() -> call.accept(client)));
  }

  private static SignSpaceProperties settings(RawServer server) {
    SignSpaceProperties basic =
        TestClients.properties(IDENTITY_PROVIDER.baseUrl(), Duration.ofSeconds(20), LIMIT);
    return new SignSpaceProperties(
        new HttpAddress(URI.create(server.url() + "/api/v1")),
        basic.tokenUrl(),
        basic.clientId(),
        basic.clientSecret(),
        basic.actingHandle(),
        basic.scopes(),
        basic.connectTimeout(),
        basic.readTimeout(),
        basic.transferTimeout(),
        50);
  }

  /** Sends a byte at intervals until the client disconnects. */
  private static void drip(OutputStream out) throws IOException, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!never.await(100, TimeUnit.MILLISECONDS)) {
      write(out, "x");
    }
  }

  private static Document document(int size) {
    return new Document("Lease.pdf", "application/pdf", new byte[size]);
  }
}
