package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.delivery.Courier;
import fi.signspace.plugin.api.delivery.UndeliveredException;
import fi.signspace.plugin.process.SigningProcess;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;

/** Delivers messages to the webhook's receiver. */
final class WebhookCourier implements Courier {

  private final WebhookSender sender;
  private final ReportedStatus reported;

  WebhookCourier(WebhookSender sender, ReportedStatus reported) {
    this.sender = sender;
    this.reported = reported;
  }

  @Override
  public List<String> topics() {
    return List.of(SigningProcess.TELL_WEBHOOK_TOPIC);
  }

  @Override
  public String process() {
    return WebhookMessage.PROCESS;
  }

  @Override
  public String advice() {
    return "Check signspace.webhook.url (SIGNSPACE_WEBHOOK_URL), signspace.webhook.secret"
        + " (SIGNSPACE_WEBHOOK_SECRET) and the receiver; retry incidents in Cockpit.";
  }

  @Override
  public Map<String, Object> deliver(LockedExternalTask task) throws UndeliveredException {
    sender.send(task.getProcessInstanceId(), WebhookMessage.of(task, reported).json());
    return Map.of();
  }
}
