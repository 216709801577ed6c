package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.delivery.Delivery;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends webhook messages from engine nodes, if a receiver is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
@ConditionalOnProperty("signspace.webhook.url")
class WebhookConfiguration {

  @Bean
  WebhookChannel webhookChannel(WebhookProperties properties) {
    return new WebhookChannel(properties.events());
  }

  @Bean
  PendingMessages pendingMessages(ProcessEngine engine) {
    return new PendingMessages(engine);
  }

  @Bean
  Delivery webhookDelivery(
      ExternalTaskService tasks,
      WebhookProperties properties,
      ReportedStatus reported,
      MeterRegistry registry,
      Clock clock) {
    WebhookSender sender =
        new WebhookSender(
            properties.receiver(), new Signature(properties.secret()), properties.timeout(), clock);
    return new Delivery(
            "webhook",
            tasks,
            new WebhookCourier(sender, reported),
            properties.retries(),
            clock,
            new SecureRandom())
        .measuredBy(registry);
  }
}
