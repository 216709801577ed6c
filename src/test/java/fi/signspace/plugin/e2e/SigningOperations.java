package fi.signspace.plugin.e2e;

import fi.signspace.plugin.e2e.EngineEndpoint.Call;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The operations on signing requests in the engine's REST API: one call for each row of the table
 * in docs/security.md, each with its own test data.
 */
final class SigningOperations {

  private static final String KEY = "signing-request";
  private static final String MANAGE = "userTask_manageSigning";
  private static final String FORGED = "{\"value\": \"x\", \"type\": \"String\"}";

  private final ProcessEngine engine;
  private final TransactionTemplate transaction;
  private final String businessKey;
  private final Map<String, Function<String, Call>> calls = new LinkedHashMap<>();

  SigningOperations(
      ProcessEngine engine, PlatformTransactionManager transactions, String businessKey) {
    this.engine = engine;
    transaction = new TransactionTemplate(transactions);
    this.businessKey = businessKey;
    starts();
    tasks();
    instances();
    admins();
  }

  /** The operations by their names in the table; the argument is the user. */
  Map<String, Function<String, Call>> calls() {
    return calls;
  }

  private void starts() {
    String start = "/process-definition/" + definition() + "/start";
    calls.put("start", user -> call("POST", start, started("")));
    calls.put(
        "start with a variable of one's own",
        user -> call("POST", start, started(variable("invoiceNumber"))));
    calls.put(
        "start with a variable of the workers",
        user -> call("POST", start, started(variable("signedDocument1"))));
    calls.put(
        "start with start instructions",
        user ->
            call(
                "POST",
                start,
                "{\"businessKey\": \"%s\", \"startInstructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"endEvent_signed\"}]}"
                    .formatted(businessKey)));
  }

  private void tasks() {
    calls.put(
        "do a task: claim it, give it back", user -> call("POST", claimed() + "/unclaim", ""));
    calls.put(
        "do a task: complete it with a decision",
        user -> call("POST", task() + "/complete", completed("decision")));
    calls.put(
        "complete a task with a variable of the workers",
        user -> call("POST", task() + "/complete", completed("signingPhase")));
    calls.put(
        "complete a task with another variable",
        user -> call("POST", task() + "/complete", completed("invoiceNumber")));
    calls.put(
        "set a variable of a task", user -> call("PUT", task() + "/variables/decision", FORGED));
    calls.put(
        "set a variable of the workers in a task, local or not",
        user -> call("PUT", task() + "/localVariables/signedDocument7", FORGED));
    calls.put(
        "claim a task for oneself",
        user -> call("POST", task() + "/claim", "{\"userId\": \"%s\"}".formatted(user)));
    calls.put(
        "claim a task for another user",
        user -> call("POST", task() + "/claim", "{\"userId\": \"stranger\"}"));
    calls.put(
        "add a candidate to a task",
        user ->
            call(
                "POST",
                task() + "/identity-links",
                "{\"userId\": \"stranger\", \"type\": \"candidate\"}"));
    calls.put("rename a task", user -> call("PUT", task(), "{\"name\": \"x\"}"));
    calls.put(
        "comment on a task",
        user -> call("POST", task() + "/comment/create", "{\"message\": \"x\"}"));
    calls.put(
        "attach something to a task",
        user ->
            new Call(
                "POST",
                task() + "/attachment/create",
                "--x\r\nContent-Disposition: form-data; name=\"url\"\r\n\r\nhttp://x\r\n--x--\r\n",
                "multipart/form-data; boundary=x"));
    calls.put("read a comment on a task", user -> call("GET", commented(), ""));
    calls.put("read an attachment of a task", user -> call("GET", attached() + "/data", ""));
    calls.put(
        "change a comment of a request",
        user -> {
          String instance = instance(MANAGE);
          String comment =
              engine.getTaskService().createComment(taskOf(instance), instance, "x").getId();
          return call(
              "PUT",
              path(instance) + "/comment",
              "{\"id\": \"%s\", \"message\": \"y\"}".formatted(comment));
        });
    calls.put(
        "remove the comments of a request",
        user -> call("DELETE", path(withComment(instance(MANAGE))) + "/comment", ""));
  }

  private String withComment(String instance) {
    engine.getTaskService().createComment(taskOf(instance), instance, "x");
    return instance;
  }

  private String commented() {
    String task = taskOf(instance(MANAGE));
    return "/task/%s/comment/%s"
        .formatted(task, engine.getTaskService().createComment(task, null, "x").getId());
  }

  private String attached() {
    String task = taskOf(instance(MANAGE));
    return "/task/%s/attachment/%s"
        .formatted(
            task,
            engine
                .getTaskService()
                .createAttachment(
                    "text", task, null, "x", "x", new ByteArrayInputStream(new byte[] {'x'}))
                .getId());
  }

  private void instances() {
    calls.put(
        "read the history",
        user -> call("GET", "/history/process-instance/" + instance(MANAGE), ""));
    calls.put(
        "set a variable of one's own",
        user -> call("PUT", path(instance(MANAGE)) + "/variables/invoiceNumber", FORGED));
    calls.put(
        "set a variable of the workers",
        user -> call("PUT", path(instance(MANAGE)) + "/variables/signingOutcome", FORGED));
    calls.put(
        "remove a variable of the workers",
        user -> call("DELETE", path(instance(MANAGE)) + "/variables/signingPhase", ""));
    calls.put("send a message", user -> call("POST", "/message", message("")));
    calls.put(
        "send a message with a variable of the workers",
        user ->
            call(
                "POST",
                "/message",
                message(", \"processVariables\": {\"signingPhase\": %s}".formatted(FORGED))));
    calls.put(
        "send a message to all (`all: true`)",
        user -> call("POST", "/message", message(", \"all\": true")));
    calls.put(
        "work on external tasks", user -> call("POST", "/external-task/" + step() + "/unlock", ""));
    calls.put(
        "fetch external tasks",
        user ->
            call(
                "POST",
                "/external-task/fetchAndLock",
                "{\"workerId\": \"w\", \"maxTasks\": 1, \"topics\": [{\"topicName\": \"signspace.cancelSigningRequest\", \"lockDuration\": 1}]}"));
  }

  private Call migrate(String activity) {
    return call(
        "POST",
        "/migration/execute",
        ("{\"migrationPlan\": {\"sourceProcessDefinitionId\": \"%1$s\", \"targetProcessDefinitionId\": \"%1$s\","
                + " \"instructions\": [{\"sourceActivityIds\": [\"userTask_correctRequest\"], \"targetActivityIds\": [\"%2$s\"]}]},"
                + " \"processInstanceIds\": [\"%3$s\"]}")
            .formatted(definition(), activity, instance("userTask_correctRequest")));
  }

  private void admins() {
    calls.put(
        "modify an instance",
        user ->
            call(
                "POST",
                path(instance(MANAGE)) + "/modification",
                "{\"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"userTask_correctRequest\"}]}"));
    calls.put(
        "restart an instance",
        user ->
            call(
                "POST",
                "/process-definition/" + definition() + "/restart",
                "{\"processInstanceIds\": [\"%s\"], \"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"userTask_correctRequest\"}]}"
                    .formatted(ended())));
    calls.put("migrate an instance", user -> migrate("userTask_correctRequest"));
    calls.put("migrate an activity to another one", user -> migrate("userTask_remindSigners"));
    calls.put(
        "suspend an instance",
        user -> call("PUT", path(instance(MANAGE)) + "/suspended", "{\"suspended\": true}"));
    calls.put("end an instance", user -> call("DELETE", path(instance(MANAGE)), ""));
    calls.put(
        "set retries in a batch",
        user ->
            call(
                "POST",
                "/external-task/retries-async",
                "{\"retries\": 1, \"externalTaskIds\": [\"%s\"]}".formatted(step())));
    calls.put(
        "set variables in a batch",
        user ->
            call(
                "POST",
                "/process-instance/variables-async",
                "{\"processInstanceIds\": [\"%s\"], \"variables\": {\"invoiceNumber\": %s}}"
                    .formatted(instance(MANAGE), FORGED)));
    calls.put(
        "modify, restart or send messages in a batch",
        user ->
            call(
                "POST",
                "/process-instance/message-async",
                "{\"messageName\": \"checkStatus\", \"processInstanceIds\": [\"%s\"]}"
                    .formatted(instance("gateway_wait"))));
    calls.put("delete history", user -> call("DELETE", "/history/process-instance/" + ended(), ""));
    calls.put(
        "delete a variable of the history",
        user -> call("DELETE", "/history/process-instance/" + ended() + "/variable-instances", ""));
    calls.put(
        "change the retention",
        user ->
            call(
                "PUT",
                "/process-definition/" + definition() + "/history-time-to-live",
                "{\"historyTimeToLive\": 180}"));
    calls.put(
        "delete a definition", user -> call("DELETE", "/process-definition/" + disposable(), ""));
    calls.put(
        "delete a deployment",
        user ->
            call(
                "DELETE",
                "/deployment/"
                    + engine
                        .getRepositoryService()
                        .getProcessDefinition(disposable())
                        .getDeploymentId(),
                ""));
  }

  private static Call call(String method, String path, String json) {
    return Call.of(method, path, json);
  }

  private static String path(String instance) {
    return "/process-instance/" + instance;
  }

  private String started(String more) {
    return """
    {"businessKey": "%s", "variables": {"title": {"value": "x", "type": "String"}%s}}\
    """
        .formatted(businessKey, more);
  }

  private static String variable(String name) {
    return ", \"%s\": %s".formatted(name, FORGED);
  }

  private static String completed(String variable) {
    return "{\"variables\": {\"%s\": %s}}".formatted(variable, FORGED);
  }

  /** Finds the task by its instance, since all share the business key. */
  private String message(String more) {
    return "{\"messageName\": \"checkStatus\", \"processInstanceId\": \"%s\"%s}"
        .formatted(instance("gateway_wait"), more);
  }

  private String task() {
    return "/task/" + taskOf(instance(MANAGE));
  }

  /** Claims the task for a colleague: any user with permission for the task may take it over. */
  private String claimed() {
    String task = taskOf(instance(MANAGE));
    engine.getTaskService().claim(task, "clara");
    return "/task/" + task;
  }

  private String taskOf(String instance) {
    return engine
        .getTaskService()
        .createTaskQuery()
        .processInstanceId(instance)
        .singleResult()
        .getId();
  }

  /** An external task that no worker fetches, because its instance is suspended at once. */
  private String step() {
    return transaction.execute(
        status -> {
          String instance = instance("serviceTask_cancelSigningRequest");
          engine.getRuntimeService().suspendProcessInstanceById(instance);
          return engine
              .getExternalTaskService()
              .createExternalTaskQuery()
              .processInstanceId(instance)
              .singleResult()
              .getId();
        });
  }

  private String instance(String activity) {
    return engine
        .getRuntimeService()
        .createProcessInstanceByKey(KEY)
        .businessKey(businessKey)
        .setVariables(variables())
        .startBeforeActivity(activity)
        .execute()
        .getId();
  }

  private static Map<String, Object> variables() {
    return Map.of("title", "x", "signingPhase", "awaiting", "nextCheckAt", "2999-12-31T00:00:00Z");
  }

  private String ended() {
    String id = instance(MANAGE);
    engine.getRuntimeService().deleteProcessInstance(id, "ended");
    return id;
  }

  private String definition() {
    return engine
        .getRepositoryService()
        .createProcessDefinitionQuery()
        .processDefinitionKey(KEY)
        .latestVersion()
        .singleResult()
        .getId();
  }

  private String disposable() {
    return engine
        .getRepositoryService()
        .createDeployment()
        .name("disposable")
        .addModelInstance(
            "disposable.bpmn",
            Bpmn.createExecutableProcess("disposable")
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .endEvent()
                .done())
        .deployWithResult()
        .getDeployedProcessDefinitions()
        .get(0)
        .getId();
  }
}
