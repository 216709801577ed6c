package fi.signspace.plugin.engine.monitoring;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import java.time.Clock;
import java.time.Duration;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.observation.ServerRequestObservationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Metrics of engine nodes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
@EnableScheduling
class MonitoringConfiguration {

  @Bean
  EngineMetrics engineMetrics(
      JdbcTemplate database,
      ProcessEngineConfigurationImpl engine,
      MeterRegistry registry,
      Clock clock,
      @Value("${signspace.monitoring.removal-notice:14d}") Duration removalNotice) {
    return new EngineMetrics(
        new EngineCounts(database, engine.getDatabaseTablePrefix(), clock),
        registry,
        clock,
        removalNotice);
  }

  /**
   * Excludes the long polls of workers: their duration means nothing, and as the most frequent
   * requests they would hide the others.
   */
  @Bean
  ObservationPredicate longPollsAreNotObserved() {
    return (name, context) ->
        !(context instanceof ServerRequestObservationContext request
            && request.getCarrier() != null
            && request.getCarrier().getRequestURI().endsWith("/external-task/fetchAndLock"));
  }
}
