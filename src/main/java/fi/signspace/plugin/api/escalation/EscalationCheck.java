package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.StartOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Rejects the start, the correction or the resending of a request whose escalation would reach no
 * one, through any API. Workers cannot check that, since they do not know users and groups.
 */
@Component
@ConditionalOnEngine
class EscalationCheck extends AbstractProcessEnginePlugin {

  private static final String TO = StartOption.ESCALATE_TO.variable();

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    List<BpmnParseListener> listeners =
        new ArrayList<>(
            Objects.requireNonNullElse(configuration.getCustomPostBPMNParseListeners(), List.of()));
    listeners.add(new Checking());
    configuration.setCustomPostBPMNParseListeners(listeners);
  }

  private static final class Checking extends AbstractBpmnParseListener {

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity definition) {
      ActivityImpl upload = definition.findActivity(SigningProcess.UPLOAD);
      if (definition.getKey().equals(SigningProcess.KEY) && upload != null) {
        upload.addBuiltInListener(
            ExecutionListener.EVENTNAME_START, (ExecutionListener) EscalationCheck::check);
      }
    }
  }

  /** A request that exists keeps what was planned when it was sent. */
  private static void check(DelegateExecution upload) {
    boolean isSent = upload.getVariable(SigningVariables.SIGNING_REQUEST_ID.name()) != null;
    boolean isSentAgain = upload.getVariable(SigningVariables.SENDING_AGAIN.name()) != null;
    if (upload.getVariable(TO) instanceof String target
        && !target.isBlank()
        && (!isSent || isSentAgain)) {
      Context.getCommandContext()
          .runWithoutAuthorization(
              () -> {
                new CaseWorkers(upload.getProcessEngineServices()).require(target.strip());
                return target;
              });
    }
  }
}
