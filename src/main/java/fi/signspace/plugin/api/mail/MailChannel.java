package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.delivery.Channel;
import fi.signspace.plugin.api.delivery.Messages;
import fi.signspace.plugin.api.delivery.Occurrence;
import fi.signspace.plugin.api.event.EventSteps;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.model.bpmn.instance.FlowNode;

/** Stores events for mails. Who gets them is determined afterwards, outside the transaction. */
final class MailChannel implements Channel {

  private final Set<EventType> events;

  MailChannel(Set<EventType> events) {
    this.events = Set.copyOf(events);
  }

  @Override
  public Set<EventType> events() {
    return events;
  }

  @Override
  public String model() {
    return "mail/signing-mail.bpmn";
  }

  @Override
  public void store(DelegateExecution request, Occurrence event) {
    if (!isKnown(request, event.type())) {
      store(request, event, Map.of());
    }
  }

  @Override
  public void storeForDeputies(DelegateExecution request, Instant at, List<String> deputies) {
    if (events.contains(EventType.DECISION_NEEDED)) {
      store(
          request,
          new Occurrence(EventType.DECISION_NEEDED, at, 0),
          Map.of(MailMessage.DEPUTIES, MailMessage.json(deputies)));
    }
  }

  private static void store(
      DelegateExecution request, Occurrence event, Map<String, Object> further) {
    Map<String, Object> variables = new HashMap<>(further);
    variables.put(MailMessage.REQUEST, request.getProcessInstanceId());
    variables.put(MailMessage.TYPE, event.type().text());
    variables.put(MailMessage.AT, event.at().toString());
    variables.put(MailMessage.SIGNATURE, event.signature());
    if (request.getVariable(MailMessage.SIGNING_REQUEST_ID) instanceof String id) {
      variables.put(MailMessage.SIGNING_REQUEST_ID, id);
    }
    if (request.getProcessBusinessKey() != null) {
      variables.put(MailMessage.REQUEST_KEY, request.getProcessBusinessKey());
    }
    Messages.store(
        request.getProcessEngineServices().getRuntimeService(),
        SigningProcess.MAIL_KEY,
        null,
        variables);
  }

  /**
   * The mail about a cancellation or a decline says already that a case worker has to decide, and
   * one who corrects a request has decided that.
   */
  private boolean isKnown(DelegateExecution request, EventType type) {
    if (type != EventType.DECISION_NEEDED) {
      return false;
    }
    // the task has an empty decision of its own
    Object decision = request.getProcessInstance().getVariable(SigningProcess.DECISION);
    return SigningProcess.SEND_AGAIN.equals(decision)
        || (request.getBpmnModelElementInstance() instanceof FlowNode task
            && EventSteps.reasonToDecide(
                    task, request.getVariable(SigningVariables.SIGNING_STATUS.name()))
                .filter(events::contains)
                .isPresent());
  }
}
