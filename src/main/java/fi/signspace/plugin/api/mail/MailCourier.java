package fi.signspace.plugin.api.mail;

import fi.signspace.plugin.api.delivery.Courier;
import fi.signspace.plugin.api.delivery.UndeliveredException;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.mail.NotifiedRequests.NotifiedRequest;
import fi.signspace.plugin.process.SigningProcess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.jspecify.annotations.Nullable;

/** Determines the recipients of the mails about an event, then sends the mail to each of them. */
final class MailCourier implements Courier {

  private final NotifiedRequests requests;
  private final Set<EventType> toParticipants;
  private final MailRenderer renderer;
  private final MailTransport transport;

  MailCourier(
      NotifiedRequests requests,
      Set<EventType> toParticipants,
      MailRenderer renderer,
      MailTransport transport) {
    this.requests = requests;
    this.toParticipants = Set.copyOf(toParticipants);
    this.renderer = renderer;
    this.transport = transport;
  }

  @Override
  public List<String> topics() {
    return List.of(SigningProcess.ADDRESS_MAIL_TOPIC, SigningProcess.SEND_MAIL_TOPIC);
  }

  @Override
  public String process() {
    return SigningProcess.MAIL_KEY;
  }

  @Override
  public String advice() {
    return "Check the relay (spring.mail.*), signspace.mail.from and the recipient; then retry"
        + " incidents in Cockpit, or cancel their process instances.";
  }

  @Override
  public @Nullable String businessKey(LockedExternalTask task) {
    return new MailMessage(task).businessKey();
  }

  @Override
  public Map<String, Object> deliver(LockedExternalTask task) throws UndeliveredException {
    MailMessage message = new MailMessage(task);
    if (task.getTopicName().equals(SigningProcess.ADDRESS_MAIL_TOPIC)) {
      return addressed(message);
    }
    send(task.getProcessInstanceId(), message);
    return Map.of();
  }

  private Map<String, Object> addressed(MailMessage message) throws UndeliveredException {
    EventType type = message.type();
    Optional<NotifiedRequest> request = requests.of(message.request());
    List<Recipient> recipients = recipients(message, request);
    Map<String, Object> variables = new HashMap<>();
    variables.put(MailMessage.RECIPIENTS, recipients.size());
    for (int number = 0; number < recipients.size(); number++) {
      variables.put(MailMessage.RECIPIENT + number, MailMessage.json(recipients.get(number)));
    }
    request.ifPresent(
        known ->
            variables.put(
                MailMessage.NOTICE, MailMessage.json(Notice.of(type, message.signature(), known))));
    return variables;
  }

  private List<Recipient> recipients(MailMessage message, Optional<NotifiedRequest> request)
      throws UndeliveredException {
    if (request.isEmpty() || !message.isAbout(request.get().signingRequestId())) {
      return List.of();
    }
    EventType type = message.type();
    List<String> deputies = message.deputies();
    return deputies.isEmpty()
        ? Recipient.of(type, request.get(), toParticipants)
        : Recipient.deputies(type, request.get(), deputies);
  }

  /**
   * A mail that has waited for the relay is dropped if it no longer concerns its recipient, or if
   * the request was sent again since.
   */
  private void send(String id, MailMessage message) throws UndeliveredException {
    Recipient recipient = message.recipient();
    if (recipients(message, requests.of(message.request())).contains(recipient)) {
      transport.send(
          id + "." + message.number(),
          message.at(),
          recipient,
          renderer.render(message.notice(), recipient.audience()));
    }
  }
}
