package fi.signspace.plugin.api.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import fi.signspace.plugin.api.webhook.ReportedStatus.Reported;
import fi.signspace.plugin.process.SigningProcess;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.jspecify.annotations.Nullable;

/**
 * The message to the receiver, identical in every attempt. It says which request has ended; all
 * other data is behind the API's login.
 */
record WebhookMessage(String type, String timestamp, Data data) {

  static final String PROCESS = SigningProcess.WEBHOOK_KEY;

  static final String REQUEST = "endedRequest";

  /** The outcome that the request claims; nodes of the previous version send it. */
  static final String OUTCOME = "endedOutcome";

  /** The API's name for an instance that an admin has deleted. */
  static final String REMOVED = "removed";

  static final String ENDED_AT = "endedAt";

  private static final String TYPE = "signing-request.ended";
  private static final JsonMapper JSON = new JsonMapper();

  /** The ended request. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Data(String id, @Nullable String businessKey, String status) {}

  /**
   * The end time comes from the engine's record of the request, or from the variables if that
   * record is gone.
   */
  static WebhookMessage of(LockedExternalTask task, ReportedStatus reported)
      throws NotEndedException {
    Map<String, Object> variables = task.getVariables();
    String request = String.valueOf(variables.get(REQUEST));
    Optional<Reported> known = reported.of(request);
    if (known.isEmpty()) {
      return new WebhookMessage(
          TYPE,
          String.valueOf(variables.get(ENDED_AT)),
          new Data(request, task.getBusinessKey(), REMOVED));
    }
    Reported record = known.get();
    if (record.endedAt() == null) {
      throw new NotEndedException(request);
    }
    return new WebhookMessage(
        TYPE,
        record.endedAt().toString(),
        new Data(request, record.businessKey(), record.status()));
  }

  /** A running request is not reported. */
  static final class NotEndedException extends Exception {

    private static final long serialVersionUID = 1L;

    NotEndedException(String request) {
      super(
          "The signing request %s has not ended, so the receiver is not notified. Cancel this process instance."
              .formatted(request));
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
