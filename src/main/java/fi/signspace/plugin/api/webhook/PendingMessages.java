package fi.signspace.plugin.api.webhook;

import static java.util.stream.Collectors.groupingBy;

import fi.signspace.plugin.api.delivery.Messages;
import fi.signspace.plugin.api.event.EventType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ProcessEngineServices;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.jspecify.annotations.Nullable;

/** Stores messages in the engine until the receiver accepts them. */
public final class PendingMessages {

  private final RuntimeService runtime;
  private final HistoryService history;

  PendingMessages(ProcessEngineServices engine) {
    runtime = engine.getRuntimeService();
    history = engine.getHistoryService();
  }

  /**
   * @param request the id of the process instance
   * @param sequence the number of the event in its request, from 1
   */
  void add(String request, @Nullable String businessKey, EventType type, Instant at, int sequence) {
    start(
        businessKey,
        Map.of(
            WebhookMessage.REQUEST,
            request,
            WebhookMessage.TYPE,
            type.text(),
            WebhookMessage.AT,
            at.toString(),
            WebhookMessage.SEQUENCE,
            sequence));
  }

  /**
   * Stores the message about the end of a request.
   *
   * @param outcome how it has ended, for nodes of the previous version
   * @param sequence null if unknown
   */
  public void addEnded(
      String request,
      @Nullable String businessKey,
      Object outcome,
      Instant at,
      @Nullable Integer sequence) {
    Map<String, Object> variables =
        new HashMap<>(
            Map.of(
                WebhookMessage.REQUEST,
                request,
                WebhookMessage.OUTCOME,
                outcome,
                WebhookMessage.ENDED_AT,
                at.toString()));
    if (sequence != null) {
      variables.put(WebhookMessage.SEQUENCE, sequence);
    }
    start(businessKey, variables);
  }

  /**
   * Stores again all messages about a request that the history still has.
   *
   * @return the types of their events
   */
  public Set<EventType> repeat(String request) {
    List<HistoricProcessInstance> sent =
        history
            .createHistoricProcessInstanceQuery()
            .processDefinitionKey(WebhookMessage.PROCESS)
            .variableValueEquals(WebhookMessage.REQUEST, request)
            .orderByProcessInstanceStartTime()
            .asc()
            .list();
    Map<String, List<HistoricVariableInstance>> variables = variables(sent);
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    Set<Object> repeated = new HashSet<>();
    for (HistoricProcessInstance message : sent) {
      Map<String, Object> values = new HashMap<>();
      variables
          .getOrDefault(message.getId(), List.of())
          .forEach(variable -> values.put(variable.getName(), variable.getValue()));
      EventType type = WebhookMessage.type(values);
      if (repeated.add(type == EventType.ENDED ? type : values.get(WebhookMessage.SEQUENCE))) {
        types.add(type);
        start(message.getBusinessKey(), values);
      }
    }
    return types;
  }

  private Map<String, List<HistoricVariableInstance>> variables(
      List<HistoricProcessInstance> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    String[] ids = messages.stream().map(HistoricProcessInstance::getId).toArray(String[]::new);
    return history.createHistoricVariableInstanceQuery().processInstanceIdIn(ids).list().stream()
        .collect(groupingBy(HistoricVariableInstance::getProcessInstanceId));
  }

  private void start(@Nullable String businessKey, Map<String, Object> variables) {
    Messages.store(runtime, WebhookMessage.PROCESS, businessKey, variables);
  }
}
