package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The start time and the idle load of a node. */
@Tag("benchmark")
class IdleTest {

  private static final int LOOPS = 4;

  @Test
  void a_combined_node_starts_fast_and_polls_rarely() {
    try (Application application =
        new Application("idle", Map.of("SPRING_DATASOURCE_URL", "jdbc:h2:mem:idle"))) {
      double start = application.startTime().toMillis() / 1000.0;
      double calls = callsInAMinute(application) / (double) LOOPS;

      Figures.add("all in one: from start to ready", start, "s", "below 12");
      Figures.add("idle: engine calls a minute for each task client", calls, "", "below 10");
      assertThat(start).isLessThan(12);
      assertThat(calls).isLessThan(10);
    }
  }

  @Test
  void a_worker_starts_fast() {
    try (Application engine = new Application("idle-engine", Application.ENGINE_ONLY)) {
      // the engine of a worker must be idle, not just started
      pass(Duration.ofSeconds(20));
      try (Application worker = new Application("idle-worker", engine.forWorker())) {
        double start = worker.startTime().toMillis() / 1000.0;

        Figures.add("worker: from start to ready", start, "s", "below 5");
        assertThat(start).isLessThan(5);
      }
    }
  }

  /** Measures a minute that starts after the first polls. */
  private static long callsInAMinute(Application application) {
    pass(Duration.ofSeconds(30));
    long before = engineCalls(application);
    pass(Duration.ofMinutes(1));
    return engineCalls(application) - before;
  }

  private static void pass(Duration time) {
    await().atMost(time.multipliedBy(2)).pollDelay(time).until(() -> true);
  }

  private static long engineCalls(Application application) {
    return application.calls(call -> call.contains("/engine-rest/"));
  }
}
