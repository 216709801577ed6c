package fi.signspace.plugin.api;

import fi.signspace.plugin.ActingHandleProperties;
import fi.signspace.plugin.RequestProperties;
import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.mail.NotifiedRequests;
import fi.signspace.plugin.api.webhook.PendingMessages;
import fi.signspace.plugin.api.webhook.ReportedStatus;
import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.evidence.EvidenceVerifier;
import fi.signspace.plugin.signing.ActingHandles;
import fi.signspace.plugin.signing.RequestValidator;
import fi.signspace.plugin.signing.ValidationRules;
import java.time.Clock;
import java.util.Optional;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures the API on nodes with an engine. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class ApiConfiguration {

  /** The default for acting handles, on nodes with workers. */
  @Bean
  RequestReader requestReader(
      RequestProperties properties,
      ActingHandleProperties actingHandles,
      ObjectProvider<ActingHandles> workers,
      NinCipher cipher,
      Clock clock) {
    return new RequestReader(
        new RequestValidator(
            new ValidationRules(
                clock,
                properties.timeZone(),
                properties.longestDocument().toBytes(),
                workers.getIfAvailable(actingHandles::elsewhere))),
        new NinEncryption(cipher));
  }

  @Bean
  EngineTransactions engineTransactions(TransactionTemplate transaction, IdentityService identity) {
    return new EngineTransactions(transaction, identity);
  }

  @Bean
  Outcome.Reader outcomes(
      HistoryService history, EvidenceVerifier verifier, StateSeal seal, SealedSince sealedSince) {
    return new Outcome.Reader(
        new EvidenceCheck(history, verifier),
        new OutcomeCheck(history, seal, sealedSince),
        new SealedRequests(seal),
        sealedSince);
  }

  @Bean
  RequestQueries requestQueries(
      HistoryService history,
      RuntimeService runtime,
      TaskService tasks,
      EngineTransactions engine,
      Outcome.Reader outcomes) {
    return new RequestQueries(history, runtime, tasks, engine, outcomes);
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
        new SealedRequests(seal),
        engine,
        clock);
  }

  @Bean
  WebhookRepeat webhookRepeat(
      RequestQueries queries,
      Optional<PendingMessages> messages,
      CallerPermissions caller,
      EngineTransactions engine) {
    return new WebhookRepeat(queries, messages, caller, engine);
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

  @Bean
  RequestStarter requestStarter(
      RuntimeService runtime,
      HistoryService history,
      ManagementService management,
      EngineTransactions engine) {
    return new RequestStarter(
        runtime,
        history,
        engine,
        new IdempotencyLock(management, engine),
        new DocumentVariables(runtime));
  }

  @Bean
  CallerPermissions callerPermissions(
      IdentityService identity, AuthorizationService authorizations) {
    return new CallerPermissions(identity, authorizations);
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
      Clock clock) {
    return new RequestMessages(
        runtime, tasks, queries, rights, engine, new DocumentVariables(runtime), clock);
  }
}
