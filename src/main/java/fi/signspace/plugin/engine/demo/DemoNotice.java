package fi.signspace.plugin.engine.demo;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.environment.NodeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;

/**
 * Says in the log, loudly, what in this start is not fit for real documents, and where to look
 * first.
 */
@Component
@ConditionalOnEngine
class DemoNotice {

  private static final Logger LOG = LoggerFactory.getLogger(DemoNotice.class);

  private final ConfigurableEnvironment environment;

  DemoNotice(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  void tell() {
    PropertySource<?> tryOut = environment.getPropertySources().get(DemoDefaults.SOURCE);
    String url = new NodeAddress(environment).external();
    if (tryOut != null) {
      LOG.warn(
          "TRY-OUT: documents are signed by the sandbox at {}/sandbox, with no legal effect", url);
    }
    if (tryOut != null && tryOut.containsProperty("camunda.bpm.admin-user.id")) {
      LOG.warn("TRY-OUT: anybody can log in as demo with password demo, at {}/camunda", url);
    }
    if (environment.getProperty("spring.datasource.url", "").startsWith("jdbc:h2:mem:")) {
      LOG.warn(
          "TRY-OUT: the database is in memory; every process and document is gone when the application stops."
              + " Set spring.datasource.url (SPRING_DATASOURCE_URL)");
    }
  }
}
