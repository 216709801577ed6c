package fi.signspace.plugin.worker.execution;

import fi.signspace.plugin.signing.SignSpace;
import fi.signspace.plugin.worker.task.EngineApi;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;

/**
 * Creates fetchers for one engine. They share a worker id, which is unique for each start of this
 * process.
 */
public final class ExternalTaskFetcherFactory {

  private final Supplier<String> engineUrl;
  private final List<ClientRequestInterceptor> interceptors;
  private final SignSpace signSpace;
  private final WorkerProperties properties;
  private final LockTimings times;
  private final Clock clock;
  private final RandomGenerator random;
  private final EngineApi engine;
  private final FetchFailureLog failureLog = FetchFailureLog.replacingStackTraces();
  private final String workerId = hostName() + "-" + UUID.randomUUID();

  /**
   * @param engineUrl the base URL of the engine's REST API; evaluated when the first fetcher is
   *     created
   * @param interceptors add headers to every request: credentials, trace
   */
  public ExternalTaskFetcherFactory(
      Supplier<String> engineUrl,
      List<ClientRequestInterceptor> interceptors,
      SignSpace signSpace,
      WorkerProperties properties,
      LockTimings times,
      Clock clock,
      RandomGenerator random) {
    this.engineUrl = engineUrl;
    this.interceptors = interceptors;
    this.signSpace = signSpace;
    this.properties = properties;
    this.times = times;
    this.clock = clock;
    this.random = random;
    this.engine = new EngineApi(engineUrl, properties.engineTimeout(), interceptors);
  }

  /**
   * @param maxTasks the maximum number of tasks per fetch
   */
  public ExternalTaskFetcher create(int maxTasks) {
    Duration longPolling = properties.longPolling();
    return new ExternalTaskFetcher(
        engineUrl.get(),
        workerId,
        maxTasks,
        times.lock(),
        longPolling,
        longPolling.plus(properties.engineTimeout()),
        new FetchBackoffStrategy(signSpace, random, clock, failureLog),
        interceptors,
        engine);
  }

  public EngineApi engine() {
    return engine;
  }

  public String engineUrl() {
    return engineUrl.get();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "worker";
    }
  }
}
