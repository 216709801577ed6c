package fi.signspace.plugin.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.e2e.Login;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How near the product is to the engine's own limit: bursts in turn with an {@linkplain
 * EmptyApplication empty Camunda application}, after a start and warm. SignSpace is simulated in a
 * third process, 100 ms for each call.
 */
@Tag("benchmark")
class LimitTest {

  private static final int BURST = 200;
  private static final int WARM_UP = Integer.getInteger("benchmark.warm-up", 2000);
  private static final int STARTS = Integer.getInteger("benchmark.starts", 3);
  private static final int WARM_BURSTS = Integer.getInteger("benchmark.bursts", 5);

  /** The rates that docs/performance.md records, of the empty application's. */
  private static final double COLD = 0.62;

  private static final double WARM = 0.51;

  /** What a busy machine may cost; a smaller part of a recorded rate is a regression. */
  private static final double TOLERATED = 2.0 / 3;

  private static final String LATE =
      "[{\"operation\": \"*\", \"kind\": \"latency\", \"latency\": \"PT0.1S\"}]";

  /**
   * A burst of instances until their requests are created.
   *
   * @param rate instances per second
   * @param cpu seconds of CPU time for each, of the application alone
   */
  private record Burst(double rate, double cpu) {}

  /** A contestant that has just started. */
  private record Contestant(Application application, Load load) implements AutoCloseable {

    Burst burst() {
      Duration before = application.cpuTime();
      Duration time = load.start(BURST);
      Duration cpu = application.cpuTime().minus(before);
      return new Burst(BURST * 1000.0 / time.toMillis(), cpu.toMillis() / 1000.0 / BURST);
    }

    void warmUp() {
      load.start(WARM_UP);
    }

    @Override
    public void close() {
      application.close();
    }
  }

  @Test
  void on_h2_in_memory() {
    compare("H2", Application.RARE_CHECKS, Map.of());
  }

  @Test
  void on_postgresql() {
    try (Database ours = new Database();
        Database empty = new Database()) {
      compare("PostgreSQL", ours.environment(), empty.environment());
    }
  }

  private static void compare(
      String database, Map<String, String> oursSettings, Map<String, String> emptySettings) {
    List<Double> starts = new ArrayList<>();
    List<Burst> oursCold = new ArrayList<>();
    List<Burst> emptyCold = new ArrayList<>();
    List<Burst> oursWarm = new ArrayList<>();
    List<Burst> emptyWarm = new ArrayList<>();
    try (Application signSpace = new Application("limit-signspace", Application.ENGINE_ONLY)) {
      signSpace.sandbox().misbehave(LATE);
      for (int start = 1; start <= STARTS; start++) {
        try (Contestant empty = empty(signSpace, emptySettings);
            Contestant ours = ours(signSpace, oursSettings)) {
          starts.add(seconds(ours) / seconds(empty));
          emptyCold.add(empty.burst());
          oursCold.add(ours.burst());
          if (start == STARTS && WARM_BURSTS > 0) {
            empty.warmUp();
            ours.warmUp();
            for (int burst = 0; burst < WARM_BURSTS; burst++) {
              emptyWarm.add(empty.burst());
              oursWarm.add(ours.burst());
            }
          }
        }
      }
    }

    addRatio(
        database + ": from start to ready, times the empty application", starts, "at most 1.2");
    double cold = add(database + ", the first 200", oursCold, emptyCold);
    assertThat(cold).isGreaterThan(TOLERATED * COLD);
    if (WARM_BURSTS > 0) {
      double warm = add(database + ", warm", oursWarm, emptyWarm);
      assertThat(warm).isGreaterThan(TOLERATED * WARM);
    }
  }

  private static Contestant ours(Application signSpace, Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.putAll(signSpace.asSignSpace());
    environment.put("CAMUNDA_BPM_ADMIN_USER_ID", Login.DEMO.user());
    environment.put("CAMUNDA_BPM_ADMIN_USER_PASSWORD", Login.DEMO.password());
    Application application = new Application("limit-ours", environment);
    return new Contestant(application, new Load(application, "signing-request", signSpace));
  }

  private static Contestant empty(Application signSpace, Map<String, String> settings) {
    Map<String, String> environment = new TreeMap<>(settings);
    environment.put("SANDBOX_URL", signSpace.url());
    Application application = Application.empty("limit-empty", environment);
    return new Contestant(application, new Load(application, EmptyApplication.PROCESS, signSpace));
  }

  private static double seconds(Contestant contestant) {
    return contestant.application().startTime().toMillis() / 1000.0;
  }

  /** Adds both contestants' figures and their ratios. Returns the median ratio of the rates. */
  private static double add(String name, List<Burst> ours, List<Burst> empty) {
    Figures.add(name + ": created per second", median(ours, Burst::rate), "");
    Figures.add(name + ": of the empty application", median(empty, Burst::rate), "");
    Figures.add(name + ": CPU for each", 1000 * median(ours, Burst::cpu), "ms");
    Figures.add(name + ": of the empty application", 1000 * median(empty, Burst::cpu), "ms");
    addRatio(
        name + ": CPU, times the empty application",
        ratios(ours, empty, Burst::cpu),
        "at most 1.6");
    return addRatio(
        name + ": rate, of the empty application's",
        ratios(ours, empty, Burst::rate),
        "at least 0.7");
  }

  private static List<Double> ratios(
      List<Burst> ours, List<Burst> empty, ToDoubleFunction<Burst> of) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      ratios.add(of.applyAsDouble(ours.get(i)) / of.applyAsDouble(empty.get(i)));
    }
    return ratios;
  }

  private static double median(List<Burst> bursts, ToDoubleFunction<Burst> of) {
    return bursts.stream().mapToDouble(of).sorted().toArray()[bursts.size() / 2];
  }

  /** Adds the median with the lowest and the highest. */
  private static double addRatio(String name, List<Double> ratios, String goal) {
    List<Double> sorted = ratios.stream().sorted().toList();
    double median = sorted.get(sorted.size() / 2);
    String spread =
        String.format(Locale.ROOT, " (%.2f to %.2f)", sorted.get(0), sorted.get(sorted.size() - 1));
    Figures.add(name + spread, median, "x", goal);
    return median;
  }
}
