package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.time.ZoneId;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Records the time zone of the engine's tables when the first node has built its engine. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
@ConditionalOnEngine
class ZoneRecord extends AbstractProcessEnginePlugin {

  private static final Logger LOG = LoggerFactory.getLogger(ZoneRecord.class);

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    ManagementService management = engine.getManagementService();
    ZoneId used = ZoneId.systemDefault();
    String recorded = management.getProperties().get(DatabaseZone.PROPERTY);
    if (recorded == null) {
      management.setProperty(DatabaseZone.PROPERTY, used.getId());
      LOG.info("The engine's tables store times in the zone {}; recorded for later starts", used);
    } else if (!DatabaseZone.isSame(ZoneId.of(recorded), used)) {
      // another node has recorded it during the startup of this one
      throw DatabaseZone.refusal(ZoneId.of(recorded), used, "the machine");
    }
  }
}
