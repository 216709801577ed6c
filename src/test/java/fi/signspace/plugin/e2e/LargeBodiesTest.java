package fi.signspace.plugin.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.benchmark.Application;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
      String start = "/engine-rest/process-definition/key/signing-request/start";
      HttpResponse<String> started =
          http.send(post(node, start, startWithDocument()), BodyHandlers.ofString());
      String id = new ObjectMapper().readTree(started.body()).path("id").asText();
      String variables = "/engine-rest/process-instance/" + id + "/variables";
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
