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

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void a_node_with_512_MB_of_heap_survives_ten_clients(@TempDir Path folder) throws Exception {
    try (Application node = node("large-bodies", folder)) {
      List<Integer> queries = atOnce(post(node, "/engine-rest/task", longQuery()));
      List<Integer> starts =
          atOnce(
              post(
                  node,
                  "/engine-rest/process-definition/key/signing-request/start",
                  startWithDocument()));

      assertThat(queries).isSubsetOf(413, DISCONNECTED);
      assertThat(starts).contains(200).isSubsetOf(200, 503, DISCONNECTED);
      assertThat(node.log()).doesNotContain("OutOfMemoryError");
      HttpRequest readiness =
          HttpRequest.newBuilder(URI.create(node.url() + "/actuator/health/readiness")).build();
      assertThat(status(readiness)).isEqualTo(200);
    }
  }

  @Test
  void a_node_with_512_MB_of_heap_survives_ten_clients_that_read_documents(@TempDir Path folder)
      throws Exception {
    try (Application node = node("read-bodies", folder)) {
      String variables = variablesOfOneStarted(node);
      for (int document = 2; document <= 6; document++) {
        put(node, variables + "/document" + document);
      }

      assertThat(atOnce(get(node, variables))).containsOnly(200);
      assertThat(atOnce(get(node, variables + "/document1/data")))
          .contains(200)
          .isSubsetOf(200, 503);
      assertThat(node.log()).doesNotContain("OutOfMemoryError");
    }
  }

  @Test
  void a_node_with_512_MB_of_heap_survives_clients_that_do_not_read_the_document_they_ask_for(
      @TempDir Path folder) throws Exception {
    List<Socket> clients = new ArrayList<>();
    try (Application node = node("unread-bodies", folder)) {
      String document = variablesOfOneStarted(node) + "/document1/data";
      for (int client = 0; client < 2 * CLIENTS; client++) {
        clients.add(askFor(node, document));
        assertThat(statusLine(clients.get(client))).contains(" 200 ");
      }

      assertThat(status(get(node, document))).isEqualTo(200);
      assertThat(node.log()).doesNotContain("OutOfMemoryError");
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  /** Asks, and reads no more than it has to. */
  private static Socket askFor(Application node, String path) throws IOException {
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

  private String variablesOfOneStarted(Application node) throws Exception {
    String start = "/engine-rest/process-definition/key/signing-request/start";
    HttpResponse<String> started =
        http.send(post(node, start, startWithDocument()), BodyHandlers.ofString());
    String id = new ObjectMapper().readTree(started.body()).path("id").asText();
    return "/engine-rest/process-instance/" + id + "/variables";
  }

  private static Application node(String name, Path folder) {
    Map<String, String> engine =
        Map.of(
            "SPRING_PROFILES_ACTIVE",
            "engine",
            "SIGNSPACE_WORKER_PASSWORD",
            "of-the-workers",
            "SPRING_DATASOURCE_URL",
            "jdbc:h2:file:%s;WRITE_DELAY=0".formatted(folder.resolve("db")));
    return new Application(name, engine, "-Xmx512m");
  }

  private void put(Application node, String path) throws Exception {
    HttpRequest request =
        Login.DEMO
            .applyTo(HttpRequest.newBuilder(URI.create(node.url() + path)))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofByteArray(document()))
            .build();
    assertThat(status(request)).isEqualTo(204);
  }

  private static HttpRequest get(Application node, String path) {
    return Login.DEMO.applyTo(HttpRequest.newBuilder(URI.create(node.url() + path))).build();
  }

  private static HttpRequest post(Application node, String path, byte[] json) {
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
