package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.webhook.WebhookMessage.NotEndedException;
import fi.signspace.plugin.api.webhook.WebhookSender.NotAcceptedException;
import fi.signspace.plugin.environment.PollingLoop;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.signing.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the messages that wait in the engine, one after the other. A message that is not
 * accepted stays in the engine until its next attempt is due. If the last attempt fails, it becomes
 * an incident, and each retry in Cockpit makes one more attempt. All engine nodes deliver; the
 * engine locks each message for one of them.
 */
final class WebhookDelivery extends PollingLoop {

  private static final Logger LOG = LoggerFactory.getLogger(WebhookDelivery.class);

  private static final String WHAT_TO_DO =
      " No attempts are left. Check signspace.webhook.url (SIGNSPACE_WEBHOOK_URL),"
          + " signspace.webhook.secret (SIGNSPACE_WEBHOOK_SECRET) and the receiver, then retry.";

  private final ExternalTaskService tasks;
  private final WebhookSender sender;
  private final WebhookProperties properties;
  private final ReportedStatus reported;
  private final Backoff waits;
  private final RandomGenerator random;
  private final String workerId = "webhook-" + UUID.randomUUID();

  WebhookDelivery(
      ExternalTaskService tasks,
      WebhookSender sender,
      WebhookProperties properties,
      ReportedStatus reported,
      RandomGenerator random) {
    super("signspace-webhook", properties.poll(), lock(properties));
    this.tasks = tasks;
    this.reported = reported;
    this.sender = sender;
    this.properties = properties;
    this.waits = properties.waits();
    this.random = random;
  }

  @Override
  protected boolean doNext() throws InterruptedException {
    try {
      List<LockedExternalTask> due =
          tasks
              .fetchAndLock(1, workerId)
              .topic(SigningProcess.TELL_WEBHOOK_TOPIC, lock(properties).toMillis())
              .processDefinitionKey(WebhookMessage.PROCESS)
              .execute();
      for (LockedExternalTask task : due) {
        deliver(task);
      }
      return !due.isEmpty();
    } catch (RuntimeException e) {
      LOG.warn("Cannot fetch or complete a webhook message in the engine; it will be retried", e);
      return false;
    }
  }

  private static Duration lock(WebhookProperties properties) {
    return properties.timeout().multipliedBy(WebhookSender.MAX_EXCHANGE + 1);
  }

  private void deliver(LockedExternalTask task) throws InterruptedException {
    try {
      sender.send(task.getProcessInstanceId(), WebhookMessage.of(task, reported).json());
      tasks.complete(task.getId(), workerId);
    } catch (NotEndedException e) {
      LOG.error("[{}] {}", task.getProcessInstanceId(), e.getMessage());
      tasks.handleFailure(task.getId(), workerId, e.getMessage(), 0, 0);
    } catch (NotAcceptedException e) {
      int left = (task.getRetries() == null ? properties.attempts() : task.getRetries()) - 1;
      int earlier = Math.max(0, properties.attempts() - left - 1);
      Duration wait = waits.after(earlier, random);
      String reason = e.getMessage() + (left > 0 ? "" : WHAT_TO_DO);
      log(task, reason, left, wait);
      tasks.handleFailure(
          task.getId(), workerId, reason, Math.max(0, left), left > 0 ? wait.toMillis() : 0);
    }
  }

  private static void log(LockedExternalTask task, String reason, int left, Duration wait) {
    String key = Objects.requireNonNullElse(task.getBusinessKey(), "without a business key");
    if (left > 0) {
      LOG.warn("[{}] {} Retrying in {} s", key, reason, wait.toSeconds());
    } else {
      LOG.error("[{}] {}", key, reason);
    }
  }
}
