package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.encryption.ParticipantNins;
import fi.signspace.plugin.process.BulkProcess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.camunda.bpm.engine.impl.history.event.HistoricFormPropertyEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoricVariableUpdateEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;

/**
 * Removes identity codes from history events before they are written, so nothing has to be deleted
 * from the history later, however an instance ends. The encrypted codes exist only in the running
 * instance, and are removed there once SignSpace has them.
 */
final class NinFreeHistory implements HistoryEventHandler {

  @Override
  public void handleEvent(HistoryEvent event) {
    if (event instanceof HistoricVariableUpdateEventEntity list
        && list.getVariableName().startsWith(BulkProcess.CODES)) {
      list.setByteValue(null);
    } else if (event instanceof HistoricVariableUpdateEventEntity variable
        && ParticipantNins.PARTICIPANTS.equals(variable.getVariableName())) {
      if (variable.getByteValue() != null) {
        variable.setByteValue(withoutNins(variable.getByteValue()));
      }
      if (variable.getTextValue() != null) {
        variable.setTextValue(withoutNins(variable.getTextValue()));
      }
    } else if (event instanceof HistoricFormPropertyEventEntity property
        && ParticipantNins.PARTICIPANTS.equals(property.getPropertyId())
        && property.getPropertyValue() instanceof String text) {
      property.setPropertyValue(withoutNins(text));
    }
  }

  @Override
  public void handleEvents(List<HistoryEvent> events) {
    events.forEach(this::handleEvent);
  }

  private static String withoutNins(String text) {
    return new StoredValue(text.getBytes(StandardCharsets.UTF_8)).withoutNins().text();
  }

  private static byte[] withoutNins(byte[] bytes) {
    return new StoredValue(bytes).withoutNins().bytes();
  }
}
