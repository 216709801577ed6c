package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.http.HttpClients;
import fi.signspace.plugin.worker.task.EngineApi;
import fi.signspace.plugin.worker.task.EngineRestClient;
import fi.signspace.plugin.worker.task.SigningTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.camunda.bpm.client.ExternalTaskClient;
import org.camunda.bpm.client.ExternalTaskClientBuilder;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;
import org.camunda.bpm.client.task.impl.ExternalTaskImpl;
import org.camunda.bpm.client.topic.TopicSubscriptionBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches and locks the tasks of some topics in a loop, and passes them to handlers. */
public final class ExternalTaskFetcher {

  /** Accepts a task; blocks while there is no capacity for it. */
  public interface Handler {
    void accept(SigningTask task) throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(ExternalTaskFetcher.class);
  private static final String FETCH = "/external-task/fetchAndLock";

  private final ExternalTaskClient client;
  private final FetchBackoffStrategy backoff;
  private final Duration lock;
  private final EngineApi engine;

  /**
   * @param maxTasks the maximum number of tasks per fetch
   * @param interceptors add headers to every request: credentials, trace
   */
  ExternalTaskFetcher(
      String engineUrl,
      String workerId,
      int maxTasks,
      Duration lock,
      Duration longPolling,
      Duration responseTimeout,
      FetchBackoffStrategy backoff,
      List<ClientRequestInterceptor> interceptors,
      EngineApi engine) {
    this.backoff = backoff;
    this.lock = lock;
    this.engine = engine;
    ExternalTaskClientBuilder builder =
        ExternalTaskClient.create()
            .baseUrl(engineUrl)
            .workerId(workerId)
            .maxTasks(maxTasks)
            .lockDuration(lock.toMillis())
            .asyncResponseTimeout(longPolling.toMillis())
            .backoffStrategy(backoff)
            .disableAutoFetching()
            .customizeHttpClient(http -> customize(http, responseTimeout, backoff));
    interceptors.forEach(builder::addInterceptor);
    this.client = builder.build();
  }

  /**
   * @param variables to fetch; all if empty
   */
  public void subscribe(String topic, Set<String> variables, Handler handler) {
    TopicSubscriptionBuilder builder =
        client
            .subscribe(topic)
            .includeExtensionProperties(true)
            .handler((task, service) -> handle(handler, task, service));
    if (!variables.isEmpty()) {
      builder.variables(variables.toArray(String[]::new));
    }
    builder.open();
  }

  private void handle(Handler handler, ExternalTask task, ExternalTaskService service) {
    long lockedUntil = backoff.fetchedAt() + lock.toNanos();
    SigningTask signing;
    try {
      Instant lockedAt = task.getLockExpirationTime().toInstant().minus(lock);
      signing =
          new SigningTask(
              task,
              service,
              engine,
              System::nanoTime,
              lockedUntil,
              backoff.clockDifference(lockedAt));
    } catch (RuntimeException e) {
      reportUnreadable(task, service, e);
      return;
    }
    try {
      handler.accept(signing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Creates an incident, since a task whose variables cannot be read would be fetched again for
   * ever. The message of the failure is omitted: it may quote a value.
   */
  private static void reportUnreadable(
      ExternalTask task, ExternalTaskService service, RuntimeException failure) {
    String message =
        "The variables of this step cannot be read: %s (%s). Correct them in Cockpit, then retry."
            .formatted(unreadable(task), failure.getClass().getSimpleName());
    LOG.error("{} {} needs an admin: {}", task.getTopicName(), task.getId(), message);
    try {
      service.handleFailure(task, message, message, 0, 0);
    } catch (RuntimeException e) {
      LOG.warn(
          "Cannot report {}, it is fetched again when its lock expires: {}",
          task.getId(),
          e.getMessage());
    }
  }

  private static String unreadable(ExternalTask task) {
    return task instanceof ExternalTaskImpl fetched
        ? fetched.getVariables().keySet().stream()
            .filter(name -> !isReadable(task, name))
            .sorted()
            .collect(Collectors.joining(", "))
        : "";
  }

  private static boolean isReadable(ExternalTask task, String variable) {
    try {
      task.getVariableTyped(variable, false);
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  public void start() {
    client.start();
  }

  /** Returns when the last fetch has completed. */
  public void stop() {
    client.stop();
  }

  public boolean isPolling() {
    return backoff.isEngineResponding();
  }

  private static void customize(
      HttpClientBuilder http, Duration responseTimeout, FetchBackoffStrategy backoff) {
    HttpClients.internal(http, EngineRestClient.limits(responseTimeout))
        .addRequestInterceptorFirst(
            (request, body, context) -> {
              if (request.getRequestUri().endsWith(FETCH)) {
                backoff.fetchStarted();
              }
            })
        .addResponseInterceptorFirst(
            (response, body, context) -> backoff.responded(response.getCode()));
  }
}
