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

/** Has the whole node know when its database cannot be used. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class DatabaseConfiguration {

  @Bean
  DatabaseTrouble databaseTrouble() {
    DatabaseTrouble trouble = new DatabaseTrouble(Clock.systemUTC());
    trouble.replaceStackTraces();
    return trouble;
  }

  @Bean
  ProcessEnginePlugin databaseTroublePlugin(DatabaseTrouble trouble) {
    return new AbstractProcessEnginePlugin() {
      @Override
      public void preInit(ProcessEngineConfigurationImpl engine) {
        List<CommandInterceptor> outermost =
            new ArrayList<>(List.of(new DatabaseTroubleInterceptor(trouble)));
        if (engine.getCustomPreCommandInterceptorsTxRequired() != null) {
          outermost.addAll(engine.getCustomPreCommandInterceptorsTxRequired());
        }
        engine.setCustomPreCommandInterceptorsTxRequired(outermost);
      }
    };
  }

  @Bean
  FilterRegistrationBean<DatabaseTroubleFilter> databaseTroubleFilter(DatabaseTrouble trouble) {
    var registration = new FilterRegistrationBean<>(new DatabaseTroubleFilter(trouble));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 35);
    return registration;
  }

  /** In place of Spring Boot's, which asks the driver only. */
  @Bean
  HealthIndicator dbHealthIndicator(JdbcTemplate database, DatabaseTrouble trouble) {
    return new DatabaseHealth(database, trouble);
  }
}
