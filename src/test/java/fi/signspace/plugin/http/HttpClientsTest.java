package fi.signspace.plugin.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.testkit.SocketProxy;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exchange ends despite failures of peer and network, and the next one succeeds. */
@Timeout(60)
class HttpClientsTest {

  private static final HttpClients.Limits LIMITS =
      new HttpClients.Limits(
          Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(1500));

  /** The maximum duration of an exchange on a busy machine. */
  private static final Duration END = Duration.ofSeconds(10);

  /** For exchanges whose response has to begin, on a busy machine, too. */
  private static final HttpClients.Limits LIMITED_EXCHANGE =
      new HttpClients.Limits(END, END, Duration.ofSeconds(3));

  /** For exchanges that have to succeed, on a busy machine, too. */
  private static final HttpClients.Limits WIDE_LIMITS = new HttpClients.Limits(END, END, END);

  private static final String BODY = "x".repeat(200_000);

  @RegisterExtension
  private static final WireMockExtension PEER =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().gzipDisabled(true))
          .build();

  private final SocketProxy network = new SocketProxy(PEER.getPort());

  @BeforeEach
  void respond() {
    PEER.stubFor(any(anyUrl()).willReturn(ok(BODY)));
  }

  @AfterEach
  void close() {
    network.close();
  }

  static Stream<Arguments> disturbances() {
    Stream<Disturbance> disturbances =
        Stream.of(
            new Disturbance("nothing passes", SocketProxy::freeze),
            new Disturbance("the head stops", network -> network.freezeAfter(10)),
            new Disturbance("the body stops", network -> network.freezeAfter(100_000)),
            new Disturbance("the body is cut", network -> network.truncateAfter(100_000)),
            new Disturbance("connections break", SocketProxy::reset),
            new Disturbance("the peer is slow to respond", network -> delayed(2_000)),
            new Disturbance("the peer drips", network -> dripping()));
    return disturbances.flatMap(
        disturbance ->
            Stream.of(
                Arguments.of(disturbance, "outgoing", HttpClients.outgoing(LIMITS)),
                Arguments.of(disturbance, "internal", HttpClients.internal(LIMITS))));
  }

  private record Disturbance(String name, Consumer<SocketProxy> begin) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static void delayed(int millis) {
    PEER.stubFor(any(anyUrl()).willReturn(ok(BODY).withFixedDelay(millis)));
  }

  /** Never silent for as long as the read timeout, and not complete when the exchange times out. */
  private static void dripping() {
    PEER.stubFor(any(anyUrl()).willReturn(ok(BODY).withChunkedDribbleDelay(40, 8_000)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("disturbances")
  void an_exchange_ends_and_the_next_one_succeeds(
      Disturbance disturbance, String kind, HttpClientBuilder builder) throws IOException {
    try (CloseableHttpClient client = builder.build()) {
      await().ignoreExceptions().until(() -> get(client).equals(BODY));
      disturbance.begin().accept(network);

      long start = System.nanoTime();
      assertThatThrownBy(() -> get(client)).isInstanceOf(IOException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(END);
      network.pass();
      respond();
      await().ignoreExceptions().until(() -> get(client).equals(BODY));
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("disturbances")
  void reading_a_body_in_chunks_ends(
      Disturbance disturbance, String kind, HttpClientBuilder builder) throws IOException {
    try (CloseableHttpClient client = builder.build()) {
      disturbance.begin().accept(network);

      long start = System.nanoTime();
      assertThatThrownBy(() -> readSlowly(client)).isInstanceOf(IOException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(END);
    }
  }

  static Stream<Arguments> clientsWithLimitedExchange() {
    return clients(LIMITED_EXCHANGE);
  }

  static Stream<Arguments> clientsWithWideLimits() {
    return clients(WIDE_LIMITS);
  }

  private static Stream<Arguments> clients(HttpClients.Limits limits) {
    return Stream.of(
        Arguments.of("outgoing", HttpClients.outgoing(limits)),
        Arguments.of("internal", HttpClients.internal(limits)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsWithWideLimits")
  void an_exchange_without_memory_does_not_close_the_client(String kind, HttpClientBuilder builder)
      throws IOException {
    try (CloseableHttpClient client = builder.build()) {
      HttpPost post = new HttpPost(url());
      post.setEntity(new InputStreamEntity(new OutOfMemory(), ContentType.TEXT_PLAIN));

      assertThatThrownBy(() -> send(client, post))
          .isInstanceOf(IOException.class)
          .hasRootCauseInstanceOf(OutOfMemoryError.class);

      assertThat(get(client)).isEqualTo(BODY);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsWithLimitedExchange")
  void closing_a_body_that_has_not_been_read_ends(String kind, HttpClientBuilder builder)
      throws IOException {
    dripping();
    try (CloseableHttpClient client = builder.build()) {
      ClassicHttpResponse response = client.executeOpen(null, new HttpGet(url()), null);

      long start = System.nanoTime();
      assertThatThrownBy(response::close).isInstanceOf(IOException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(END);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clientsWithWideLimits")
  void requests_are_neither_repeated_nor_redirected(String kind, HttpClientBuilder builder)
      throws IOException {
    PEER.stubFor(
        any(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", "/elsewhere")));
    try (CloseableHttpClient client = builder.build();
        ClassicHttpResponse response = client.executeOpen(null, new HttpGet(url()), null)) {
      assertThat(response.getCode()).isEqualTo(302);
    }
  }

  private String url() {
    return "http://localhost:" + network.port() + "/";
  }

  private String get(CloseableHttpClient client) throws IOException {
    return send(client, new HttpGet(url()));
  }

  private static String send(CloseableHttpClient client, ClassicHttpRequest request)
      throws IOException {
    return client.execute(request, response -> EntityUtils.toString(response.getEntity()));
  }

  private void readSlowly(CloseableHttpClient client) throws IOException {
    try (ClassicHttpResponse response = client.executeOpen(null, new HttpGet(url()), null);
        InputStream body = response.getEntity().getContent()) {
      byte[] piece = new byte[64];
      int count = body.read(piece);
      while (count >= 0) {
        count = body.read(piece);
      }
    }
  }

  /** A document that does not fit into memory. */
  private static final class OutOfMemory extends InputStream {
    @Override
    public int read() {
      throw new OutOfMemoryError("expected by the test");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return read();
    }
  }
}
