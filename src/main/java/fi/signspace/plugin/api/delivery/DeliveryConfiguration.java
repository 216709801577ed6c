package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.SigningProcess;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Stores events on engine nodes, for the channels that are configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class DeliveryConfiguration {

  @Bean
  DeliveryEnginePlugin deliveryEnginePlugin(ObjectProvider<Channel> channels, Clock clock) {
    return new DeliveryEnginePlugin(SigningProcess.KEY, channels.orderedStream().toList(), clock);
  }
}
