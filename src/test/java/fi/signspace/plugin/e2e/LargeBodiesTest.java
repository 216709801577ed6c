package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.benchmark.Application;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent large documents, sent and read, and a node with little memory. */
@Tag("long")
class LargeBodiesTest {

  private static final int CLIENTS = 10;
  private static final int MEGABYTE = 1024 * 1024;

  /** A node may disconnect a client that keeps sending a rejected body. */
  private static final int DISCONNECTED = -1;

  @TempDir private static Path folder;
  private static Application node;

  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    Map<String, String> engine =
        Map.of(
            "SPRING_PROFILES_ACTIVE",
            "engine",
            "SIGNSPACE_WORKER_PASSWORD",
            "of-the-workers",
            "SPRING_DATASOURCE_URL",
            "jdbc:h2:file:%s;WRITE_DELAY=0".formatted(folder.resolve("db")));
    node = new Application("large-bodies", engine, "-Xmx512m");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @AfterEach
  void expectSurvival() throws Exception {
    assertThat(node.log()).doesNotContain("OutOfMemoryError");
    HttpRequest readiness =
        HttpRequest.newBuilder(URI.create(node.url() + "/actuator/health/readiness")).build();
    assertThat(status(readiness)).isEqualTo(200);
  }

  @Test
  void a_node_with_512_MB_of_heap_survives_ten_clients() throws Exception {
    List<Integer> queries = atOnce(post("/engine-rest/task", longQuery()));
    List<Integer> starts =
        atOnce(
            post("/engine-rest/process-definition/key/signing-request/start", startWithDocument()));

    assertThat(queries).isSubsetOf(413, DISCONNECTED);
    assertThat(starts).contains(200).isSubsetOf(200, 503, DISCONNECTED);
  }

  @Test
  void a_node_with_512_MB_of_heap_survives_ten_clients_that_read_documents() throws Exception {
    String variables = variablesOfOneStarted();
    for (int document = 2; document <= 6; document++) {
      put(variables + "/document" + document);
    }

    assertThat(atOnce(get(variables))).containsOnly(200);
    assertThat(atOnce(get(variables + "/document1/data"))).contains(200).isSubsetOf(200, 503);
  }

  @Test
  void a_node_with_512_MB_of_heap_survives_clients_that_do_not_read_the_document_they_ask_for()
      throws Exception {
    List<Socket> clients = new ArrayList<>();
    try {
      String document = variablesOfOneStarted() + "/document1/data";
      for (int client = 0; client < 2 * CLIENTS; client++) {
        clients.add(askFor(document));
        assertThat(statusLine(clients.get(client))).contains(" 200 ");
      }

      assertThat(status(get(document))).isEqualTo(200);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** Asks, and reads no more than it has to. */
  private static Socket askFor(String path) throws IOException {
    URI url = URI.create(node.url());
    Socket client = new Socket();
    client.setReceiveBufferSize(1024);
    client.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    client.connect(new InetSocketAddress(url.getHost(), url.getPort()));
    client
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n\r\n"
                .formatted(path, Login.DEMO.authorization())
                .getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  private static String statusLine(Socket client) throws IOException {
    return new String(client.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
  }

  private String variablesOfOneStarted() throws Exception {
    String start = "/engine-rest/process-definition/key/signing-request/start";
    HttpResponse<String> started =
        http.send(post(start, startWithDocument()), BodyHandlers.ofString());
    String id = new ObjectMapper().readTree(started.body()).path("id").asText();
    return "/engine-rest/process-instance/" + id + "/variables";
  }

  private void put(String path) throws Exception {
    HttpRequest request =
        Login.DEMO
            .applyTo(HttpRequest.newBuilder(URI.create(node.url() + path)))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(document()))
            .build();
    assertThat(status(request)).isEqualTo(204);
  }

  private static HttpRequest get(String path) {
    return Login.DEMO.applyTo(HttpRequest.newBuilder(URI.create(node.url() + path))).build();
  }

  private static HttpRequest post(String path, byte[] json) {
    return Login.DEMO
        .applyTo(HttpRequest.newBuilder(URI.create(node.url() + path)))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json))
        .build();
  }

  private static byte[] longQuery() {
    return "{\"nameLike\": \"%s\"}"
        .formatted("x".repeat(234 * MEGABYTE))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] startWithDocument() {
    return "{\"variables\": {\"document1\": %s}}"
        .formatted(new String(document(), StandardCharsets.US_ASCII))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] document() {
    byte[] document = new byte[30 * MEGABYTE];
    byte[] head = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, document, 0, head.length);
    return """
        {"type": "File", "value": "%s",
          "valueInfo": {"filename": "lease.pdf", "mimeType": "application/pdf"}}
        """
        .formatted(Base64.getEncoder().encodeToString(document))
        .getBytes(StandardCharsets.UTF_8);
  }

  private List<Integer> atOnce(HttpRequest request) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      Callable<Integer> client = () -> status(request);
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> status : clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
        statuses.add(status.get());
      }
      return statuses;
    } finally {
      clients.shutdownNow();
    }
  }

  private int status(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return DISCONNECTED;
    }
  }
}
