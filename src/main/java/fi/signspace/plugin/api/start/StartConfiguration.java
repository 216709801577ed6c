package fi.signspace.plugin.api.start;

import fi.signspace.plugin.ActingHandleProperties;
import fi.signspace.plugin.RequestProperties;
import fi.signspace.plugin.api.call.EngineTransactions;
import fi.signspace.plugin.api.call.IdempotencyLock;
import fi.signspace.plugin.encryption.NinCipher;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.signing.input.ActingHandles;
import fi.signspace.plugin.signing.input.RequestValidator;
import fi.signspace.plugin.signing.input.ValidationRules;
import java.time.Clock;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures what starts requests. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class StartConfiguration {

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
}
