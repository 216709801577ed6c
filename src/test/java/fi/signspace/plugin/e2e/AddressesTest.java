package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.testkit.Node;
import fi.signspace.plugin.testkit.Nodes;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All configurable URLs changed: TLS, address, context path, engine path. */
@Tag("long")
class AddressesTest {

  private static final String PASSWORD = "of-the-key-store";

  @TempDir private static Path folder;

  private static Map<String, String> settings;
  private static Node node;
  private static HttpClient http;
  private static String server;

  @BeforeAll
  static void start() throws Exception {
    Path keys = folder.resolve("keys.p12");
    makeKeys(keys);
    http = HttpClient.newBuilder().sslContext(trusting(keys)).build();
    settings =
        new TreeMap<>(
            Map.of(
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_SERVLET_CONTEXT_PATH", "/signing",
                "SPRING_JERSEY_APPLICATION_PATH", "/rest",
                "SERVER_SSL_KEYSTORE", keys.toString(),
                "SERVER_SSL_KEYSTOREPASSWORD", PASSWORD,
                "SIGNSPACE_LOOPBACK_PORT", freePort(),
                "SIGNSPACE_STATUS_CHECK_FIRST_WAIT", "1s"));
    node = Nodes.whole("moved", Map.of(), settings);
    server = "https://localhost:" + node.port() + "/signing";
    settings.put("SERVER_PORT", String.valueOf(node.port()));
    node.start();
    await().atMost(Duration.ofMinutes(3)).until(AddressesTest::isHealthy);
  }

  @AfterAll
  static void stop() {
    node.kill();
  }

  @Test
  void a_request_is_signed() {
    EngineRest engine = new EngineRest(node.port()).at(http, server + "/rest");
    SandboxControl sandbox = new SandboxControl(http, server, Login.DEMO);
    RunningCase request = new RunningCase(engine, "case-moved");

    engine.start(request.key(), RunningCase.request("Moved"));
    request.awaitTask("userTask_manageSigning");
    sandbox.sign(request.requestId(), RunningCase.ANNA);
    sandbox.sign(request.requestId(), RunningCase.BERT);

    request.awaitEnd("endEvent_signed");
  }

  @Test
  void the_sandbox_page_and_its_assets_are_served() throws Exception {
    assertThat(body("/sandbox")).contains("href=\"/signing/sandbox/sandbox.css\"");
    assertThat(body("/sandbox/sandbox.css")).isNotEmpty();
    assertThat(body("/sandbox/sandbox.js")).isNotEmpty();
  }

  @Test
  void the_engine_requires_a_login_at_its_new_path() throws Exception {
    var response =
        http.send(
            HttpRequest.newBuilder(URI.create(server + "/rest/engine")).build(),
            BodyHandlers.discarding());

    assertThat(response.statusCode()).isEqualTo(401);
  }

  @Test
  void the_start_log_shows_the_urls() throws Exception {
    assertThat(body("/actuator/info")).contains(server.replace("localhost", "127.0.0.1"));
    assertThat(node.log()).contains("Runs with addresses").doesNotContain("ERROR");
  }

  private static String body(String path) throws Exception {
    HttpRequest request =
        Login.DEMO.applyTo(HttpRequest.newBuilder(URI.create(server + path))).build();
    var response = http.send(request, BodyHandlers.ofString());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response.body();
  }

  /** The URL of the image's health check. */
  private static boolean isHealthy() throws IOException, InterruptedException {
    ProcessBuilder check = new ProcessBuilder("docker/health-check.sh");
    check.environment().putAll(settings);
    return check.start().waitFor() == 0;
  }

  private static void makeKeys(Path keys) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "web",
                "-keyalg",
                "EC",
                "-dname",
                "CN=signing.example",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                keys.toString())
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  private static SSLContext trusting(Path keys) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream content = Files.newInputStream(keys)) {
      store.load(content, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("web", store.getCertificate("web"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }
}
