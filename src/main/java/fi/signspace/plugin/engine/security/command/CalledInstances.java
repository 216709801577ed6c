package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * A process that calls {@code signing-request} may pass on all of its variables, which anyone may
 * have written. Those of the workers are no input of the called instance, so it starts without
 * them. The product's internal processes have no caller.
 */
final class CalledInstances extends AbstractBpmnParseListener {

  /** Their variables are the product's own. */
  private static final Set<String> INTERNAL =
      Set.of(SigningProcess.WEBHOOK_KEY, SigningProcess.MAIL_KEY, BulkProcess.KEY);

  private final OwnedVariables owned;

  CalledInstances(OwnedVariables owned) {
    this.owned = owned;
  }

  @Override
  public void parseProcess(Element element, ProcessDefinitionEntity definition) {
    if (definition.getKey().equals(SigningProcess.KEY)) {
      definition.addBuiltInListener(
          ExecutionListener.EVENTNAME_START, (ExecutionListener) this::removeOwned);
    } else if (INTERNAL.contains(definition.getKey())) {
      definition.addBuiltInListener(
          ExecutionListener.EVENTNAME_START, (ExecutionListener) CalledInstances::requireNoCaller);
    }
  }

  private static void requireNoCaller(DelegateExecution started) {
    ExecutionEntity instance = (ExecutionEntity) started;
    if (isCalled(instance)) {
      throw new ProcessEngineException(
          "%s is internal: no process can call it"
              .formatted(instance.getProcessDefinition().getKey()));
    }
  }

  private static boolean isCalled(ExecutionEntity instance) {
    return instance.getSuperExecution() != null || instance.getSuperCaseExecution() != null;
  }

  private void removeOwned(DelegateExecution started) {
    ExecutionEntity instance = (ExecutionEntity) started;
    if (isCalled(instance)) {
      WorkerVariables workers = owned.of(instance.getProcessDefinition());
      List<String> passed =
          instance.getVariableNamesLocal().stream().filter(workers::contains).toList();
      instance.removeVariablesLocal(passed);
    }
  }
}
