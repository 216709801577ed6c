package fi.signspace.plugin.api.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.camunda.bpm.engine.externaltask.LockedExternalTask;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver is told, the same with every attempt. It says which request has ended; what
 * else there is to know is behind the API's login.
 */
record WebhookMessage(String type, String timestamp, Data data) {

  static final String PROCESS = "signing-webhook";

  static final String REQUEST = "endedRequest";

  /** What the request claims; nodes of the previous version send it. */
  static final String OUTCOME = "endedOutcome";

  /** As the API calls it: an admin has deleted the instance. */
  static final String REMOVED = "removed";

  static final String ENDED_AT = "endedAt";

  private static final String TYPE = "signing-request.ended";
  private static final JsonMapper JSON = new JsonMapper();

  /** The request that has ended. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Data(String id, @Nullable String businessKey, String status) {}

  static WebhookMessage of(LockedExternalTask task, ReportedStatus reported) {
    Map<String, Object> variables = task.getVariables();
    String request = String.valueOf(variables.get(REQUEST));
    return new WebhookMessage(
        TYPE,
        String.valueOf(variables.get(ENDED_AT)),
        new Data(request, task.getBusinessKey(), reported.of(request).orElse(REMOVED)));
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
