package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.JdbcTemplate;

/** Configures the handling of database conflicts and of an unavailable database. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class DatabaseConfiguration {

  @Bean
  DatabaseFailureLog databaseFailureLog(Clock clock) {
    DatabaseFailureLog failures = new DatabaseFailureLog(clock);
    failures.replaceStackTraces();
    return failures;
  }

  @Bean
  ProcessEnginePlugin databaseFailurePlugin(DatabaseFailureLog failures) {
    return new AbstractProcessEnginePlugin() {
      @Override
      public void preInit(ProcessEngineConfigurationImpl engine) {
        List<CommandInterceptor> outermost =
            new ArrayList<>(
                List.of(new ConflictRetryInterceptor(), new DatabaseFailureInterceptor(failures)));
        if (engine.getCustomPreCommandInterceptorsTxRequired() != null) {
          outermost.addAll(engine.getCustomPreCommandInterceptorsTxRequired());
        }
        engine.setCustomPreCommandInterceptorsTxRequired(outermost);
        engine.setFailedJobCommandFactory(new JobRetries());
      }
    };
  }

  @Bean
  FilterRegistrationBean<DatabaseUnavailableFilter> databaseUnavailableFilter(
      DatabaseFailureLog failures) {
    var registration = new FilterRegistrationBean<>(new DatabaseUnavailableFilter(failures));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 35);
    return registration;
  }

  /** Replaces Spring Boot's indicator, which relies on the driver's check alone. */
  @Bean
  HealthIndicator dbHealthIndicator(JdbcTemplate database, DatabaseFailureLog failures) {
    return new DatabaseHealth(database, failures);
  }
}
