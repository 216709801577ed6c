package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.LoopbackConnector;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * As many database connections as may be wanted at once, unless another number is given: one for
 * each web thread and each thread of the job executor, and some for those that work beside them.
 * Fewer would make threads wait for connections, more could not be used.
 */
class ConnectionPool implements EnvironmentPostProcessor {

  private static final String SIZE = "spring.datasource.hikari.maximum-pool-size";
  private static final String JOB_THREADS = "camunda.bpm.job-execution.max-pool-size";
  private static final String WEB_THREADS = "server.tomcat.threads.max";

  /**
   * Job acquisition, the answers to waiting fetches of external tasks, and the second connection in
   * which a failed job is recorded while the first one is still held.
   */
  private static final int BESIDES = 3;

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Integer jobs = environment.getProperty(JOB_THREADS, Integer.class);
    Integer web = environment.getProperty(WEB_THREADS, Integer.class);
    if (jobs != null && web != null) {
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource(
                  "connection-pool",
                  Map.of(SIZE, jobs + web + LoopbackConnector.threads(environment) + BESIDES)));
    }
  }
}
