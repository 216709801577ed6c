package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.SigningProcess;
import java.security.SecureRandom;
import java.time.Clock;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends webhook messages from engine nodes, if a receiver is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
@ConditionalOnProperty("signspace.webhook.url")
class WebhookConfiguration {

  @Bean
  WebhookEnginePlugin webhookEnginePlugin(
      WebhookProperties properties, ObjectProvider<Clock> clock) {
    return new WebhookEnginePlugin(
        SigningProcess.KEY, properties.events(), clock.getIfAvailable(Clock::systemUTC));
  }

  @Bean
  PendingMessages pendingMessages(ProcessEngine engine) {
    return new PendingMessages(engine);
  }

  @Bean
  WebhookDelivery webhookDelivery(
      ExternalTaskService tasks,
      WebhookProperties properties,
      ReportedStatus reported,
      ObjectProvider<Clock> clock) {
    return new WebhookDelivery(
        tasks,
        new WebhookSender(
            properties.receiver(),
            new Signature(properties.secret()),
            properties.timeout(),
            clock.getIfAvailable(Clock::systemUTC)),
        properties,
        reported,
        new SecureRandom());
  }
}
