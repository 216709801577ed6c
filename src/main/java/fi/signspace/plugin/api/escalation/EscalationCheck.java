package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.input.StartOption;
import fi.signspace.plugin.signing.text.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.StringValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Rejects the start, the correction or the resending of a request whose escalation would reach no
 * one, through any API. Workers cannot check that, since they do not know users and groups. When
 * the escalation is due, the target is checked once more: the variable may have been written after
 * the first check.
 */
@Component
@ConditionalOnEngine
class EscalationCheck extends AbstractProcessEnginePlugin {

  private static final Logger LOG = LoggerFactory.getLogger(EscalationCheck.class);

  private static final String TO = StartOption.ESCALATE_TO.variable();
  private static final String ESCALATED_TO = SigningVariables.ESCALATED_TO.name();

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
      if (definition.getKey().equals(SigningProcess.KEY)) {
        listen(definition.findActivity(SigningProcess.UPLOAD), EscalationCheck::check);
        listen(definition.findActivity(SigningProcess.ESCALATION), EscalationCheck::checkAgain);
      }
    }

    private static void listen(@Nullable ActivityImpl activity, ExecutionListener listener) {
      if (activity != null) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, listener);
      }
    }
  }

  /** A request that exists keeps what was planned when it was sent. */
  private static void check(DelegateExecution upload) {
    boolean isSent = upload.getVariable(SigningVariables.SIGNING_REQUEST_ID.name()) != null;
    boolean isSentAgain = upload.getVariable(SigningVariables.SENDING_AGAIN.name()) != null;
    if (!isSent || isSentAgain) {
      target(upload).ifPresent(target -> require(upload, target));
    }
  }

  /**
   * @throws InvalidTargetException if it is not text: workers read JSON text, too
   */
  private static Optional<String> target(DelegateExecution upload) {
    TypedValue given = upload.getVariableTyped(TO, false);
    if (given == null || given.getType() == ValueType.NULL) {
      return Optional.empty();
    }
    if (!(given instanceof StringValue text)) {
      throw new InvalidTargetException("It must be text.");
    }
    return Optional.ofNullable(text.getValue())
        .map(TextRules::stripped)
        .filter(to -> !to.isEmpty());
  }

  private static void require(DelegateExecution execution, String target) {
    Context.getCommandContext()
        .runWithoutAuthorization(
            () -> {
              new CaseWorkers(execution.getProcessEngineServices()).require(target);
              return target;
            });
  }

  private static void checkAgain(DelegateExecution escalation) {
    if (escalation.getVariable(ESCALATED_TO) instanceof String target) {
      try {
        require(escalation, target);
      } catch (InvalidTargetException e) {
        LOG.warn(
            "[{}] The request is escalated to no one; only those who had its task before see it. {}",
            escalation.getProcessBusinessKey(),
            e.getMessage());
        escalation.setVariable(ESCALATED_TO, null);
      }
    }
  }
}
