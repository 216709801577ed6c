package fi.signspace.plugin.worker.status;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.StatusSweep;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.worker.task.EngineApi;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the process instances that wait for a change of their signing request from the engine: one
 * request per thousand, and three more for those that have begun to wait since the last sweep.
 */
public class WaitingInstances {

  /** The maximum list size that all supported databases accept. */
  private static final int PAGE = 1000;

  private final EngineApi engine;

  /**
   * What the last sweep has read, by the execution that waits. It is another execution after each
   * check, so the values are still those of the instance.
   */
  private Map<String, WaitingInstance> known = Map.of();

  public WaitingInstances(EngineApi engine) {
    this.engine = engine;
  }

  /** The number of open sweeps, including the calling one. */
  int openSweeps() {
    return engine.get("/external-task/count?topicName=" + StatusSweep.TOPIC).path("count").asInt();
  }

  /**
   * Reads them page by page without locking: instances may continue in the meantime, and an
   * instance may be missing if others start or end.
   *
   * @param beforePage runs before each page
   */
  synchronized Collection<WaitingInstance> all(Runnable beforePage) {
    Map<String, WaitingInstance> waiting = new LinkedHashMap<>();
    int number = 0;
    JsonNode executions;
    do {
      beforePage.run();
      executions = page(number++);
      waiting.putAll(withLastCheck(executions));
    } while (executions.size() == PAGE);
    known = waiting;
    return waiting.values();
  }

  private JsonNode page(int number) {
    return engine.query(
        paged("/execution", number),
        Map.of(
            "processDefinitionKey",
            SigningProcess.KEY,
            "activityId",
            SigningProcess.WAITING_GATEWAY,
            "active",
            true,
            "sorting",
            List.of(Map.of("sortBy", "instanceId", "sortOrder", "asc"))));
  }

  private Map<String, WaitingInstance> withLastCheck(JsonNode executions) {
    Map<String, WaitingInstance> waiting = new HashMap<>();
    Map<String, String> unknown = new LinkedHashMap<>();
    for (JsonNode execution : executions) {
      String id = execution.path("id").asText();
      WaitingInstance before = known.get(id);
      if (before == null) {
        unknown.put(id, execution.path("processInstanceId").asText());
      } else {
        waiting.put(id, before);
      }
    }
    if (!unknown.isEmpty()) {
      waiting.putAll(read(unknown));
    }
    return waiting;
  }

  /**
   * @param executions their process instances
   */
  private Map<String, WaitingInstance> read(Map<String, String> executions) {
    Collection<String> ids = executions.values();
    Map<String, JsonNode> requests = values(SigningVariables.SIGNING_REQUEST_ID, ids);
    Map<String, JsonNode> statuses = values(SigningVariables.SIGNING_STATUS, ids);
    Map<String, JsonNode> signatures = values(SigningVariables.SIGNATURES_COMPLETED, ids);
    Map<String, WaitingInstance> waiting = new HashMap<>();
    executions.forEach(
        (execution, id) -> {
          JsonNode request = requests.get(id);
          if (request != null) {
            JsonNode status = statuses.get(id);
            JsonNode signed = signatures.get(id);
            waiting.put(
                execution,
                new WaitingInstance(
                    id,
                    request.asText(),
                    status == null ? "" : status.asText(),
                    signed == null || !signed.isInt() ? null : signed.asInt()));
          }
        });
    return waiting;
  }

  /** Those of the instances themselves: a task or a scope may have a variable of that name, too. */
  private Map<String, JsonNode> values(Variable<?> variable, Collection<String> ids) {
    JsonNode found =
        engine.query(
            paged("/variable-instance", 0) + "&deserializeValues=false",
            Map.of("variableName", variable.name(), "executionIdIn", ids));
    Map<String, JsonNode> values = new HashMap<>();
    found.forEach(
        entry -> values.put(entry.path("processInstanceId").asText(), entry.path("value")));
    return Collections.unmodifiableMap(values);
  }

  private static String paged(String path, int page) {
    return "%s?firstResult=%s&maxResults=%s".formatted(path, page * PAGE, PAGE);
  }

  /** Returns false if the instance no longer waits. */
  boolean notifyInstance(WaitingInstance instance) {
    return engine.sendMessage(SigningProcess.Message.CHECK_STATUS, instance.id());
  }
}
