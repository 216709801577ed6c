package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.worker.execution.BoundedExecutor;
import fi.signspace.plugin.worker.execution.ExternalTaskFetcher;
import fi.signspace.plugin.worker.execution.ExternalTaskFetcherFactory;
import fi.signspace.plugin.worker.execution.TaskRunner;
import fi.signspace.plugin.worker.execution.TopicWorker;
import fi.signspace.plugin.worker.execution.TopicWorker.WorkloadType;
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
 * Starts the workers after the web server, which serves the engine's REST API, and stops them
 * before it. Each workload type has its own fetch loop and threads: quick requests, slow document
 * transfers, sweeps, and batched status checks. The node is ready when the engine responds to every
 * loop.
 */
final class WorkerLifecycle implements SmartLifecycle, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLifecycle.class);

  /** Starts after the web server and stops before it. */
  private static final int PHASE = Integer.MAX_VALUE - 512;

  private final ExternalTaskFetcherFactory factory;
  private final TaskRunner runner;
  private final Map<WorkloadType, BoundedExecutor> executors;
  private final StatusCheckBatcher checks;
  private final List<TopicWorker> workers;
  private volatile List<ExternalTaskFetcher> fetchers = List.of();

  WorkerLifecycle(
      ExternalTaskFetcherFactory factory,
      TaskRunner runner,
      Map<WorkloadType, BoundedExecutor> executors,
      StatusCheckBatcher checks,
      List<TopicWorker> workers) {
    this.factory = factory;
    this.runner = runner;
    this.executors = new EnumMap<>(executors);
    this.checks = checks;
    this.workers = workers;
  }

  @Override
  public void start() {
    fetchers =
        Stream.concat(Stream.of(checkFetcher()), executors.keySet().stream().map(this::fetcher))
            .toList();
    checks.start();
    fetchers.forEach(ExternalTaskFetcher::start);
    LOG.info("Workers are polling {}", factory.engineUrl());
  }

  private ExternalTaskFetcher fetcher(WorkloadType type) {
    BoundedExecutor executor = Objects.requireNonNull(executors.get(type));
    ExternalTaskFetcher fetcher = factory.create(executor.size());
    workers.stream()
        .filter(worker -> worker.workloadType() == type)
        .forEach(
            worker ->
                fetcher.subscribe(
                    worker.step().topic(),
                    worker.fetchedVariables(),
                    task -> runner.submit(executor, task, worker)));
    return fetcher;
  }

  private ExternalTaskFetcher checkFetcher() {
    ExternalTaskFetcher fetcher = factory.create(checks.size());
    fetcher.subscribe(Step.CHECK_STATUS.topic(), Step.CHECK_STATUS.variables(), checks::add);
    return fetcher;
  }

  @Override
  public void stop() {
    LOG.info("Stopping the workers: waiting for their last fetches and the tasks in progress");
    executors.values().forEach(BoundedExecutor::stopAccepting);
    checks.stopAccepting();
    inParallel(fetchers.stream().map(fetcher -> fetcher::stop));
    fetchers = List.of();
    inParallel(
        Stream.concat(
            Stream.<Runnable>of(checks::close),
            executors.values().stream().map(executor -> executor::close)));
  }

  /**
   * Uses a thread per task, so that the parallelism does not depend on the number of processors.
   */
  private static void inParallel(Stream<Runnable> tasks) {
    CompletableFuture.allOf(
            tasks
                .map(work -> CompletableFuture.runAsync(work, thread -> new Thread(thread).start()))
                .toArray(CompletableFuture<?>[]::new))
        .join();
  }

  @Override
  public boolean isRunning() {
    return !fetchers.isEmpty();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }

  @Override
  public Health health() {
    boolean polling = isRunning() && fetchers.stream().allMatch(ExternalTaskFetcher::isPolling);
    return (polling ? Health.up() : Health.outOfService()).build();
  }
}
