package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fi.signspace.plugin.process.SigningProcess;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The number of rows written for a request, and of engine calls by its workers. */
@Tag("benchmark")
class RowsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A request with one document wrote 134 rows before the sealed state. */
  private static final long MAX_ROWS = 120;

  /** The document and its history, each with its bytes, and the saved states. */
  private static final long MAX_ROWS_PER_DOCUMENT = 6;

  /** Reading the document, and occasional lock extensions and saved states. */
  private static final double MAX_CALLS_PER_DOCUMENT = 2.5;

  private static final long MAX_ROWS_OF_A_CHECK = 36;

  /**
   * The measured counts.
   *
   * @param calls of the workers, without fetches
   */
  private record Cost(long rows, long calls) {}

  @Test
  void a_request_costs_rows_and_calls_in_proportion_to_its_documents() {
    try (Database database = new Database()) {
      Map<String, String> environment = new TreeMap<>(database.environment());
      environment.put("SIGNSPACE_SWEEP_ENABLED", "false");
      // each mail is a process of its own
      environment.put("SIGNSPACE_MAIL_EVENTS", "ended");
      try (Application application = new Application("rows", environment)) {
        create(application, database, "warms up", 1);
        check(application, database, "warms up");

        Cost one = create(application, database, "one", 1);
        Cost ten = create(application, database, "ten", 10);
        Cost hundred = create(application, database, "hundred", 100);
        Cost check = check(application, database, "warms up");

        add("1 document, from start to created", one, "fewer than " + MAX_ROWS);
        add("10 documents, from start to created", ten, "");
        add("100 documents, from start to created", hundred, "");
        add("a check without news", check, "at most " + MAX_ROWS_OF_A_CHECK);
        assertThat(one.rows()).isLessThan(MAX_ROWS);
        assertThat(ten.rows()).isLessThanOrEqualTo(one.rows() + 9 * MAX_ROWS_PER_DOCUMENT);
        assertThat(hundred.rows()).isLessThanOrEqualTo(one.rows() + 99 * MAX_ROWS_PER_DOCUMENT);
        assertThat(hundred.calls()).isLessThanOrEqualTo(perDocument(one, 99));
        assertThat(check.rows()).isLessThanOrEqualTo(MAX_ROWS_OF_A_CHECK);
      }
    }
  }

  private static long perDocument(Cost one, int more) {
    return one.calls() + Math.round(more * MAX_CALLS_PER_DOCUMENT);
  }

  private static void add(String what, Cost cost, String goal) {
    Figures.add(what + ": rows written", (double) cost.rows(), "", goal);
    Figures.add(what + ": calls of the engine", (double) cost.calls(), "");
  }

  private static Cost create(
      Application application, Database database, String title, int documents) {
    return cost(
        application,
        database,
        () -> {
          String instance = new Load(application, SigningProcess.KEY).start(title, documents);
          await().atMost(PATIENCE).until(() -> !application.engine().userTasks(instance).isEmpty());
        });
  }

  /** The second check of a request finds the same as the first. */
  private static Cost check(Application application, Database database, String businessKey) {
    return cost(
        application,
        database,
        () -> {
          long before = checks(application);
          application.engine().message("checkStatus", businessKey, null);
          await().atMost(PATIENCE).until(() -> checks(application) > before);
        });
  }

  private static long checks(Application application) {
    return application
        .engine()
        .get("/history/activity-instance/count?finished=true&activityId=serviceTask_checkStatus")
        .get("count")
        .asLong();
  }

  private static Cost cost(Application application, Database database, Runnable work) {
    long rows = database.settledRowWrites();
    long calls = application.calls(RowsTest::isOfAWorker);
    work.run();
    long settled = database.settledRowWrites();
    return new Cost(settled - rows, application.calls(RowsTest::isOfAWorker) - calls);
  }

  private static boolean isOfAWorker(String call) {
    return (call.contains("/engine-rest/external-task/") && !call.endsWith("/fetchAndLock"))
        || call.contains("/engine-rest/process-instance/")
        || call.contains("/engine-rest/execution/")
        || call.endsWith("/engine-rest/history/activity-instance");
  }
}
