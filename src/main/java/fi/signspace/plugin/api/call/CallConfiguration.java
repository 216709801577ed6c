package fi.signspace.plugin.api.call;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures what every call needs. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class CallConfiguration {

  @Bean
  EngineTransactions engineTransactions(TransactionTemplate transaction, IdentityService identity) {
    return new EngineTransactions(transaction, identity);
  }

  @Bean
  CallerPermissions callerPermissions(
      IdentityService identity, AuthorizationService authorizations) {
    return new CallerPermissions(identity, authorizations);
  }
}
