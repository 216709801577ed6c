package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.process.SigningVariables;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/**
 * Stores messages about the events of a request in the transaction in which they happen. Two
 * variables of the request count the events and the signatures that have been reported.
 */
final class EventListener implements ExecutionListener {

  private static final String SEQUENCE = SigningVariables.WEBHOOK_SEQUENCE.name();
  private static final String SIGNATURES = SigningVariables.WEBHOOK_SIGNATURES.name();

  private final Set<EventType> wanted;
  private final Clock clock;

  EventListener(Set<EventType> wanted, Clock clock) {
    this.wanted = wanted;
    this.clock = clock;
  }

  @Override
  public void notify(DelegateExecution activity) {
    if (!(activity.getBpmnModelElementInstance() instanceof FlowNode node)) {
      return;
    }
    if (EVENTNAME_START.equals(activity.getEventName())) {
      if (node instanceof UserTask) {
        EventSteps.ofOpening(node.getId()).forEach(type -> add(activity, type));
      }
    } else if (!activity.isCanceled()) {
      EventSteps.ofCompleting(node).ifPresent(type -> completed(activity, type));
    }
  }

  private void completed(DelegateExecution activity, EventType type) {
    boolean isSentAgain =
        type == EventType.SENT
            && activity.hasVariable(SigningVariables.FORMER_SIGNING_REQUEST_IDS.name());
    add(activity, isSentAgain ? EventType.SENT_AGAIN : type);
    if (type == EventType.CHECKED) {
      addSignatures(activity);
    } else if (type == EventType.SENT && activity.hasVariable(SIGNATURES)) {
      activity.getProcessInstance().setVariable(SIGNATURES, 0);
    }
  }

  /** SignSpace returns the number of signatures only, so each one more is a message of its own. */
  private void addSignatures(DelegateExecution activity) {
    int reported = number(activity, SIGNATURES);
    int completed = number(activity, SigningVariables.SIGNATURES_COMPLETED.name());
    if (wanted.contains(EventType.SIGNED) && completed > reported) {
      activity.getProcessInstance().setVariable(SIGNATURES, completed);
      for (int signature = reported; signature < completed; signature++) {
        add(activity, EventType.SIGNED);
      }
    }
  }

  private void add(DelegateExecution activity, EventType type) {
    if (!wanted.contains(type)) {
      return;
    }
    int sequence = next(activity);
    activity.getProcessInstance().setVariable(SEQUENCE, sequence);
    Context.getCommandContext()
        .runWithoutAuthorization(
            () -> {
              new PendingMessages(activity.getProcessEngineServices())
                  .add(
                      activity.getProcessInstanceId(),
                      activity.getProcessBusinessKey(),
                      type,
                      clock.instant(),
                      sequence);
              return Optional.empty();
            });
  }

  /** Returns the number of the next event. */
  static int next(DelegateExecution request) {
    return number(request, SEQUENCE) + 1;
  }

  private static int number(DelegateExecution request, String variable) {
    return request.getVariable(variable) instanceof Integer number ? number : 0;
  }
}
