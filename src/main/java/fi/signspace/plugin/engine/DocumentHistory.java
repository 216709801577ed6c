package fi.signspace.plugin.engine;

import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.process.SigningVariables;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.spring.SpringProcessEnginePlugin;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Keeps one copy of each document in the history, and the latest state of a request alone. At level
 * full, the engine would keep another one in the record of every change of its variable: a copy of
 * the document, and a former state that someone could put back.
 */
@Component
@ConditionalOnProperty(name = "camunda.bpm.enabled", matchIfMissing = true)
class DocumentHistory extends SpringProcessEnginePlugin {

  private static final String STATE = SigningVariables.SIGNING_STATE.name();

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    configuration.setEnableDefaultDbHistoryEventHandler(false);
    configuration.setCustomHistoryEventHandlers(List.of(new WithoutCopies()));
  }

  private static final class WithoutCopies extends DbHistoryEventHandler {

    @Override
    protected boolean shouldWriteHistoricDetail(HistoricVariableUpdateEventEntity event) {
      boolean isDocument = ValueType.FILE.getName().equals(event.getSerializerName());
      boolean isState =
          STATE.equals(event.getVariableName()) || StateSeal.isSealed(event.getTextValue());
      return !isDocument && !isState && super.shouldWriteHistoricDetail(event);
    }
  }
}
