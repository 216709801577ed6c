package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.process.SigningProcess;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * A process that calls {@code signing-request} may pass on all of its variables, which anyone may
 * have written. Those of the workers are no input of the called instance, so it starts without
 * them.
 */
final class PassedVariables extends AbstractBpmnParseListener {

  private final OwnedVariables owned;

  PassedVariables(OwnedVariables owned) {
    this.owned = owned;
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity definition) {
    if (definition.getKey().equals(SigningProcess.KEY)) {
      definition.addBuiltInListener(
          ExecutionListener.EVENTNAME_START, (ExecutionListener) this::removeOwned);
    }
  }

  private void removeOwned(DelegateExecution started) {
    if (started instanceof ExecutionEntity instance && instance.getSuperExecution() != null) {
      WorkerVariables workers = owned.of(instance.getProcessDefinition());
      List<String> passed =
          instance.getVariableNamesLocal().stream().filter(workers::contains).toList();
      instance.removeVariablesLocal(passed);
    }
  }
}
