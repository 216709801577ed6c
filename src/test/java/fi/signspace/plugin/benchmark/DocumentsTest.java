package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Pdfs;
import fi.signspace.plugin.e2e.SandboxControl;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Resources for large documents and many documents. */
@Tag("benchmark")
class DocumentsTest {

  private static final String ANNA = "anna@example.com";
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MEGABYTE = 1 << 20;
  private static final int LARGE = 59 * MEGABYTE;
  private static final int KEPT = 20;

  /** In megabytes: the memory limit in docker/compose.yaml, and the heap, which is 65 % of it. */
  private static final int CONTAINERS_MEMORY = 3 << 10;

  private static final String CONTAINERS_HEAP = "-Xmx%dm".formatted(CONTAINERS_MEMORY * 65 / 100);
  private static final int CHECKED = 100;

  @Test
  void three_large_documents_at_once_pass_a_small_worker() {
    try (Application engine = new Application("large-engine", Application.ENGINE_ONLY, "-Xmx4g")) {
      try (Application worker = new Application("large-worker", engine.forWorker(), "-Xmx640m")) {
        long idle = worker.peakMegabytes();
        List<String> instances = Load.inParallel(3, i -> start(engine.engine(), LARGE, i));
        signAndAwaitEnd(engine, instances);

        double each = (worker.peakMegabytes() - idle) / 3.0 / 59;
        Figures.add("worker: memory for each of three documents of 59 MB", each, "x its size", "3");
        Figures.add("worker: peak memory", (double) worker.peakMegabytes(), "MB");
        assertThat(each).isLessThan(4);
      }
    }
  }

  /** A combined node, whose heap also contains the sandbox's copies of the documents. */
  @Test
  void three_large_documents_at_once_pass_a_node_with_the_memory_of_the_container() {
    try (Database database = new Database();
        Application application =
            new Application("large-all-in-one", database.environment(), CONTAINERS_HEAP)) {
      List<String> instances = Load.inParallel(3, i -> start(application.engine(), LARGE, i));
      signAndAwaitEnd(application, instances);

      long peak = application.peakMegabytes();
      Figures.add(
          "all in one, three documents of 59 MB: peak memory",
          (double) peak,
          "MB",
          "below %,d".formatted(CONTAINERS_MEMORY));
      assertThat(peak).isLessThan(CONTAINERS_MEMORY);
    }
  }

  @Test
  void a_finished_instance_keeps_its_documents_once() {
    try (Database database = new Database();
        Application application = new Application("growth", database.environment())) {
      long before = database.size();
      List<String> instances = Load.inParallel(KEPT, i -> start(application.engine(), MEGABYTE, i));
      signAndAwaitEnd(application, instances);

      double each = (database.size() - before) / (double) KEPT / MEGABYTE;
      Figures.add("database growth of a finished instance with 1 MB", each, "MB", "2 and a little");
      assertThat(each).isLessThan(3);
    }
  }

  @Test
  void a_check_without_changes_adds_little_to_the_database() {
    try (Database database = new Database()) {
      Map<String, String> environment = database.environment();
      environment.put("SIGNSPACE_SWEEP_ENABLED", "false");
      try (Application application = new Application("checked", environment)) {
        Load.inParallel(CHECKED, i -> start(application.engine(), 10 << 10, i));
        awaitChecks(application, 2 * CHECKED);
        long before = database.size();
        int checksBefore = checks(application);
        awaitChecks(application, checksBefore + 10 * CHECKED);

        int checks = checks(application) - checksBefore;
        double each = (database.size() - before) / (double) checks / (1 << 10);
        Figures.add("database growth of a check without news", each, "kB");
        assertThat(each).isPositive().isLessThan(15);
      }
    }
  }

  private static void awaitChecks(Application application, int count) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> checks(application) >= count);
  }

  private static int checks(Application application) {
    return application
        .engine()
        .get("/history/activity-instance/count?finished=true&activityId=serviceTask_checkStatus")
        .get("count")
        .asInt();
  }

  private static String start(EngineRest engine, int size, int number) {
    ObjectNode variables = EngineRest.variables();
    EngineRest.putString(variables, "title", "Document " + number);
    EngineRest.putString(variables, "statusCheckInterval", "PT5S");
    EngineRest.putFile(variables, "document1", "document.pdf", document(size));
    EngineRest.putJson(
        variables, "participants", "[{\"handle\": \"%s\", \"role\": \"signer\"}]".formatted(ANNA));
    return engine.start("documents", variables);
  }

  /** A PDF with incompressible content, like scanned pages. */
  private static byte[] document(int size) {
    try (PDDocument pdf = Loader.loadPDF(Pdfs.withText("A long document"))) {
      COSStream scan = pdf.getDocument().createCOSStream();
      try (OutputStream content = scan.createRawOutputStream()) {
        byte[] noise = new byte[size];
        new Random(1).nextBytes(noise);
        content.write(noise);
      }
      pdf.getDocumentCatalog().getCOSObject().setItem("Scan", scan);
      ByteArrayOutputStream document = new ByteArrayOutputStream();
      pdf.save(document);
      return document.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signAndAwaitEnd(Application application, List<String> instances) {
    SandboxControl sandbox = application.sandbox();
    ObjectNode query = EngineRest.variables().put("finished", true);
    instances.forEach(query.withArray("processInstanceIds")::add);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(2))
        .until(
            () -> {
              for (JsonNode request : sandbox.requests()) {
                if (request.get("participants").get(0).get("can_sign").asBoolean()) {
                  sandbox.sign(request.get("_id").asText(), ANNA);
                }
              }
              return application
                      .engine()
                      .post("/history/process-instance/count", query)
                      .get("count")
                      .asInt()
                  == instances.size();
            });
  }
}
