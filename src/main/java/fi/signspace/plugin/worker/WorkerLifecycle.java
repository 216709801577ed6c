package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.worker.execution.BoundedExecutor;
import fi.signspace.plugin.worker.execution.ExternalTaskFetcher;
import fi.signspace.plugin.worker.execution.ExternalTaskFetcherFactory;
import fi.signspace.plugin.worker.execution.TaskRunner;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.execution.TopicWorker.Pace;
import fi.signspace.plugin.worker.status.StatusCheckBatcher;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the workers after the web server, which serves the engine's REST API, and stops them before it. Each workload type has its own fetch loop and threads: quick requests, slow document transfers, sweeps, and batched status checks. The node is ready when the engine responds to every loop.
 */
final class WorkerLifecycle implements SmartLifecycle, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);

  /** Starts after the web server and stops before it. */
  private static final int PHASE = Integer.MAX_VALUE - 512;

  private final ExternalTaskFetcherFactory factory;
  private final TaskRunner runner;
  private final Map<Pace, BoundedExecutor> lanes;
  private final StatusCheckBatcher checks;
  private final List<TopicWorker> workers;
  private volatile List<ExternalTaskFetcher> clients = List.of();

  WorkerLifecycle(
      ExternalTaskFetcherFactory factory,
      TaskRunner runner,
      Map<Pace, BoundedExecutor> lanes,
      StatusCheckBatcher checks,
      List<TopicWorker> workers) {
    this.factory = factory;
    this.runner = runner;
    this.lanes = new EnumMap<>(lanes);
    this.checks = checks;
    this.workers = workers;
  }

  @Override
  public void start() {
    clients =
        Stream.concat(Stream.of(checkClient()), lanes.keySet().stream().map(this::client)).toList();
    checks.start();
    clients.forEach(ExternalTaskFetcher::start);
    LOG.info("Workers are polling {}", factory.engineUrl());
  }

  private ExternalTaskFetcher client(Pace pace) {
    BoundedExecutor executor = Objects.requireNonNull(lanes.get(pace));
    ExternalTaskFetcher client = factory.create(executor.size());
    workers.stream()
        .filter(worker -> worker.pace() == pace)
        .forEach(
            worker ->
                client.subscribe(
                    worker.step().topic(),
                    worker.fetched(),
                    task -> runner.submit(executor, task, worker)));
    return client;
  }

  private ExternalTaskFetcher checkClient() {
    ExternalTaskFetcher client = factory.create(checks.size());
    client.subscribe(Step.CHECK_STATUS.topic(), Step.CHECK_STATUS.variables(), checks::add);
    return client;
  }

  @Override
  public void stop() {
    LOG.info(
        "Stopping the workers: waiting for their last fetches and the tasks in progress");
    lanes.values().forEach(BoundedExecutor::stopAccepting);
    checks.stopAccepting();
    allAtOnce(clients.stream().map(client -> client::stop));
    clients = List.of();
    allAtOnce(
        Stream.concat(
            Stream.<Runnable>of(checks::close),
            lanes.values().stream().map(executor -> executor::close)));
  }

  /** Uses a thread per task, so that the parallelism does not depend on the number of processors. */
  private static void allAtOnce(Stream<Runnable> works) {
    CompletableFuture.allOf(
            works
                .map(work -> CompletableFuture.runAsync(work, thread -> new Thread(thread).start()))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  @Override
  public boolean isRunning() {
    return !clients.isEmpty();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public Health health() {
    boolean polling = isRunning() && clients.stream().allMatch(ExternalTaskFetcher::isPolling);
    return (polling ? Health.up() : Health.outOfService()).build();
  }
}
