package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.spring.SpringProcessEnginePlugin;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.springframework.stereotype.Component;

/**
 * Keeps one copy of each document in the history, and the latest state of a request alone. At level
 * full, the engine would keep another one in the record of every change of its variable: a copy of
 * the document, and a former state that someone could put back. Nor are the changes kept of
 * variables of {@code signing-request} that repeat others: their latest value is.
 */
@Component
@ConditionalOnEngine
class DocumentHistory extends SpringProcessEnginePlugin {

  private static final String STATE = SigningVariables.SIGNING_STATE.name();

  /**
   * What follows from title, business key, phase and documents, and the times of checks, which the
   * history has as those of activities and external tasks.
   */
  private static final Set<String> REPEATED =
      Set.of(
          "caseName",
          "followedPhase",
          SigningVariables.FILE_IDS.name(),
          SigningVariables.UPLOADED_DOCUMENTS.name(),
          SigningVariables.LAST_CHECK_AT.name(),
          SigningVariables.NEXT_CHECK_AT.name());

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
      boolean isRepeated =
          SigningProcess.KEY.equals(event.getProcessDefinitionKey())
              && REPEATED.contains(event.getVariableName());
      return !isDocument && !isState && !isRepeated && super.shouldWriteHistoricDetail(event);
    }
  }
}
