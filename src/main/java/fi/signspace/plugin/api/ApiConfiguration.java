package fi.signspace.plugin.api;

import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.api.timeline.UnsentCorrections;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.webhook.PendingMessages;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.time.Clock;
import java.util.Optional;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Configures the actions of the API on nodes with an engine. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class ApiConfiguration {

  @Bean
  WebMvcConfigurer queryParameterCheck() {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(new QueryParameterCheck())
            .addPathPatterns("/api/signing-requests/**", "/api/bulk/**");
      }
    };
  }

  @Bean
  WebhookResend webhookResend(
      RequestQueries queries,
      Optional<PendingMessages> messages,
      CallerPermissions caller,
      EngineTransactions engine) {
    return new WebhookResend(queries, messages, caller, engine);
  }

  @Bean
  TaskPermissions taskRights(TaskService tasks, CallerPermissions caller) {
    return new TaskPermissions(tasks, caller);
  }

  @Bean
  RequestMessages requestMessages(
      RuntimeService runtime,
      TaskService tasks,
      RequestQueries queries,
      TaskPermissions rights,
      EngineTransactions engine,
      UnsentCorrections unsent,
      Clock clock) {
    return new RequestMessages(
        runtime, tasks, queries, rights, engine, new DocumentVariables(runtime), unsent, clock);
  }
}
