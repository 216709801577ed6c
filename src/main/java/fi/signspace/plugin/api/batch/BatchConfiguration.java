package fi.signspace.plugin.api.batch;

import fi.signspace.plugin.api.RequestMessages;
import fi.signspace.plugin.api.TaskPermissions;
import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import org.camunda.bpm.engine.TaskService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures actions on many requests, on nodes with an engine. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class BatchConfiguration {

  @Bean
  Batches batches(
      RequestQueries queries,
      RequestMessages messages,
      TaskService tasks,
      TaskPermissions rights,
      CallerPermissions caller,
      EngineTransactions engine) {
    return new Batches(queries, messages, tasks, rights, caller, engine);
  }
}
