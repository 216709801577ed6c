package fi.signspace.plugin.api.timeline;

import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.start.DocumentVariables;
import fi.signspace.plugin.api.view.RequestQueries;
import fi.signspace.plugin.api.view.SealedRequests;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.environment.DocumentReads;
import java.time.Clock;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures what shows the history of requests. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class TimelineConfiguration {

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
}
