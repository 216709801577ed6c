package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.RequestProperties;
import fi.signspace.plugin.api.delivery.Delivery;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Properties;
import org.camunda.bpm.engine.ExternalTaskService;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Sends mails from engine nodes, if a sender is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
@ConditionalOnProperty("signspace.mail.from")
class MailConfiguration {

  @Bean
  MailChannel mailChannel(MailProperties properties) {
    return new MailChannel(properties.events());
  }

  @Bean
  Delivery mailDelivery(
      ExternalTaskService tasks,
      MailProperties properties,
      RequestProperties requests,
      NotifiedRequests notified,
      ObjectProvider<JavaMailSender> relays,
      MeterRegistry registry,
      Clock clock) {
    MailCourier courier =
        new MailCourier(
            notified,
            properties.participantEvents(),
            new MailRenderer(requests.timeZone(), properties.link()),
            new MailTransport(relay(relays, properties), properties.sender()));
    return new Delivery("mail", tasks, courier, properties.retries(), clock, new SecureRandom())
        .measuredBy(registry);
  }

  private static JavaMailSender relay(
      ObjectProvider<JavaMailSender> relays, MailProperties properties) {
    JavaMailSender relay =
        relays.getIfAvailable(
            () -> {
              throw new IllegalArgumentException(
                  "signspace.mail.from is set, but no relay: set spring.mail.host, too");
            });
    if (relay instanceof JavaMailSenderImpl smtp) {
      limit(smtp.getJavaMailProperties(), properties);
    }
    return relay;
  }

  /** The library has no timeouts by default. Configured ones are kept. */
  static void limit(Properties relay, MailProperties properties) {
    String timeout = String.valueOf(properties.timeout().toMillis());
    for (String protocol : new String[] {"mail.smtp.", "mail.smtps."}) {
      relay.putIfAbsent(protocol + "connectiontimeout", timeout);
      relay.putIfAbsent(protocol + "timeout", timeout);
      relay.putIfAbsent(protocol + "writetimeout", timeout);
      relay.putIfAbsent(protocol + "from", properties.returnPath());
      relay.putIfAbsent(protocol + "ssl.checkserveridentity", "true");
    }
  }
}
