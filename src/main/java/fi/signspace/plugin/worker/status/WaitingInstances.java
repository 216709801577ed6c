package fi.signspace.plugin.worker.status;

import com.fasterxml.jackson.databind.JsonNode;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.StatusSweep;
import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.worker.task.EngineApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the process instances that wait for a change of their signing request from the engine: four
 * requests per thousand.
 */
public class WaitingInstances {

  /** The maximum list size that all supported databases accept. */
  private static final int PAGE = 1000;

  private final EngineApi engine;

  public WaitingInstances(EngineApi engine) {
    this.engine = engine;
  }

  /** The number of open sweeps, including the calling one. */
  int openSweeps() {
    return engine.get("/external-task/count?topicName=" + StatusSweep.TOPIC).path("count").asInt();
  }

  /**
   * Reads one page without locking: instances may continue in the meantime, and an instance may
   * appear on two pages or on none if others start or end.
   *
   * @param number from 0
   */
  Page page(int number) {
    JsonNode executions =
        engine.query(
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
    List<String> ids = new ArrayList<>();
    executions.forEach(execution -> ids.add(execution.path("processInstanceId").asText()));
    return new Page(ids.isEmpty() ? List.of() : withLastCheck(ids), ids.size() == PAGE);
  }

  /**
   * @param mayHaveNext whether there may be a next page
   */
  record Page(List<WaitingInstance> instances, boolean mayHaveNext) {}

  private List<WaitingInstance> withLastCheck(List<String> ids) {
    Map<String, JsonNode> requests = values(SigningVariables.SIGNING_REQUEST_ID, ids);
    Map<String, JsonNode> statuses = values(SigningVariables.SIGNING_STATUS, ids);
    Map<String, JsonNode> signatures = values(SigningVariables.SIGNATURES_COMPLETED, ids);
    List<WaitingInstance> instances = new ArrayList<>();
    for (String id : ids) {
      JsonNode request = requests.get(id);
      if (request != null) {
        JsonNode status = statuses.get(id);
        JsonNode signed = signatures.get(id);
        instances.add(
            new WaitingInstance(
                id,
                request.asText(),
                status == null ? "" : status.asText(),
                signed == null || !signed.isInt() ? null : signed.asInt()));
      }
    }
    return instances;
  }

  private Map<String, JsonNode> values(Variable<?> variable, List<String> ids) {
    JsonNode found =
        engine.query(
            paged("/variable-instance", 0) + "&deserializeValues=false",
            Map.of("variableName", variable.name(), "processInstanceIdIn", ids));
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
