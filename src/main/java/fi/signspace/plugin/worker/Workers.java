package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.Step;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the workers once the web server, and with it the engine's REST API, can be asked, and
 * stops them before it goes. They work in three lanes, each with a fetch loop of its own: quick
 * requests, documents, which are slow, and status checks, which share calls. Ready when every loop
 * has an engine that answers.
 */
final class Workers implements SmartLifecycle, HealthIndicator {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** After the web server has started, and before it is asked to stop. */
  private static final int PHASE = Integer.MAX_VALUE - 512;

  private final TaskClientFactory factory;
  private final TaskRunner runner;
  private final Lane requests;
  private final Lane documents;
  private final StatusBatches checks;
  private final List<TopicWorker> workers;
  private volatile List<TaskClient> clients = List.of();

  Workers(
      TaskClientFactory factory,
      TaskRunner runner,
      Lane requests,
      Lane documents,
      StatusBatches checks,
      List<TopicWorker> workers) {
    this.factory = factory;
    this.runner = runner;
    this.requests = requests;
    this.documents = documents;
    this.checks = checks;
    this.workers = workers;
  }

  @Override
  public void start() {
    clients = List.of(client(requests, false), client(documents, true), checkClient());
    checks.start();
    clients.forEach(TaskClient::start);
    LOG.info("Workers are polling {}", factory.engineUrl());
  }

  private TaskClient client(Lane lane, boolean carriesDocuments) {
    TaskClient client = factory.create(lane.size());
    workers.stream()
        .filter(worker -> worker.carriesDocuments() == carriesDocuments)
        .forEach(
            worker ->
                client.subscribe(
                    worker.step().topic(),
                    worker.inputs(),
                    task -> lane.submit(() -> runner.run(task, worker))));
    return client;
  }

  private TaskClient checkClient() {
    TaskClient client = factory.create(checks.size());
    client.subscribe(Step.CHECK_STATUS.topic(), Step.CHECK_STATUS.inputs(), checks::add);
    return client;
  }

  @Override
  public void stop() {
    clients.parallelStream().forEach(TaskClient::stop);
    clients = List.of();
    checks.close();
    requests.close();
    documents.close();
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
    boolean polling = isRunning() && clients.stream().allMatch(TaskClient::isPolling);
    return (polling ? Health.up() : Health.outOfService()).build();
  }
}
