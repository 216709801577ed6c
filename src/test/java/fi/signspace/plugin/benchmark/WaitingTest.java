package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.benchmark.WaitingInstances.Waiting;
import fi.signspace.plugin.e2e.EngineRest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cost of many waiting requests. */
@Tag("benchmark")
class WaitingTest {

  private static final int CHECKED = 1000;
  private static final int SWEPT = Integer.getInteger("benchmark.waiting", 10_000);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  @Test
  void checks_that_are_due_together_share_calls() {
    Map<String, String> environment = new TreeMap<>(Application.RARE_CHECKS);
    environment.put("SIGNSPACE_SWEEP_ENABLED", "false");
    environment.put("SPRING_DATASOURCE_URL", "jdbc:h2:mem:checks");
    try (Application application = new Application("checks", environment)) {
      Instant due = Instant.now().plus(Duration.ofSeconds(90));
      WaitingInstances.start(application, CHECKED, due);
      assertThat(Instant.now()).as("all are waiting before the first check is due").isBefore(due);
      int before = calls(application);

      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> WaitingInstances.checked(application) == CHECKED);

      int calls = calls(application) - before;
      Figures.add("tasks.get calls for 1,000 checks due together", calls, "", "at most 12");
      assertThat(calls).isLessThanOrEqualTo(12);
    }
  }

  @Test
  void a_sweep_makes_few_calls_and_writes_nothing_for_unchanged_requests() {
    try (Database database = new Database();
        Application application = new Application("sweep", database.environment())) {
      long ownRows = rowsWrittenBySweep(application, database);
      WaitingInstances waiting =
          WaitingInstances.start(application, SWEPT, Instant.now().plus(Duration.ofDays(1)));
      sweep(application); // warms up

      long rows = rowsWrittenBySweep(application, database);
      awaitEndOfSweep(application);
      int before = calls(application);
      Sweep sweep = sweep(application);
      int calls = calls(application) - before;
      double cpu = cpuBetweenSweeps(application);
      double noticed = secondsUntilNoticed(application, waiting.all().subList(0, 5));

      String what = "%,d waiting: ".formatted(SWEPT);
      Figures.add(what + "a sweep takes", sweep.millis() / 1000.0, "s", "below 20");
      Figures.add(what + "tasks.get calls of a sweep", calls, "", "at most 110");
      Figures.add(
          what + "rows that a sweep without changes writes", (double) rows, "", "its own only");
      Figures.add("0 waiting: rows that a sweep writes, all its own", (double) ownRows, "");
      Figures.add(what + "CPU between sweeps", cpu, "% of a core", "below 10");
      Figures.add(what + "from the signature to the end of the process", noticed, "s");
      assertThat(sweep.waiting()).isEqualTo(SWEPT);
      assertThat(sweep.changed()).isZero();
      assertThat(calls).isLessThanOrEqualTo(SWEPT / 100 * 11 / 10);
      assertThat(sweep.millis()).isLessThan(20_000);
      assertThat(rows).as("rows, %d of them its own", ownRows).isLessThan(ownRows + SWEPT / 100);
      assertThat(cpu).isLessThan(10);
    }
  }

  /** The measurements of one sweep. */
  private record Sweep(long millis, int waiting, int changed) {}

  /** Starts a sweep, and repeats it if the timer's sweep has interfered. */
  private static Sweep sweep(Application application) {
    EngineRest engine = application.engine();
    while (true) {
      String id = engine.start("signing-status-sweep", "benchmark", EngineRest.variables());
      JsonNode ended =
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(500))
              .until(
                  () -> engine.get("/history/process-instance/" + id),
                  instance -> !instance.path("endTime").isNull());
      Map<String, Object> results = engine.variablesOf(id);
      if (!results.containsKey("brokenOff")) {
        return new Sweep(
            ended.get("durationInMillis").asLong(),
            (Integer) results.get("waitingRequests"),
            (Integer) results.get("changedRequests"));
      }
    }
  }

  private static long rowsWrittenBySweep(Application application, Database database) {
    awaitEndOfSweep(application);
    long before = database.transaction();
    sweep(application);
    return database.rowsWrittenAfter(before);
  }

  private static double cpuBetweenSweeps(Application application) {
    Duration window = Duration.ofSeconds(20);
    awaitEndOfSweep(application);
    Duration before = application.cpuTime();
    await().atMost(PATIENCE).pollInSameThread().pollDelay(window).until(() -> true);
    double used = application.cpuTime().minus(before).toMillis();
    return 100 * used / window.toMillis();
  }

  /** A sweep started by the timer, so that the next one is almost a minute away. */
  private static void awaitEndOfSweep(Application application) {
    int sweeps = sweeps(application);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> sweeps(application) > sweeps);
  }

  private static int sweeps(Application application) {
    return application
        .engine()
        .get(
            "/history/process-instance/count?processDefinitionKey=signing-status-sweep&finished=true")
        .get("count")
        .asInt();
  }

  private static double secondsUntilNoticed(Application application, List<Waiting> some) {
    long start = System.nanoTime();
    some.forEach(each -> application.sandbox().sign(each.requestId(), "anna@example.com"));
    ObjectNode query = EngineRest.variables().put("finished", true);
    some.forEach(each -> query.withArray("processInstanceIds").add(each.instanceId()));
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () ->
                application
                        .engine()
                        .post("/history/process-instance/count", query)
                        .get("count")
                        .asInt()
                    == some.size());
    return (System.nanoTime() - start) / 1e9;
  }

  private static int calls(Application application) {
    return application
        .sandbox()
        .calls(1)
        .get("operations")
        .path("tasks.get")
        .path("received")
        .asInt();
  }
}
