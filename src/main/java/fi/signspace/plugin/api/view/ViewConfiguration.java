package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.mail.NotifiedRequests;
import fi.signspace.plugin.api.webhook.ReportedStatus;
import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.environment.DocumentReads;
import fi.signspace.plugin.evidence.EvidenceVerifier;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures what shows requests. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class ViewConfiguration {

  @Bean
  Outcome.Reader outcomes(
      HistoryService history, EvidenceVerifier verifier, StateSeal seal, SealedSince sealedSince) {
    SealedRequests requests = new SealedRequests(seal, history);
    return new Outcome.Reader(
        new EvidenceCheck(history, verifier),
        new OutcomeCheck(history, requests, sealedSince),
        requests,
        sealedSince);
  }

  @Bean
  RequestQueries requestQueries(
      ProcessEngineConfigurationImpl configuration,
      HistoryService history,
      RuntimeService runtime,
      TaskService tasks,
      EngineTransactions engine,
      Outcome.Reader outcomes,
      DocumentReads reads) {
    return new RequestQueries(
        new RequestSearch(configuration), history, runtime, tasks, engine, outcomes, reads);
  }

  /** Makes the webhook report the same status as the API. */
  @Bean
  ReportedStatus reportedStatus(RequestQueries queries) {
    return queries::reported;
  }

  @Bean
  NotifiedRequests notifiedRequests(
      RequestQueries queries,
      HistoryService history,
      IdentityService identity,
      EngineTransactions engine) {
    return new NotifiedRequestReader(queries, history, identity, engine);
  }
}
