package fi.signspace.plugin.engine.security.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;

/** All ways in which a caller can set a variable of an instance of the process. */
final class WaysToWrite {

  /** One way to write; each gets its own instance. */
  interface Way {
    void write(String name, TypedValue value);
  }

  private static final String KEY = "signing-request";
  private static final String TASK = "userTask_manageSigning";
  private static final String STEP = "serviceTask_uploadDocuments";
  private static final String WAIT = "gateway_wait";

  private static final GuardedEngine GUARDED = GuardedEngine.get();
  private static final RuntimeService RUNTIME = GUARDED.engine().getRuntimeService();
  private static final TaskService TASKS = GUARDED.engine().getTaskService();
  private static final FormService FORMS = GUARDED.engine().getFormService();
  private static final ExternalTaskService EXTERNAL = GUARDED.engine().getExternalTaskService();

  private WaysToWrite() {}

  /** Creates new ways for each use, since some consume what they write to. */
  static Map<String, Way> all() {
    String definition = GUARDED.definition().getId();
    String awaiting = GUARDED.instanceAt(TASK);
    String task = GUARDED.taskOf(awaiting);
    String working = GUARDED.instanceAt(STEP);
    String step = GUARDED.externalTaskOf(working);
    String waiting = GUARDED.instanceAt(WAIT);
    String waitingExecution =
        RUNTIME
            .createExecutionQuery()
            .processInstanceId(waiting)
            .messageEventSubscriptionName("checkStatus")
            .singleResult()
            .getId();
    String ended = ended();
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("start by key", (n, v) -> RUNTIME.startProcessInstanceByKey(KEY, one(n, v)));
    ways.put("start by id", (n, v) -> RUNTIME.startProcessInstanceById(definition, one(n, v)));
    ways.put("start form", (n, v) -> FORMS.submitStartForm(definition, one(n, v)));
    ways.put(
        "start instruction",
        (n, v) ->
            RUNTIME
                .createProcessInstanceByKey(KEY)
                .startBeforeActivity(TASK)
                .setVariable(n, v)
                .execute());
    ways.put(
        "start with instruction",
        (n, v) ->
            RUNTIME
                .createProcessInstanceByKey(KEY)
                .setVariables(one(n, v))
                .startTransition("flow_signingRequested")
                .execute());
    ways.put("variable of the instance", (n, v) -> RUNTIME.setVariable(awaiting, n, v));
    ways.put("local variable", (n, v) -> RUNTIME.setVariableLocal(waitingExecution, n, v));
    ways.put("variables", (n, v) -> RUNTIME.setVariables(awaiting, one(n, v)));
    ways.put("removal", (n, v) -> RUNTIME.removeVariable(awaiting, n));
    ways.put("local removal", (n, v) -> RUNTIME.removeVariablesLocal(awaiting, List.of(n)));
    ways.put(
        "variables in a batch", (n, v) -> RUNTIME.setVariablesAsync(List.of(awaiting), one(n, v)));
    ways.put(
        "variables in a batch by query",
        (n, v) ->
            RUNTIME.setVariablesAsync(
                RUNTIME.createProcessInstanceQuery().processInstanceId(awaiting), one(n, v)));
    ways.put("task variable", (n, v) -> TASKS.setVariable(task, n, v));
    ways.put("local task variable", (n, v) -> TASKS.setVariableLocal(task, n, v));
    ways.put("task variables", (n, v) -> TASKS.setVariables(task, one(n, v)));
    ways.put("removal by a task", (n, v) -> TASKS.removeVariable(task, n));
    ways.put("completion", (n, v) -> TASKS.complete(task, one(n, v)));
    ways.put(
        "completion with variables in return",
        (n, v) -> TASKS.completeWithVariablesInReturn(task, one(n, v), false));
    ways.put("resolution", (n, v) -> TASKS.resolveTask(task, one(n, v)));
    ways.put("form", (n, v) -> FORMS.submitTaskForm(task, one(n, v)));
    ways.put(
        "form with variables in return",
        (n, v) -> FORMS.submitTaskFormWithVariablesInReturn(task, one(n, v), false));
    ways.put("error of a task", (n, v) -> TASKS.handleBpmnError(task, "code", "text", one(n, v)));
    ways.put("escalation of a task", (n, v) -> TASKS.handleEscalation(task, "code", one(n, v)));
    ways.put(
        "message",
        (n, v) ->
            RUNTIME
                .createMessageCorrelation("checkStatus")
                .processInstanceId(waiting)
                .setVariable(n, v)
                .correlate());
    ways.put(
        "message with local variables",
        (n, v) ->
            RUNTIME
                .createMessageCorrelation("cancelSigning")
                .processInstanceId(awaiting)
                .setVariableLocal(n, v)
                .correlateWithResult());
    ways.put(
        "message with variables of its scope",
        (n, v) ->
            RUNTIME
                .createMessageCorrelation("replaceDocuments")
                .processInstanceId(awaiting)
                .setVariablesToTriggeredScope(one(n, v))
                .correlate());
    ways.put(
        "message to all",
        (n, v) -> RUNTIME.createMessageCorrelation("checkStatus").setVariable(n, v).correlateAll());
    ways.put(
        "message to an execution",
        (n, v) -> RUNTIME.messageEventReceived("checkStatus", waitingExecution, one(n, v)));
    ways.put(
        "messages in a batch",
        (n, v) ->
            RUNTIME
                .createMessageCorrelationAsync("checkStatus")
                .setVariables(one(n, v))
                .processInstanceIds(List.of(waiting))
                .correlateAllAsync());
    ways.put("trigger", (n, v) -> RUNTIME.signal(executionAt(working, STEP), one(n, v)));
    ways.put(
        "modification",
        (n, v) ->
            RUNTIME
                .createProcessInstanceModification(awaiting)
                .startBeforeActivity(TASK)
                .setVariable(n, v)
                .execute());
    ways.put(
        "modification in a batch",
        (n, v) ->
            RUNTIME
                .createModification(definition)
                .startBeforeActivity(TASK)
                .processInstanceIds(awaiting)
                .executeAsync());
    ways.put(
        "restart",
        (n, v) ->
            RUNTIME
                .restartProcessInstances(definition)
                .startBeforeActivity("endEvent_signed")
                .processInstanceIds(ended)
                .execute());
    ways.put(
        "restart in a batch",
        (n, v) ->
            RUNTIME
                .restartProcessInstances(definition)
                .startBeforeActivity(TASK)
                .processInstanceIds(ended)
                .executeAsync());
    ways.put("migration", (n, v) -> migrate(working, n, v));
    ways.put("completion of a step", (n, v) -> EXTERNAL.complete(step, "w", one(n, v)));
    ways.put(
        "local variable with the completion of a step",
        (n, v) -> EXTERNAL.complete(step, "w", Map.of(), one(n, v)));
    ways.put(
        "failure of a step",
        (n, v) -> EXTERNAL.handleFailure(step, "w", "m", "d", 1, 1, one(n, v), Map.of()));
    ways.put("error of a step", (n, v) -> EXTERNAL.handleBpmnError(step, "w", "c", "m", one(n, v)));
    return ways;
  }

  private static void migrate(String instance, String name, TypedValue value) {
    String former = GUARDED.formerDefinition().getId();
    String current = GUARDED.definition().getId();
    RUNTIME
        .newMigration(
            RUNTIME
                .createMigrationPlan(current, former)
                .setVariables(one(name, value))
                .mapEqualActivities()
                .build())
        .processInstanceIds(instance)
        .execute();
  }

  private static VariableMap one(String name, TypedValue value) {
    return Variables.createVariables().putValueTyped(name, value);
  }

  private static String executionAt(String instance, String activity) {
    return RUNTIME
        .createExecutionQuery()
        .processInstanceId(instance)
        .activityId(activity)
        .singleResult()
        .getId();
  }

  private static String ended() {
    String id = GUARDED.instanceAt(TASK);
    RUNTIME.deleteProcessInstance(id, "ended");
    return id;
  }
}
