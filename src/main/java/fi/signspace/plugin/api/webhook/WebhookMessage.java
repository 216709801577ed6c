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
  static final String OUTCOME = "endedOutcome";
  static final String ENDED_AT = "endedAt";

  private static final String TYPE = "signing-request.ended";
  private static final JsonMapper JSON = new JsonMapper();

  /** The request that has ended. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Data(String id, @Nullable String businessKey, String status) {}

  static WebhookMessage of(LockedExternalTask task) {
    Map<String, Object> variables = task.getVariables();
    return new WebhookMessage(
        TYPE,
        String.valueOf(variables.get(ENDED_AT)),
        new Data(
            String.valueOf(variables.get(REQUEST)),
            task.getBusinessKey(),
            String.valueOf(variables.get(OUTCOME))));
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
