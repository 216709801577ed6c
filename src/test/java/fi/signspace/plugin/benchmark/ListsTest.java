package fi.signspace.plugin.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.e2e.ApiClient;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.e2e.ApiClient.Response;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A list with a document of 200 kB for each row: its speed, its memory, and who waits behind it;
 * and a list with one document for all rows, until all are signed.
 */
@Tag("benchmark")
class ListsTest {

  private static final int ROWS = Integer.getInteger("benchmark.rows", 1000);
  private static final int WARM_UP = Integer.getInteger("benchmark.warm-up", 1000);
  private static final int SIZE = 200_000;
  private static final int LONE = 5;
  private static final Duration TIMEOUT = Duration.ofMinutes(30);

  private static final String LATE =
      "[{\"operation\": \"*\", \"kind\": \"latency\", \"latency\": \"PT0.1S\"}]";

  @Test
  void a_list_is_sent_quickly_in_little_memory_and_delays_no_one() throws IOException {
    Form form = form();
    try (Database database = new Database();
        Application signSpace = new Application("lists-signspace", Application.ENGINE_ONLY);
        Application application = new Application("lists", environment(database, signSpace))) {
      ApiClient api = application.api();
      new Load(application, "signing-request", signSpace).start(WARM_UP);
      long idle = application.liveHeapKilobytes();
      long rowsBefore = database.settledRowWrites();
      signSpace.sandbox().misbehave(LATE);

      Response accepted = api.startList(form);
      assertThat(accepted.status()).as("%s", accepted.json()).isEqualTo(202);
      String list = "/api/bulk/" + accepted.json().get("id").asText();
      long start = System.nanoTime();
      awaitSent(api, list, ROWS / 3);
      double slowest = 0;
      for (int i = 0; i < LONE; i++) {
        slowest = Math.max(slowest, lone(application, i));
      }
      long sentBefore = sent(api, list);
      long busy = application.liveHeapKilobytes();
      awaitSent(api, list, ROWS);
      double seconds = seconds(start);
      long rows = database.settledRowWrites() - rowsBefore;

      String what = ROWS + " rows with 200 kB each, 100 ms on every call: ";
      double megabytes = Math.max(0, busy - idle) / 1024.0;
      Figures.add(what + "rows sent per second", ROWS / seconds, "", "at least 20");
      Figures.add(what + "heap above idle, after a collection", megabytes, "MB", "at most 100");
      Figures.add(what + "a lone request meanwhile (slowest of 5)", slowest, "s", "below 3");
      Figures.add(what + "rows written for each", (double) rows / (ROWS + LONE), "");
      assertThat(sentBefore).as("the list was being sent meanwhile").isLessThan(ROWS);
      assertThat(megabytes).isLessThanOrEqualTo(100);
      assertThat(slowest).isLessThan(3);
      assertThat(ROWS / seconds).isGreaterThanOrEqualTo(20);
    }
  }

  @Test
  void a_list_with_a_common_document_runs_to_its_end() throws IOException {
    Form form = commonDocument();
    try (Database database = new Database();
        Application signSpace = new Application("common-signspace", Application.ENGINE_ONLY);
        Application application = new Application("common", environment(database, signSpace))) {
      ApiClient api = application.api();
      signSpace.sandbox().misbehave(LATE);
      long start = System.nanoTime();

      Response accepted = api.startList(form);
      assertThat(accepted.status()).as("%s", accepted.json()).isEqualTo(202);
      double validated = seconds(start);
      String list = "/api/bulk/" + accepted.json().get("id").asText();
      awaitSent(api, list, ROWS);
      double sent = seconds(start);
      signAll(signSpace.sandbox());
      await()
          .atMost(TIMEOUT)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> api.getPath(list).json().get("status").asText().equals("done"));

      JsonNode progress = api.getPath(list).json();
      String what = ROWS + " rows with a common document, 100 ms on every call: ";
      Figures.add(what + "validated and stored", validated, "s");
      Figures.add(what + "all sent", sent, "s");
      Figures.add(what + "all signed, downloaded and done", seconds(start), "s");
      assertThat(progress.get("signed").asInt()).as("%s", progress).isEqualTo(ROWS);
      assertThat(signSpace.sandbox().requests()).hasSize(ROWS);
    }
  }

  private static void signAll(SandboxControl sandbox) {
    List<String> ids = new ArrayList<>();
    sandbox.requests().forEach(request -> ids.add(request.get("_id").asText()));
    Load.inParallel(
        ids.size(),
        i -> {
          sandbox.sign(ids.get(i), "anna@example.com");
          return ids.get(i);
        });
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static Form commonDocument() {
    StringBuilder list = new StringBuilder("businessKey;title;signer1\r\n");
    for (int row = 1; row <= ROWS; row++) {
      list.append("common-%1$s;Notice %1$s;anna@example.com\r\n".formatted(row));
    }
    return new Form()
        .list("notices.csv", list.toString().getBytes(UTF_8))
        .document("notice.pdf", Pdfs.withText("Notice"));
  }

  /** SignSpace is another process, since the sandbox keeps every document in memory. */
  private static Map<String, String> environment(Database database, Application signSpace) {
    Map<String, String> environment = new TreeMap<>(database.environment());
    environment.putAll(signSpace.asSignSpace());
    environment.put("CAMUNDA_BPM_ADMIN_USER_ID", Login.DEMO.user());
    environment.put("CAMUNDA_BPM_ADMIN_USER_PASSWORD", Login.DEMO.password());
    return environment;
  }

  private static Form form() throws IOException {
    Random random = new Random(1);
    byte[] pdf = Pdfs.withText("Lease");
    StringBuilder list = new StringBuilder("businessKey;title;signer1;document\r\n");
    ByteArrayOutputStream documents = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(documents)) {
      for (int row = 1; row <= ROWS; row++) {
        byte[] content = new byte[SIZE];
        random.nextBytes(content);
        System.arraycopy(pdf, 0, content, 0, pdf.length);
        zip.putNextEntry(new ZipEntry("lease-%s.pdf".formatted(row)));
        zip.write(content);
        zip.closeEntry();
        list.append("list-%1$s;Lease %1$s;anna@example.com;lease-%1$s.pdf\r\n".formatted(row));
      }
    }
    return new Form()
        .list("leases.csv", list.toString().getBytes(UTF_8))
        .document("leases.zip", documents.toByteArray());
  }

  private static void awaitSent(ApiClient api, String list, int rows) {
    await()
        .atMost(TIMEOUT)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> sent(api, list) >= rows);
  }

  private static long sent(ApiClient api, String list) {
    JsonNode progress = api.getPath(list).json();
    return progress.get("sent").asLong();
  }

  /** The seconds from the start of a single request until it was created in SignSpace. */
  private static double lone(Application application, int number) {
    long start = System.nanoTime();
    String id = new Load(application, "signing-request").start("Lone " + number);
    await()
        .atMost(TIMEOUT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> application.engine().variablesOf(id).containsKey("signingRequestId"));
    return seconds(start);
  }
}
