package fi.signspace.plugin.api.view;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.mail.NotifiedRequests;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.api.webhook.ReportedStatus;
import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.environment.DocumentReads;
import fi.signspace.plugin.evidence.EvidenceVerifier;
import java.time.Clock;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
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

  @Bean
  EventQueries eventQueries(
      RequestQueries requests,
      HistoryService history,
      ManagementService management,
      RepositoryService repository,
      StateSeal seal,
      EngineTransactions engine,
      Clock clock) {
    return new EventQueries(
        requests,
        history,
        new RecordedEvents(history, management, new EventSteps(repository)),
        new SealedRequests(seal, history),
        engine,
        clock);
  }

  @Bean
  UnsentCorrections unsentCorrections(
      RuntimeService runtime,
      HistoryService history,
      RequestQueries queries,
      StateSeal seal,
      DocumentReads reads,
      EngineTransactions engine) {
    return new UnsentCorrections(
        history,
        queries,
        new SealedRequests(seal, history),
        reads,
        engine,
        new DocumentVariables(runtime));
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
