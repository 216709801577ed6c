package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The basis for the default thread counts: the same load with fewer and with more threads. */
@Tag("benchmark")
class SettingsTest {

  private static final int WARM_UP = 600;
  private static final int INSTANCES = 200;
  private static final int BURSTS = 3;
  private static final int TIMERS = 1000;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final String LATE =
      "[{\"operation\": \"*\", \"kind\": \"latency\", \"latency\": \"PT0.3S\"}]";

  @ParameterizedTest
  @ValueSource(strings = {"4", "8", "16", "32"})
  void a_burst_with_the_given_number_of_worker_threads(String threads) {
    try (Database database = new Database()) {
      Map<String, String> environment = database.environment();
      environment.put("SIGNSPACE_WORKER_REQUEST_THREADS", threads);
      environment.put("SIGNSPACE_WORKER_DOCUMENT_THREADS", threads);
      try (Application application = new Application("threads-" + threads, environment)) {
        Load load = new Load(application, "signing-request");
        load.start(WARM_UP);
        application.sandbox().misbehave(LATE);

        Duration burst = Load.median(BURSTS, () -> load.start(INSTANCES));

        Figures.add(
            "%s threads of each kind: 200 instances, 300 ms on every call".formatted(threads),
            burst.toMillis() / 1000.0,
            "s");
        assertThat(burst).isPositive();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "4", "8", "16"})
  void simultaneous_timers_with_the_given_number_of_job_threads(String threads) {
    try (Database database = new Database()) {
      Map<String, String> environment = database.environment();
      environment.put("SIGNSPACE_SWEEP_ENABLED", "false");
      environment.put("CAMUNDA_BPM_JOB_EXECUTION_CORE_POOL_SIZE", threads);
      environment.put("CAMUNDA_BPM_JOB_EXECUTION_MAX_POOL_SIZE", threads);
      try (Application application = new Application("jobs-" + threads, environment)) {
        Instant due = Instant.now().plus(Duration.ofSeconds(90));
        WaitingInstances.start(application, TIMERS, due);
        assertThat(Instant.now()).as("all wait before the first timer is due").isBefore(due);

        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> WaitingInstances.checked(application) == TIMERS);

        Figures.add(
            "%s job threads: 1,000 timers, from due to checked".formatted(threads),
            Duration.between(due, Instant.now()).toMillis() / 1000.0,
            "s");
      }
    }
  }
}
