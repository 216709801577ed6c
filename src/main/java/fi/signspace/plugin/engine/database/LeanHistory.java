package fi.signspace.plugin.engine.database;

import fi.signspace.plugin.encryption.StateSeal;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.history.JobState;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.event.HistoricJobLogEvent;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.spring.SpringProcessEnginePlugin;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.springframework.stereotype.Component;

/**
 * Keeps one copy of each document in the history, and only the latest state of a request. At
 * history level full, the engine would keep another copy with every change of a variable: more
 * copies of each document, and former states that someone could restore. Changes of derived
 * variables of {@code signing-request} are not recorded either; their latest value is kept. Of its
 * jobs, only failures are recorded: the history has its timers as activities.
 */
@Component
@ConditionalOnEngine
class LeanHistory extends SpringProcessEnginePlugin {

  private static final String STATE = SigningVariables.SIGNING_STATE.name();

  /**
   * Variables derived from title, business key, phase and documents, and the times of checks, which
   * the history also has as times of activities and external tasks.
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
    public void handleEvent(HistoryEvent event) {
      if (!isRoutineJob(event)) {
        super.handleEvent(event);
      }
    }

    private static boolean isRoutineJob(HistoryEvent event) {
      return event instanceof HistoricJobLogEvent job
          && SigningProcess.KEY.equals(job.getProcessDefinitionKey())
          && job.getState() != JobState.FAILED.getStateCode();
    }

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
