package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.delivery.Channel;
import fi.signspace.plugin.api.delivery.Occurrence;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.process.SigningVariables;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;

/** Stores messages for the webhook; a variable of the request counts them. */
final class WebhookChannel implements Channel {

  private static final String SEQUENCE = SigningVariables.WEBHOOK_SEQUENCE.name();

  private final Set<EventType> events;

  WebhookChannel(Set<EventType> events) {
    this.events = Set.copyOf(events);
  }

  @Override
  public Set<EventType> events() {
    return events;
  }

  @Override
  public String model() {
    return "webhook/signing-webhook.bpmn";
  }

  @Override
  public void store(DelegateExecution request, Occurrence event) {
    PendingMessages pending = new PendingMessages(request.getProcessEngineServices());
    int sequence = request.getVariable(SEQUENCE) instanceof Integer last ? last + 1 : 1;
    if (event.type() == EventType.ENDED) {
      pending.addEnded(
          request.getProcessInstanceId(),
          request.getProcessBusinessKey(),
          Objects.requireNonNullElse(
              request.getVariable(SigningVariables.SIGNING_OUTCOME), WebhookMessage.REMOVED),
          event.at(),
          sequence);
      return;
    }
    request.getProcessInstance().setVariable(SEQUENCE, sequence);
    pending.add(
        request.getProcessInstanceId(),
        request.getProcessBusinessKey(),
        event.type(),
        event.at(),
        sequence);
  }
}
