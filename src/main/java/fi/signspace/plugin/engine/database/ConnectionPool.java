package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.LoopbackConnector;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Sizes the connection pool unless a size is configured: one connection for each web thread and
 * each job-executor thread, plus a few for background work. With fewer, threads would wait; more
 * could not be used.
 */
class ConnectionPool implements EnvironmentPostProcessor {

  private static final String SIZE = "spring.datasource.hikari.maximum-pool-size";
  private static final String JOB_THREADS = "camunda.bpm.job-execution.max-pool-size";
  private static final String WEB_THREADS = "server.tomcat.threads.max";

  /**
   * Job acquisition, the responses to long polls of external tasks, and the second connection that
   * records a failed job while the first one is still held.
   */
  private static final int BACKGROUND_CONNECTIONS = 3;

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
                  Map.of(
                      SIZE,
                      jobs
                          + web
                          + LoopbackConnector.threads(environment)
                          + BACKGROUND_CONNECTIONS)));
    }
  }
}
