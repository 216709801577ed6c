package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The throughput of many requests, and the latency of a single one. */
@Tag("benchmark")
class ThroughputTest {

  private static final int INSTANCES = 200;

  /** Warms up the server, so that most measured code is compiled. */
  private static final int WARM_UP = Integer.getInteger("benchmark.warm-up", 4000);

  private static final int BURSTS = 5;

  private static final int LONE = 7;

  private static final String LATE =
      "[{\"operation\": \"*\", \"kind\": \"latency\", \"latency\": \"PT0.1S\"}]";

  @Test
  void many_requests_are_created_much_faster_than_with_the_plain_client() {
    Duration plain = plain();
    Duration cold;
    Duration ours;
    double callsPerInstance;
    double lone;
    try (Database database = new Database();
        Application application = new Application("throughput", database.environment())) {
      Load load = new Load(application, "signing-request");
      application.sandbox().misbehave(LATE);
      cold = load.start(INSTANCES);
      application.sandbox().behave();
      load.start(WARM_UP - INSTANCES);
      application.sandbox().misbehave(LATE);
      long before = engineCalls(application);
      ours = Load.median(BURSTS, () -> load.start(INSTANCES));
      callsPerInstance = (double) (engineCalls(application) - before) / INSTANCES / BURSTS;
      lone = seconds(Load.median(LONE, () -> load.start(1)));
    }

    double ratio = (double) plain.toMillis() / ours.toMillis();
    Figures.add("plain way: 200 instances, 100 ms on every call", seconds(plain), "s");
    Figures.add("200 instances, 100 ms on every call (median)", seconds(ours), "s");
    Figures.add("200 instances, 100 ms on every call, the first after a start", seconds(cold), "s");
    Figures.add("200 instances: times as fast as the plain way", ratio, "x", "at least 15");
    Figures.add("lone instance, from start to created (median)", lone, "s", "below 1.5");
    Figures.add("engine calls of the workers per instance until created", callsPerInstance, "");
    assertThat(ratio).isGreaterThanOrEqualTo(15);
    assertThat(lone).isLessThan(1.5);
  }

  private static Duration plain() {
    try (Database database = new Database()) {
      Map<String, String> engineOnly = database.environment();
      engineOnly.put("SPRING_PROFILES_ACTIVE", "engine");
      try (Application engine = new Application("plain-way", engineOnly);
          PlainWay workers = new PlainWay(engine.url(), "demo", "demo")) {
        new Load(engine, PlainWay.WARM_UP).start(WARM_UP);
        engine.sandbox().misbehave(LATE);
        return new Load(engine, PlainWay.PROCESS).start(INSTANCES);
      }
    }
  }

  private static long engineCalls(Application application) {
    return application.calls(
        call -> call.contains("/engine-rest/") && !call.contains("/process-definition/"));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
