package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.RequestProperties;
import fi.signspace.plugin.api.delivery.Channel;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.time.Clock;
import org.camunda.bpm.engine.ProcessEngine;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Looks after claimed tasks on engine nodes. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnEngine
class EscalationConfiguration {

  @Bean
  ClaimedTasks claimedTasks(
      ProcessEngine engine,
      DeputyProperties properties,
      RequestProperties requests,
      ObjectProvider<Channel> channels,
      Clock clock) {
    CaseWorkers caseWorkers = new CaseWorkers(engine);
    return new ClaimedTasks(
        engine,
        new Deputies(properties.deputies(), clock, requests.timeZone(), caseWorkers),
        caseWorkers,
        (request, deputies) ->
            channels
                .orderedStream()
                .forEach(channel -> channel.storeForDeputies(request, clock.instant(), deputies)));
  }
}
