package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.encryption.SealedSince;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Records in the engine's database when the first node started whose workers seal their state and
 * issue evidence; always, if it was the first node of all. The startup lock ensures that the first
 * node writes it.
 */
@Component
@ConditionalOnEngine
class SealedSinceRecord extends AbstractProcessEnginePlugin implements SealedSince {

  /** The name of the property in the table ACT_GE_PROPERTY. */
  static final String PROPERTY = "signspace.sealedSince";

  private volatile @Nullable Instant moment;

  @Override
  public Optional<Instant> moment() {
    return Optional.ofNullable(moment);
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    moment =
        ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration())
            .getCommandExecutorTxRequired()
            .execute(SealedSinceRecord::recorded);
  }

  /** A database that has no instance yet has none of an earlier version. */
  private static Instant recorded(CommandContext context) {
    PropertyManager properties = context.getPropertyManager();
    properties.acquireExclusiveLockForStartup();
    Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    PropertyEntity known = properties.findPropertyById(PROPERTY);
    if (known == null) {
      Instant since = hasInstances(context) ? now : Instant.EPOCH;
      properties.insert(new PropertyEntity(PROPERTY, since.toString()));
      return since;
    }
    Instant since = Instant.parse(known.getValue());
    if (since.isAfter(now)) {
      // the clock was ahead at that time; until then, nothing would have to be sealed
      known.setValue(now.toString());
      return now;
    }
    return since;
  }

  private static boolean hasInstances(CommandContext context) {
    ProcessEngineConfigurationImpl configuration = context.getProcessEngineConfiguration();
    return !configuration.getRuntimeService().createProcessInstanceQuery().listPage(0, 1).isEmpty()
        || !configuration
            .getHistoryService()
            .createHistoricProcessInstanceQuery()
            .listPage(0, 1)
            .isEmpty();
  }
}
