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

/** Warns in the log about everything in this start that is unfit for real documents. */
@Component
@ConditionalOnEngine
class DemoNotice {

  private static final Logger LOG = LoggerFactory.getLogger(DemoNotice.class);

  private final ConfigurableEnvironment environment;

  DemoNotice(ConfigurableEnvironment environment) {
    this.environment = environment;
  }

  @EventListener(ApplicationReadyEvent.class)
  void log() {
    PropertySource<?> tryOut = environment.getPropertySources().get(DemoDefaults.SOURCE);
    String url = new NodeAddress(environment).external();
    boolean hasWorkers = environment.getProperty("signspace.worker.enabled", Boolean.class, true);
    if (tryOut != null && hasWorkers) {
      LOG.warn(
          "TRY-OUT: documents are signed by the sandbox at {}/sandbox, with no legal effect", url);
    }
    if (tryOut != null && tryOut.containsProperty("camunda.bpm.admin-user.id")) {
      LOG.warn("TRY-OUT: anyone can log in as demo with password demo at {}/camunda", url);
    }
    if (environment.getProperty("spring.datasource.url", "").startsWith("jdbc:h2:mem:")) {
      LOG.warn(
          "TRY-OUT: the database is in memory, so every process and document is lost when the application stops."
              + " Set spring.datasource.url (SPRING_DATASOURCE_URL)");
    }
  }
}
