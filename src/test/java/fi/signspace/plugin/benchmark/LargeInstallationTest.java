package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient;
import fi.signspace.plugin.e2e.EngineRest;
import fi.signspace.plugin.e2e.Login;
import fi.signspace.plugin.process.SigningProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long the lists take in an installation with many finished and waiting requests. */
@Tag("benchmark")
class LargeInstallationTest {

  private static final int FINISHED = Integer.getInteger("benchmark.finished", 100_000);
  private static final int WAITING = Integer.getInteger("benchmark.waiting", 20_000);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long HALF_A_YEAR = Duration.ofDays(179).toSeconds();
  private static final int REPETITIONS = 40;

  private static final Login CLERK = new Login("clara", "of-the-clerk");

  @Test
  void every_list_is_there_at_once() throws SQLException {
    try (Database database = new Database();
        Application application = new Application("large", environment(database))) {
      long start = System.nanoTime();
      fill(application, database);
      Figures.add("large installation: created in", (System.nanoTime() - start) / 1e9, "s");

      Map<String, Double> times = new LinkedHashMap<>();
      pages(application).forEach((what, page) -> times.put(what, slowTime(page)));
      times.forEach(
          (what, time) -> Figures.add("large installation: " + what, time, "ms", "below 300"));
      assertThat(times).allSatisfy((what, time) -> assertThat(time).as(what).isLessThan(300));
    }
  }

  private static Map<String, String> environment(Database database) {
    Map<String, String> environment = new TreeMap<>(database.environment());
    environment.put("SIGNSPACE_SWEEP_ENABLED", "false");
    environment.put("SIGNSPACE_STATUS_CHECK_FIRST_WAIT", "12h");
    environment.put("SIGNSPACE_MAIL_EVENTS", "");
    environment.put("SIGNSPACE_USERS_CLARA_PASSWORD", CLERK.password());
    environment.put("SIGNSPACE_USERS_CLARA_GROUPS", "signing-clerks");
    return environment;
  }

  private static void fill(Application application, Database database) throws SQLException {
    Load load = new Load(application, SigningProcess.KEY);
    String waiting = load.start("Waiting");
    String cancelled = load.start("Cancelled");
    String signed = load.start("Signed");
    for (String instance : List.of(waiting, cancelled, signed)) {
      await()
          .atMost(PATIENCE)
          .until(() -> application.engine().userTasks(instance).contains("userTask_manageSigning"));
    }
    application
        .sandbox()
        .act(
            (String) application.engine().variablesOf(cancelled).get("signingRequestId"), "cancel");
    application
        .sandbox()
        .sign(
            (String) application.engine().variablesOf(signed).get("signingRequestId"),
            "anna@example.com");
    for (String businessKey : List.of("Cancelled", "Signed")) {
      application.engine().message("checkStatus", businessKey, null);
    }
    await()
        .atMost(PATIENCE)
        .until(
            () -> application.engine().userTasks(cancelled).contains("userTask_decideCancelled"));
    await().atMost(PATIENCE).until(() -> application.engine().endOf(signed).isPresent());
    database.connected(
        connection -> {
          InstanceCopies copies = new InstanceCopies(connection);
          copies.make(signed, 1, FINISHED, HALF_A_YEAR);
          copies.make(waiting, FINISHED + 1, WAITING * 19 / 20, HALF_A_YEAR);
          copies.make(cancelled, FINISHED + WAITING + 1, WAITING / 20, HALF_A_YEAR);
        });
    database.vacuum();
  }

  private static Map<String, Runnable> pages(Application application) {
    Map<String, Runnable> pages = new LinkedHashMap<>();
    ApiClient clerk = application.api(CLERK);
    EngineRest tasklist = application.engine(CLERK);
    EngineRest cockpit = application.engine();
    String requests = "/api/signing-requests";
    Map<String, String> searches = new LinkedHashMap<>();
    searches.put("first page", "");
    searches.put("last page", "?size=25&page=" + ((FINISHED + WAITING) / 25 - 1));
    searches.put("signed documents, by their end", "?status=signed&sort=-endedAt&size=20");
    searches.put("one business key", "?businessKey=Signed%204711");
    searches.put("sorted by business key", "?sort=businessKey");
    searches.put("a part of the title, common", "?search=signed");
    searches.put("a part of the title, of one", "?search=igned%204711");
    for (String status :
        List.of("working", "awaiting", "needsDecision", "signed", "cancelled", "removed")) {
      searches.put(status, "?status=" + status);
    }
    searches.forEach(
        (what, search) ->
            pages.put(
                "requests, " + what,
                () -> assertThat(clerk.getPath(requests + search).status()).isEqualTo(200)));
    for (JsonNode filter : tasklist.get("/filter")) {
      String path = "/filter/" + filter.get("id").asText();
      String name = "Tasklist, " + filter.get("name").asText();
      pages.put(name + ", count", () -> tasklist.get(path + "/count"));
      pages.put(name + ", list", () -> tasklist.get(path + "/list?firstResult=0&maxResults=15"));
    }
    for (String path :
        List.of(
            "/process-definition/statistics?incidents=true",
            "/process-instance/count?rootProcessInstances=true",
            "/history/process-instance?processDefinitionKey=signing-request&finished=true&sortBy=endTime&sortOrder=desc&maxResults=20",
            "/history/process-instance?processDefinitionKey=signing-request&sortBy=startTime&sortOrder=desc&maxResults=50",
            "/history/activity-instance?activityType=serviceTask&finished=true&sortBy=endTime&sortOrder=desc&maxResults=20",
            "/history/external-task-log?failureLog=true&sortBy=timestamp&sortOrder=desc&maxResults=50",
            "/external-task?noRetriesLeft=true&maxResults=1000",
            "/task/count?unassigned=true",
            "/incident/count")) {
      pages.put("Cockpit, " + path, () -> cockpit.get(path));
    }
    ObjectNode unfinished = EngineRest.variables().put("processDefinitionKey", SigningProcess.KEY);
    unfinished
        .put("unfinished", true)
        .withArray("activeActivityIdIn")
        .add("userTask_manageSigning");
    pages.put(
        "Cockpit, waiting, count",
        () -> cockpit.post("/history/process-instance/count", unfinished));
    ObjectNode oldest = unfinished.deepCopy();
    oldest.withArray("sorting").addObject().put("sortBy", "startTime").put("sortOrder", "asc");
    pages.put(
        "Cockpit, waiting, oldest",
        () -> cockpit.post("/history/process-instance?maxResults=1", oldest));
    pages.put(
        "metrics",
        () ->
            assertThat(application.api().getPath("/actuator/prometheus").status()).isEqualTo(200));
    return pages;
  }

  /** The 95th percentile in milliseconds. */
  private static double slowTime(Runnable page) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      page.run();
      times.add(System.nanoTime() - start);
    }
    times.sort(null);
    return times.get(REPETITIONS * 95 / 100 - 1) / 1e6;
  }
}
