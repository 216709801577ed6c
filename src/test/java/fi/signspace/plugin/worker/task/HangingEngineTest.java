package fi.signspace.plugin.worker.task;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.testkit.SocketProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every request to the engine times out, including its body. */
@Timeout(60)
class HangingEngineTest {

  private static final int MEGABYTE = 1 << 20;

  @RegisterExtension
  private static final WireMockExtension ENGINE =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().gzipDisabled(true))
          .build();

  private final SocketProxy network = new SocketProxy(ENGINE.getPort());
  private final EngineApi api = api(Duration.ofSeconds(1));

  private EngineApi api(Duration timeout) {
    return new EngineApi(() -> "http://localhost:" + network.port(), timeout, List.of());
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void a_document_that_stalls_times_out_and_is_read_again() throws IOException {
    ENGINE.stubFor(any(anyUrl()).willReturn(ok().withBody(new byte[8 * MEGABYTE])));
    await().ignoreExceptions().until(() -> size("document1") == 8 * MEGABYTE);
    network.freezeAfter(5L * MEGABYTE);

    // on a busy machine, the response may not begin in time either
    assertThatThrownBy(() -> size("document1"))
        .isInstanceOfAny(IOException.class, ExternalTaskClientException.class);

    network.pass();
    await().ignoreExceptions().until(() -> size("document1") == 8 * MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 30_000})
  void a_response_that_stalls_times_out(int after) {
    ENGINE.stubFor(
        any(anyUrl()).willReturn(ok("{\"bpmn20Xml\": \"" + " ".repeat(100_000) + "\"}")));
    network.freezeAfter(after);

    assertThatThrownBy(() -> api.xmlOf("own:1")).isInstanceOf(ExternalTaskClientException.class);
    assertThatThrownBy(() -> api.query("/execution", Map.of()))
        .isInstanceOf(ExternalTaskClientException.class);
    assertThatThrownBy(
            () -> api.setVariables("e1", new Outputs().put(SigningVariables.PROBLEM, "p")))
        .isInstanceOf(ExternalTaskClientException.class);
  }

  @Test
  void an_error_leaves_no_connection_open() {
    ENGINE.stubFor(any(anyUrl()).willReturn(ok().withStatus(500).withBody(new byte[MEGABYTE])));
    EngineApi patient = api(Duration.ofSeconds(20));

    // more often than there are connections
    for (int i = 0; i < 120; i++) {
      assertThatThrownBy(() -> patient.openFile("e1", "document1"))
          .isInstanceOf(ExternalTaskClientException.class)
          .hasMessageContaining("HTTP 500");
    }
  }

  @Test
  void a_document_that_is_not_read_to_its_end_leaves_no_connection_open() throws IOException {
    ENGINE.stubFor(any(anyUrl()).willReturn(ok().withBody(new byte[MEGABYTE])));
    EngineApi patient = api(Duration.ofSeconds(20));

    for (int i = 0; i < 120; i++) {
      try (InputStream content = patient.openFile("e1", "document1")) {
        assertThat(content.read()).isZero();
      }
    }
  }

  private long size(String variable) throws IOException {
    try (InputStream content = api.openFile("e1", variable)) {
      return content.transferTo(OutputStream.nullOutputStream());
    }
  }
}
