package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.process.SigningProcess;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many rows PostgreSQL writes for a request. */
@Tag("benchmark")
class RowsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  void a_request_writes_rows_in_proportion_to_its_documents() {
    try (Database database = new Database()) {
      Map<String, String> environment = new TreeMap<>(database.environment());
      environment.put("SIGNSPACE_SWEEP_ENABLED", "false");
      try (Application application = new Application("rows", environment)) {
        rows(application, database, 1); // warms up

        long one = rows(application, database, 1);
        long hundred = rows(application, database, 100);

        Figures.add("1 document: rows written from start to created", (double) one, "");
        Figures.add("100 documents: rows written from start to created", (double) hundred, "");
        assertThat(hundred).isLessThan(one + 100 * 10);
      }
    }
  }

  private static long rows(Application application, Database database, int documents) {
    long before = database.settledRowWrites();
    String instance =
        new Load(application, SigningProcess.KEY).start("Rows " + documents, documents);
    await().atMost(PATIENCE).until(() -> !application.engine().userTasks(instance).isEmpty());
    return database.settledRowWrites() - before;
  }
}
