package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.SignSpace;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.camunda.bpm.client.interceptor.ClientRequestInterceptor;

/**
 * Makes task clients for one engine and one worker id, which names this process and this start of
 * it.
 */
final class TaskClientFactory {

  private final Supplier<String> engineUrl;
  private final List<ClientRequestInterceptor> interceptors;
  private final SignSpace signSpace;
  private final WorkerProperties properties;
  private final WorkTimes times;
  private final RandomGenerator random;
  private final EngineApi engine;
  private final EngineTrouble trouble = EngineTrouble.insteadOfStackTraces();
  private final String workerId = hostName() + "-" + UUID.randomUUID();

  /**
   * @param engineUrl where the engine's REST API is; asked when the first client is made
   * @param interceptors what is added to every request: the login, the trace
   */
  TaskClientFactory(
      Supplier<String> engineUrl,
      List<ClientRequestInterceptor> interceptors,
      SignSpace signSpace,
      WorkerProperties properties,
      WorkTimes times,
      RandomGenerator random) {
    this.engineUrl = engineUrl;
    this.interceptors = interceptors;
    this.signSpace = signSpace;
    this.properties = properties;
    this.times = times;
    this.random = random;
    this.engine = new EngineApi(engineUrl, properties.engineTimeout(), interceptors);
  }

  /**
   * @param mostTasks the most to lock with one question
   */
  TaskClient create(int mostTasks) {
    Duration longPolling = properties.longPolling();
    return new TaskClient(
        engineUrl.get(),
        workerId,
        mostTasks,
        times.lock(),
        longPolling,
        longPolling.plus(properties.engineTimeout()),
        new FetchPace(signSpace, random, trouble),
        interceptors,
        engine);
  }

  EngineApi engine() {
    return engine;
  }

  String engineUrl() {
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
