package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.api.RequestMessages;
import fi.signspace.plugin.api.call.CallerPermissions;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.IdempotencyLock;
import fi.signspace.plugin.api.call.UserAddresses;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.api.start.RequestReader;
import fi.signspace.plugin.api.start.RequestStarter;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.encryption.ListSeal;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures bulk sending on nodes with an engine. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class BulkConfiguration {

  @Bean
  BulkReader bulkReader(RequestReader requests, UnsentRows unsent, BulkProperties properties) {
    return new BulkReader(requests, unsent, properties);
  }

  @Bean
  UnsentRows unsentRows(BulkRequests requests, BulkStore store) {
    return new UnsentRows(requests, store);
  }

  @Bean
  BulkAccess bulkAccess(CallerPermissions caller) {
    return new BulkAccess(caller);
  }

  @Bean
  BulkStore bulkStore(
      HistoryService history, RuntimeService runtime, EngineTransactions engine, ListSeal seal) {
    return new BulkStore(history, runtime, engine, seal);
  }

  @Bean
  BulkRequests bulkRequests(
      HistoryService history, RequestQueries requests, EngineTransactions engine) {
    return new BulkRequests(history, requests, engine);
  }

  @Bean
  BulkStarter bulkStarter(
      RuntimeService runtime,
      HistoryService history,
      ManagementService management,
      BulkRequests requests,
      UnsentRows unsent,
      BulkStore store,
      BulkAccess access,
      ListSeal seal,
      EngineTransactions engine) {
    return new BulkStarter(
        runtime,
        history,
        unsent,
        new RepeatedRows(store, access, requests),
        store,
        access,
        new IdempotencyLock(management, engine),
        new DocumentVariables(runtime),
        seal,
        engine);
  }

  @Bean
  TrialStarter trialStarter(
      IdentityService identity, RequestStarter requests, EngineTransactions engine) {
    return new TrialStarter(new UserAddresses(identity), requests, engine);
  }

  @Bean
  BulkQueries bulkQueries(
      BulkStore store,
      BulkAccess access,
      BulkRequests requests,
      RuntimeService runtime,
      EngineTransactions engine) {
    return new BulkQueries(store, access, requests, runtime, engine);
  }

  @Bean
  BulkMessages bulkMessages(
      RuntimeService runtime,
      ExternalTaskService tasks,
      RequestMessages requests,
      BulkRequests found,
      BulkQueries queries,
      BulkStore store,
      BulkAccess access,
      EngineTransactions engine) {
    return new BulkMessages(runtime, tasks, requests, found, queries, store, access, engine);
  }

  @Bean
  BulkResults bulkResults(
      BulkStore store, BulkAccess access, BulkRequests requests, RequestQueries files) {
    return new BulkResults(store, access, requests, files);
  }

  @Bean
  BulkSender bulkSender(
      ExternalTaskService tasks,
      RuntimeService runtime,
      IdentityService identity,
      ManagementService management,
      BulkStore store,
      BulkQueries queries,
      BulkRequests requests,
      EngineTransactions engine,
      BulkProperties properties) {
    return new BulkSender(
        tasks,
        store,
        queries,
        new RowStarter(runtime, identity, store, requests),
        new IdempotencyLock(management, engine),
        engine,
        properties);
  }
}
