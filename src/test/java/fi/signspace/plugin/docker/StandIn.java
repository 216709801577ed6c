package fi.signspace.plugin.docker;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;

/**
 * SignSpace for nodes with the profile production: the sandbox, behind a server that listens on
 * every interface and issues tokens to any client, since production rejects the sandbox's
 * credentials.
 */
final class StandIn implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(6);
  private static final String SIGNER = "anna@example.com";

  private final Node sandbox = Nodes.engineWithSandbox();
  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  void start() throws IOException, InterruptedException {
    sandbox.start();
    sandbox.awaitReady();
    server.start();
    server.stubFor(post("/token").willReturn(okJson(sandboxToken())));
    server.stubFor(
        any(urlMatching("/sandbox/.*"))
            .willReturn(aResponse().proxiedFrom("http://localhost:" + sandbox.port())));
  }

  private String sandboxToken() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:%d/sandbox/auth/token".formatted(sandbox.port())))
            .header(
                "Authorization",
                "Basic "
                    + HttpHeaders.encodeBasicAuth("sandbox", "sandbox", StandardCharsets.UTF_8))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /**
   * The settings of a node, except the client secret.
   *
   * @param host the name of this machine at the node
   */
  Map<String, String> settings(String host) {
    String url = "http://%s:%d".formatted(host, server.port());
    return new TreeMap<>(
        Map.of(
            "SIGNSPACE_API_URL",
            url + "/sandbox/api/v1",
            "SIGNSPACE_TOKEN_URL",
            url + "/token",
            "SIGNSPACE_CLIENT_ID",
            "of-this-test",
            "SIGNSPACE_ACTING_HANDLE",
            "robot@sandbox.example"));
  }

  /** Starts a process whose business key is the title. */
  String startRequest(EngineRest engine, String title) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", title);
    EngineRest.putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease of a flat"));
    EngineRest.putJson(
        variables,
        "participants",
        "[{\"handle\": \"%s\", \"role\": \"signer\"}]".formatted(SIGNER));
    EngineRest.putString(variables, "statusCheckInterval", "PT1S");
    return engine.start(title, variables);
  }

  /** Waits for the signing request, signs it, and waits for the end of the process. */
  void expectSignature(EngineRest engine, String instance, String title) {
    sign(title);
    expectEnd(engine, instance, title);
  }

  /** Waits for the signing request and signs it. */
  void sign(String title) {
    SandboxControl control = new SandboxControl(sandbox.port());
    await().atMost(LIMIT).until(() -> !control.requests(title).isEmpty());
    control.sign(control.requests(title).get(0).get("_id").asText(), SIGNER);
  }

  /** Waits until the process has its signed documents; there is one signing request. */
  void expectEnd(EngineRest engine, String instance, String title) {
    SandboxControl control = new SandboxControl(sandbox.port());
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(engine.endOf(instance)).contains("endEvent_signed"));
    assertThat(control.requests(title)).hasSize(1);
  }

  @Override
  public void close() {
    server.stop();
    sandbox.kill();
  }
}
