package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.status.SigningPhase;
import java.time.Clock;
import java.util.List;
import org.camunda.bpm.engine.ActivityTypes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.UserTask;

/**
 * Stores the events of a request in the transaction in which they happen. A variable of the request
 * counts the signatures that have been reported.
 */
final class EventListener implements ExecutionListener {

  private static final String SIGNATURES = SigningVariables.WEBHOOK_SIGNATURES.name();

  private final Channels channels;
  private final Clock clock;

  EventListener(Channels channels, Clock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public void notify(DelegateExecution activity) {
    if (!(activity.getBpmnModelElementInstance() instanceof FlowNode node)) {
      return;
    }
    if (EVENTNAME_START.equals(activity.getEventName())) {
      if (node instanceof UserTask) {
        EventSteps.ofOpening(node.getId()).stream()
            .filter(channels::want)
            .filter(type -> type != EventType.CANCELLED || !isAskedAgain(activity))
            .forEach(type -> store(activity, type, 0));
      }
    } else if (!activity.isCanceled()) {
      EventSteps.ofCompleting(node)
          .filter(type -> hasHappened(activity, type))
          .ifPresent(type -> completed(activity, type));
    }
  }

  /** After an escalation, for example, a person decides again about the same cancellation. */
  private static boolean isAskedAgain(DelegateExecution decision) {
    List<HistoricActivityInstance> tasks =
        Context.getCommandContext()
            .runWithoutAuthorization(
                () ->
                    decision
                        .getProcessEngineServices()
                        .getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(decision.getProcessInstanceId())
                        .activityType(ActivityTypes.TASK_USER_TASK)
                        .orderByHistoricActivityInstanceStartTime()
                        .desc()
                        .list());
    return tasks.stream()
        .filter(task -> !task.getId().equals(decision.getActivityInstanceId()))
        .map(HistoricActivityInstance::getActivityId)
        .filter(EventSteps.DECISIONS::contains)
        .findFirst()
        .filter(SigningProcess.DECIDE_CANCELLED::equals)
        .isPresent();
  }

  /** SignSpace may have refused what a step was to do; the next check clears the reason. */
  private static boolean hasHappened(DelegateExecution activity, EventType type) {
    return switch (type) {
      case REPLACED, REOPENED ->
          !(activity.getVariable(SigningVariables.REFUSAL.name()) instanceof String refusal)
              || refusal.isEmpty();
      case DOWNLOADED ->
          SigningPhase.SIGNED
              .text()
              .equals(activity.getVariable(SigningVariables.SIGNING_PHASE.name()));
      default -> true;
    };
  }

  private void completed(DelegateExecution activity, EventType type) {
    boolean isSentAgain =
        type == EventType.SENT
            && activity.hasVariable(SigningVariables.FORMER_SIGNING_REQUEST_IDS.name());
    store(activity, isSentAgain ? EventType.SENT_AGAIN : type, 0);
    if (type == EventType.CHECKED) {
      storeSignatures(activity);
    } else if (type == EventType.SENT && activity.hasVariable(SIGNATURES)) {
      activity.getProcessInstance().setVariable(SIGNATURES, 0);
    }
  }

  /** SignSpace returns the number of signatures only, so each one more is a message of its own. */
  private void storeSignatures(DelegateExecution activity) {
    int reported = number(activity, SIGNATURES);
    int completed = number(activity, SigningVariables.SIGNATURES_COMPLETED.name());
    if (channels.want(EventType.SIGNED) && completed > reported) {
      activity.getProcessInstance().setVariable(SIGNATURES, completed);
      for (int signature = reported + 1; signature <= completed; signature++) {
        store(activity, EventType.SIGNED, signature);
      }
    }
  }

  private void store(DelegateExecution activity, EventType type, int signature) {
    if (channels.want(type)) {
      channels.store(activity, new Occurrence(type, clock.instant(), signature));
    }
  }

  private static int number(DelegateExecution request, String variable) {
    return request.getVariable(variable) instanceof Integer number ? number : 0;
  }
}
