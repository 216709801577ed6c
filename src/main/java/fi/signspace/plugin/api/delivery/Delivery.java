package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.api.delivery.UndeliveredException.Kind;
import fi.signspace.plugin.environment.PollingLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryBuilder;
import org.camunda.bpm.engine.externaltask.ExternalTaskQueryTopicBuilder;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the messages of a channel that wait in the engine, oldest first. A message that is not
 * accepted stays in the engine until its next attempt is due. If the last attempt fails, it becomes
 * an incident, and each retry in Cockpit makes one more attempt.
 *
 * <p>While the receiver accepts nothing, the channel is paused: one message at a time is tried, and
 * none runs out of attempts. All engine nodes deliver; the engine locks each message for one of
 * them.
 */
public final class Delivery extends PollingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  /** How many consecutive failures pause the channel, at most. */
  private static final int MAX_FAILURES_BEFORE_PAUSE = 5;

  private static final int MAX_CONFLICTS = 5;

  private final String name;
  private final ExternalTaskService tasks;
  private final Courier courier;
  private final RetrySettings settings;
  private final Clock clock;
  private final RandomGenerator random;
  private final String workerId;
  private final AtomicInteger failures = new AtomicInteger();
  private Instant pausedUntil = Instant.EPOCH;

  /**
   * @param name of the channel
   */
  public Delivery(
      String name,
      ExternalTaskService tasks,
      Courier courier,
      RetrySettings settings,
      Clock clock,
      RandomGenerator random) {
    super("signspace-" + name, settings.poll(), lock(settings));
    this.name = name;
    this.tasks = tasks;
    this.courier = courier;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.workerId = name + "-" + UUID.randomUUID();
  }

  /** Registers a gauge that is 1 while the channel is paused. */
  public Delivery measuredBy(MeterRegistry registry) {
    for (String topic : courier.topics()) {
      Gauge.builder("signspace.delivery.paused", this, it -> it.isPaused() ? 1 : 0)
          .description("1 while a channel is paused, since its receiver accepts no message")
          .tag("topic", topic)
          .register(registry);
    }
    return this;
  }

  boolean isPaused() {
    return failures.get() >= failuresBeforePause();
  }

  /** No message runs out of attempts before the channel is paused. */
  private int failuresBeforePause() {
    return Math.min(MAX_FAILURES_BEFORE_PAUSE, settings.attempts());
  }

  @Override
  protected boolean doNext() {
    if (isPaused() && clock.instant().isBefore(pausedUntil)) {
      return false;
    }
    try {
      List<LockedExternalTask> due = fetch();
      due.forEach(this::deliver);
      return !due.isEmpty();
    } catch (RuntimeException e) {
      LOG.warn("Cannot fetch or complete a {} message in the engine; it will be retried", name, e);
      return false;
    }
  }

  private List<LockedExternalTask> fetch() {
    ExternalTaskQueryBuilder query =
        tasks
            .fetchAndLock()
            .workerId(workerId)
            .maxTasks(1)
            .usePriority(false)
            .orderByCreateTime()
            .asc()
            .subscribe();
    for (String topic : courier.topics()) {
      ExternalTaskQueryTopicBuilder ofTopic = query.topic(topic, lock(settings).toMillis());
      query = ofTopic.processDefinitionKey(courier.process());
    }
    return query.execute();
  }

  private static Duration lock(RetrySettings settings) {
    return settings.longestExchange().plus(settings.longestExchange().dividedBy(2));
  }

  private void deliver(LockedExternalTask task) {
    try {
      Map<String, Object> results = results(task);
      complete(task, results);
      succeeded();
    } catch (UndeliveredException e) {
      failed(task, e);
    }
  }

  private Map<String, Object> results(LockedExternalTask task) throws UndeliveredException {
    try {
      return courier.deliver(task);
    } catch (RuntimeException e) {
      LOG.warn("A {} message cannot be delivered for an unexpected reason", name, e);
      throw new UndeliveredException(
          Kind.REFUSED, "Unexpected failure (%s).".formatted(e.getClass().getSimpleName()));
    }
  }

  /** Messages of one event that end at the same time conflict. */
  private void complete(LockedExternalTask task, Map<String, Object> results) {
    for (int conflicts = 0; ; conflicts++) {
      try {
        tasks.complete(task.getId(), workerId, results);
        return;
      } catch (OptimisticLockingException e) {
        if (conflicts == MAX_CONFLICTS) {
          throw e;
        }
      }
    }
  }

  private void succeeded() {
    if (isPaused()) {
      LOG.info("The {} accepts messages again; the waiting ones are delivered now", name);
    }
    failures.set(0);
  }

  private void failed(LockedExternalTask task, UndeliveredException failure) {
    int before = task.getRetries() == null ? settings.attempts() : task.getRetries();
    int left = failure.kind() == Kind.HOPELESS ? 0 : Math.max(0, before - 1);
    Duration wait = settings.waits().after(Math.max(0, settings.attempts() - before), random);
    if (failure.kind() == Kind.UNAVAILABLE) {
      unavailable(failure);
      left = isPaused() ? Math.max(1, left) : left;
    }
    String reason = failure.getMessage() + (left > 0 ? "" : " " + courier.advice());
    String key = Objects.requireNonNullElse(courier.businessKey(task), "without a business key");
    if (left > 0) {
      LOG.warn("[{}] {} Retrying in {} s", key, reason, wait.toSeconds());
    } else {
      LOG.error("[{}] {}", key, reason);
    }
    tasks.handleFailure(task.getId(), workerId, reason, left, left > 0 ? wait.toMillis() : 0);
  }

  private void unavailable(UndeliveredException failure) {
    boolean wasPaused = isPaused();
    int consecutive = failures.incrementAndGet();
    if (isPaused()) {
      Duration pause = settings.waits().after(consecutive - failuresBeforePause(), random);
      pausedUntil = clock.instant().plus(pause);
      if (!wasPaused) {
        LOG.error(
            "Delivery by {} is paused, since its receiver accepts no message: {} Messages wait in"
                + " the engine, and one is tried at most every hour. {}",
            name,
            failure.getMessage(),
            courier.advice());
      }
    }
  }
}
