package fi.signspace.plugin.engine.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Exposes the counts of the engine's database as gauges. They are refreshed at a fixed interval, so
 * that no scrape waits for the database. All engine nodes on one database report the same values.
 */
final class EngineMetrics {

  private static final Logger LOG = LoggerFactory.getLogger(EngineMetrics.class);

  private final EngineCounts counts;
  private final Clock clock;
  private final Duration removalNotice;
  private final List<Gauges> gauges;
  private final AtomicLong nearRemoval = new AtomicLong();
  private boolean failing;

  EngineMetrics(EngineCounts counts, MeterRegistry registry, Clock clock, Duration removalNotice) {
    this.counts = counts;
    this.clock = clock;
    this.removalNotice = removalNotice;
    this.gauges =
        List.of(
            new Gauges(
                "task",
                counts::waitingRequests,
                number(
                    "signspace.requests.waiting",
                    "Requests that wait for signatures or for a person, by user task",
                    registry),
                age(
                    "signspace.requests.waiting.oldest",
                    "How long the oldest has been in its user task",
                    registry)),
            new Gauges(
                "topic",
                counts::unfetchedTasks,
                number(
                    "signspace.external.tasks.unfetched",
                    "External tasks that are free and that no worker has fetched",
                    registry),
                age(
                    "signspace.external.tasks.unfetched.oldest",
                    "How long the oldest has been free",
                    registry)),
            new Gauges(
                "topic",
                counts::retriedTasks,
                number(
                    "signspace.external.tasks.retried",
                    "External tasks that have failed and are tried again",
                    registry),
                age(
                    "signspace.external.tasks.retried.oldest",
                    "How long ago the oldest was made",
                    registry)),
            new Gauges(
                "activity",
                counts::incidents,
                number("signspace.incidents.open", "Open incidents, by activity", registry),
                age("signspace.incidents.open.oldest", "How long the oldest is open", registry)));
    Gauge.builder("signspace.requests.removal.near", nearRemoval, AtomicLong::doubleValue)
        .description("Signed requests that are removed soon, with their documents and evidence")
        .register(registry);
  }

  @Scheduled(fixedDelayString = "${signspace.monitoring.refresh:30s}")
  void refresh() {
    try {
      gauges.forEach(this::refresh);
      nearRemoval.set(counts.nearRemoval(removalNotice));
      failing = false;
    } catch (DataAccessException e) {
      if (!failing) {
        LOG.warn(
            "Cannot read the metrics from the engine's database; they keep their last values until the next attempt succeeds",
            e);
      }
      failing = true;
    }
  }

  private void refresh(Gauges shown) {
    List<Group> groups = shown.read.get();
    show(shown.number, shown.label, groups, Group::count);
    show(shown.age, shown.label, groups, group -> group.secondsUntil(clock.instant()));
  }

  private static void show(
      MultiGauge gauge, String label, List<Group> groups, ToDoubleFunction<Group> value) {
    gauge.register(
        groups.stream()
            .<MultiGauge.Row<?>>map(
                group -> MultiGauge.Row.of(Tags.of(label, group.name()), group, value))
            .toList(),
        true);
  }

  private static MultiGauge number(String name, String description, MeterRegistry registry) {
    return MultiGauge.builder(name).description(description).register(registry);
  }

  private static MultiGauge age(String name, String description, MeterRegistry registry) {
    return MultiGauge.builder(name).description(description).baseUnit("seconds").register(registry);
  }

  /** Count and maximum age of one kind of thing. */
  private record Gauges(
      String label, Supplier<List<Group>> read, MultiGauge number, MultiGauge age) {}
}
