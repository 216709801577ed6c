package fi.signspace.plugin.engine.security;

import fi.signspace.plugin.engine.security.login.AnonymousSessions;
import fi.signspace.plugin.engine.security.login.AuthenticationCache;
import fi.signspace.plugin.engine.security.login.EngineAuthenticationProvider;
import fi.signspace.plugin.engine.security.login.EngineIdentityFilter;
import fi.signspace.plugin.engine.security.login.WebAppSessionFilter;
import fi.signspace.plugin.engine.security.login.WorkerAuthenticationProvider;
import fi.signspace.plugin.engine.security.login.WorkerSecret;
import fi.signspace.plugin.engine.security.permission.PermittedSenders;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.time.Clock;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.web.servlet.JerseyApplicationPath;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/** Authenticates the engine's users wherever a login is required. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class SecurityConfiguration {

  private static final int MAX_ANONYMOUS_SESSIONS = 1000;

  @Bean
  @Order(1)
  WorkerAuthenticationProvider workerLogin(
      @Value("${" + WorkerSecret.PROPERTY + ":}") String ownSecret,
      @Value("${signspace.worker.password:}") String password) {
    return new WorkerAuthenticationProvider(ownSecret, password);
  }

  @Bean
  @Order(2)
  EngineAuthenticationProvider engineAuthenticationProvider(
      IdentityService identities, Clock clock) {
    return new EngineAuthenticationProvider(identities, new AuthenticationCache(clock));
  }

  @Bean
  PermittedSenders documentSenders(ProcessEngine engine) {
    return new PermittedSenders(engine);
  }

  /** Runs after the login and before Camunda's filters. */
  @Bean
  FilterRegistrationBean<EngineRestFilter> engineRestRules(
      ProcessEngine engine, JerseyApplicationPath restApi) {
    var registration = new FilterRegistrationBean<>(new EngineRestFilter(engine));
    registration.addUrlPatterns(restApi.getUrlMapping(), "/camunda/*");
    registration.setOrder(-1);
    return registration;
  }

  @Bean
  FilterRegistrationBean<UnknownEngineFilter> unknownEngines(ProcessEngine engine) {
    var registration = new FilterRegistrationBean<>(new UnknownEngineFilter(engine.getName()));
    registration.addUrlPatterns("/camunda/app/*");
    registration.setOrder(-1);
    return registration;
  }

  @Bean
  ServletListenerRegistrationBean<AnonymousSessions> anonymousSessions() {
    return new ServletListenerRegistrationBean<>(new AnonymousSessions(MAX_ANONYMOUS_SESSIONS));
  }

  @Bean
  Customizer<HttpSecurity> engineIdentity(ProcessEngine engine) {
    return http ->
        http.addFilterBefore(new WebAppSessionFilter(engine), BasicAuthenticationFilter.class)
            .addFilterAfter(
                new EngineIdentityFilter(engine.getIdentityService()), AuthorizationFilter.class);
  }
}
