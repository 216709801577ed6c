package fi.signspace.plugin.api.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.delivery.UndeliveredException;
import fi.signspace.plugin.api.delivery.UndeliveredException.Kind;
import fi.signspace.plugin.api.event.EventType;
import fi.signspace.plugin.api.webhook.ReportedStatus.Reported;
import fi.signspace.plugin.process.SigningProcess;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.jspecify.annotations.Nullable;

/**
 * The message to the receiver, identical in every attempt. It says what has happened to which
 * request; all other data is behind the API's login.
 */
record WebhookMessage(String type, String timestamp, Data data) {

  static final String PROCESS = SigningProcess.WEBHOOK_KEY;

  static final String REQUEST = "endedRequest";

  /** The outcome in the request's variables; nodes of the previous version send it. */
  static final String OUTCOME = "endedOutcome";

  /** The API's name for an instance that an admin has deleted. */
  static final String REMOVED = "removed";

  static final String ENDED_AT = "endedAt";

  /** The type of the event; absent if the request has ended. */
  static final String TYPE = "eventType";

  static final String AT = "eventAt";
  static final String SEQUENCE = "sequence";

  private static final String PREFIX = "signing-request.";
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The request.
   *
   * @param status how it has ended; null while it is running
   * @param sequence the number of the event in its request; null in messages of former versions
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Data(
      String id,
      @Nullable String businessKey,
      @Nullable String status,
      @Nullable Integer sequence) {}

  /** The type of the event, according to the variables of a message's process. */
  static EventType type(Map<String, Object> variables) {
    return EventType.parse(String.valueOf(variables.get(TYPE))).orElse(EventType.ENDED);
  }

  static WebhookMessage of(LockedExternalTask task, ReportedStatus reported)
      throws UndeliveredException {
    EventType type = type(task.getVariables());
    return type == EventType.ENDED ? ended(task, reported) : happened(task, type, reported);
  }

  private static WebhookMessage happened(
      LockedExternalTask task, EventType type, ReportedStatus reported) {
    String request = String.valueOf(task.getVariables().get(REQUEST));
    String businessKey =
        reported.of(request).map(Reported::businessKey).orElseGet(task::getBusinessKey);
    return new WebhookMessage(
        PREFIX + type.text(),
        String.valueOf(task.getVariables().get(AT)),
        new Data(request, businessKey, null, sequence(task)));
  }

  private static @Nullable Integer sequence(LockedExternalTask task) {
    return task.getVariables().get(SEQUENCE) instanceof Integer number ? number : null;
  }

  /**
   * The end time comes from the engine's record of the request, or from the variables if that
   * record is gone.
   */
  private static WebhookMessage ended(LockedExternalTask task, ReportedStatus reported)
      throws UndeliveredException {
    Map<String, Object> variables = task.getVariables();
    String request = String.valueOf(variables.get(REQUEST));
    Optional<Reported> known = reported.of(request);
    if (known.isEmpty()) {
      return new WebhookMessage(
          PREFIX + EventType.ENDED.text(),
          String.valueOf(variables.get(ENDED_AT)),
          new Data(request, task.getBusinessKey(), REMOVED, sequence(task)));
    }
    Reported record = known.get();
    if (record.endedAt() == null) {
      throw new UndeliveredException(
          Kind.HOPELESS,
          "The signing request %s has not ended, so the receiver is not notified. Cancel this process instance."
              .formatted(request));
    }
    return new WebhookMessage(
        PREFIX + EventType.ENDED.text(),
        record.endedAt().toString(),
        new Data(request, record.businessKey(), record.status(), sequence(task)));
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
