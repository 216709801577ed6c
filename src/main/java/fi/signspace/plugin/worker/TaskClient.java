package fi.signspace.plugin.worker;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.camunda.bpm.client.ExternalTaskClient;
import org.camunda.bpm.client.ExternalTaskClientBuilder;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;
import org.camunda.bpm.client.topic.TopicSubscriptionBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the tasks of some topics in a loop of its own and hands them over. */
final class TaskClient {

  /** Takes a task over; waits while there is no room for it. */
  interface Handler {
    void accept(SigningTask task) throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(TaskClient.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MOST_CONNECTIONS = 100;

  private final ExternalTaskClient client;
  private final FetchPace pace;
  private final Duration lock;
  private final EngineApi engine;

  /**
   * @param mostTasks the most to lock with one question
   * @param interceptors what is added to every request: the login, the trace
   */
  TaskClient(
      String engineUrl,
      String workerId,
      int mostTasks,
      Duration lock,
      Duration longPolling,
      Duration responseTimeout,
      FetchPace pace,
      List<ClientRequestInterceptor> interceptors,
      EngineApi engine) {
    this.pace = pace;
    this.lock = lock;
    this.engine = engine;
    ExternalTaskClientBuilder builder =
        ExternalTaskClient.create()
            .baseUrl(engineUrl)
            .workerId(workerId)
            .maxTasks(mostTasks)
            .lockDuration(lock.toMillis())
            .asyncResponseTimeout(longPolling.toMillis())
            .backoffStrategy(pace)
            .addInterceptor(pace)
            .disableAutoFetching()
            .customizeHttpClient(http -> customize(http, responseTimeout, pace));
    interceptors.forEach(builder::addInterceptor);
    this.client = builder.build();
  }

  /**
   * @param variables to fetch; empty for all
   */
  void subscribe(String topic, Set<String> variables, Handler handler) {
    TopicSubscriptionBuilder builder =
        client.subscribe(topic).handler((task, service) -> handOver(handler, task, service));
    if (!variables.isEmpty()) {
      builder.variables(variables.toArray(String[]::new));
    }
    builder.open();
  }

  private void handOver(Handler handler, ExternalTask task, ExternalTaskService service) {
    long lockedUntil = pace.requestedAt() + lock.toNanos();
    try {
      handler.accept(new SigningTask(task, service, engine, System::nanoTime, lockedUntil));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("{} {} cannot be taken over", task.getTopicName(), task.getId(), e);
    }
  }

  void start() {
    client.start();
  }

  /** Returns when the last question for tasks has been answered. */
  void stop() {
    client.stop();
  }

  boolean isPolling() {
    return pace.isEngineAnswering();
  }

  private static void customize(HttpClientBuilder http, Duration responseTimeout, FetchPace pace) {
    http.setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_TIMEOUT))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setResponseTimeout(Timeout.of(responseTimeout))
                .setConnectionRequestTimeout(Timeout.of(CONNECT_TIMEOUT))
                .build())
        .addResponseInterceptorFirst((answer, body, context) -> pace.answered(answer.getCode()))
        .disableAutomaticRetries();
  }
}
