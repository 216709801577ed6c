package fi.signspace.plugin.environment;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Logs the content of {@code /actuator/info} at the start, one line per part. */
@Component
class StartReport {

  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);

  private final List<InfoContributor> parts;

  StartReport(List<InfoContributor> parts) {
    this.parts = parts;
  }

  @EventListener(ApplicationReadyEvent.class)
  void log() {
    Info.Builder report = new Info.Builder();
    parts.forEach(part -> part.contribute(report));
    report
        .build()
        .getDetails()
        .forEach((part, details) -> LOG.info("Runs with {}: {}", part, details));
  }
}
