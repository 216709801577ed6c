package fi.signspace.plugin.path;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.externaltask.ExternalTask;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.camunda.bpm.engine.test.assertions.bpmn.ProcessInstanceAssert;
import org.jspecify.annotations.Nullable;

/** A process instance that is driven by its test. */
final class SigningCase {

  /** So far away that no timer becomes due in a test. */
  static final String NEXT_YEAR = "2099-01-01T00:00:00.123456789Z";

  private static final String WORKER = "path-test";

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final ExternalTaskService externalTasks;
  private final ManagementService management;
  private final HistoryService history;
  private final ProcessInstance instance;
  private final String id;

  private SigningCase(ProcessEngine engine, Map<String, Object> variables) {
    this.runtime = engine.getRuntimeService();
    this.tasks = engine.getTaskService();
    this.externalTasks = engine.getExternalTaskService();
    this.management = engine.getManagementService();
    this.history = engine.getHistoryService();
    this.instance = runtime.startProcessInstanceByKey(SigningProcess.KEY, variables);
    this.id = instance.getId();
  }

  static SigningCase started() {
    return startedWith(Map.of());
  }

  static SigningCase startedWith(Map<String, Object> variables) {
    return new SigningCase(PathEngine.get(), variables);
  }

  /** A request without signatures. */
  static SigningCase awaitingSignatures() {
    return started().uploaded().created();
  }

  /** A request that is followed in this phase. */
  static SigningCase inPhase(String phase) {
    SigningCase signing = awaitingSignatures();
    return phase.equals("awaiting") ? signing : signing.send("checkStatus").checked(phase);
  }

  Waiting waiting() {
    @Nullable ActivityInstance root = runtime.getActivityInstance(id);
    return root == null
        ? Waiting.FOR_NOTHING
        : new Waiting(
            leaves(root).map(ActivityInstance::getActivityId).collect(Collectors.toSet()),
            messages());
  }

  private static Stream<ActivityInstance> leaves(ActivityInstance instance) {
    List<ActivityInstance> children = List.of(instance.getChildActivityInstances());
    return children.isEmpty()
        ? Stream.of(instance)
        : children.stream().flatMap(SigningCase::leaves);
  }

  private Set<String> messages() {
    return runtime.createEventSubscriptionQuery().processInstanceId(id).list().stream()
        .map(EventSubscription::getEventName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  // ---- actions of the workers

  /** Completes the one task of this topic. */
  SigningCase work(String topic, Map<String, Object> outputs) {
    externalTasks.complete(fetch(topic), WORKER, outputs);
    return this;
  }

  /** Reports input that a person has to correct. */
  SigningCase reject(String topic) {
    externalTasks.handleBpmnError(
        fetch(topic),
        WORKER,
        SigningProcess.REQUEST_REJECTED,
        "refused",
        Map.of("problem", "The title is missing."));
    return this;
  }

  /** Locks the only task of this topic. */
  private String fetch(String topic) {
    ExternalTask task =
        externalTasks
            .createExternalTaskQuery()
            .processInstanceId(id)
            .topicName(topic)
            .notLocked()
            .singleResult();
    assertThat(task).as("task of %s", topic).isNotNull();
    externalTasks.lock(task.getId(), WORKER, 60_000);
    return task.getId();
  }

  SigningCase uploaded() {
    return work(Topic.UPLOAD_DOCUMENT, Map.of());
  }

  SigningCase created() {
    return work(
        Topic.CREATE_SIGNING_REQUEST,
        Map.of(
            "signingRequestId",
            "63a198e76cd3aa8f6875e3b2",
            "signingStatus",
            "open",
            "signingPhase",
            "awaiting",
            "nextCheckAt",
            NEXT_YEAR));
  }

  SigningCase replaced() {
    return work(Topic.REPLACE_DOCUMENTS, Map.of("nextCheckAt", NEXT_YEAR));
  }

  /** The status check finds the request in this phase. */
  SigningCase checked(String phase) {
    return found(Topic.CHECK_STATUS, phase);
  }

  /** The download checks the status again and finds the request in this phase. */
  SigningCase downloaded(String phase) {
    return found(Topic.DOWNLOAD_DOCUMENT, phase);
  }

  private SigningCase found(String topic, String phase) {
    String status =
        switch (phase) {
          case "awaiting" -> "in_progress";
          case "problem" -> "on_hold";
          case "signed" -> "complete";
          default -> phase;
        };
    return work(
        topic, Map.of("signingPhase", phase, "signingStatus", status, "nextCheckAt", NEXT_YEAR));
  }

  String externalTaskId() {
    return externalTasks.createExternalTaskQuery().processInstanceId(id).singleResult().getId();
  }

  /** The status check finds the request unchanged, and a notice due. */
  SigningCase noticed(String notice) {
    return noticed(notice, "awaiting");
  }

  SigningCase noticed(String notice, String phase) {
    return work(
        Topic.CHECK_STATUS,
        Map.of(
            "signingPhase",
            phase,
            "signingStatus",
            phase.equals("problem") ? "overdue" : "in_progress",
            "nextCheckAt",
            NEXT_YEAR,
            "signingNotice",
            notice));
  }

  // ---- actions of people and callers

  Task userTask() {
    return tasks.createTaskQuery().processInstanceId(id).singleResult();
  }

  /** The open user tasks with this id. */
  List<Task> userTasks(String key) {
    return tasks.createTaskQuery().processInstanceId(id).taskDefinitionKey(key).list();
  }

  /** The groups and users to whom a task is offered. */
  Set<String> candidates(Task task) {
    return tasks.getIdentityLinksForTask(task.getId()).stream()
        .map(link -> link.getGroupId() == null ? "user " + link.getUserId() : link.getGroupId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  SigningCase decide(String decision) {
    return completeUserTask(Map.of("decision", decision));
  }

  SigningCase completeUserTask(Map<String, Object> variables) {
    tasks.complete(userTask().getId(), variables);
    return this;
  }

  SigningCase claimedBy(String user) {
    tasks.claim(userTask().getId(), user);
    return this;
  }

  SigningCase complete(String key, Map<String, Object> variables) {
    tasks.complete(userTasks(key).get(0).getId(), variables);
    return this;
  }

  SigningCase send(String message) {
    return send(message, Map.of());
  }

  SigningCase send(String message, Map<String, Object> variables) {
    runtime
        .createMessageCorrelation(message)
        .processInstanceId(id)
        .setVariables(new HashMap<>(variables))
        .correlate();
    return this;
  }

  // ---- actions of an administrator

  /** Moves the instance, as Cockpit's "Modify" does. */
  SigningCase move(String from, String to, Map<String, Object> variables) {
    runtime
        .createProcessInstanceModification(id)
        .cancelAllForActivity(from)
        .startBeforeActivity(to)
        .setVariables(variables)
        .execute();
    return this;
  }

  // ---- time

  private Job timer(String event) {
    return management.createJobQuery().processInstanceId(id).activityId(event).singleResult();
  }

  SigningCase noticeIsDue() {
    management.executeJob(timer("intermediateEvent_noticeDue").getId());
    return this;
  }

  /** The execution at the gateway that awaits the next check. */
  String waitingExecution() {
    return runtime
        .createExecutionQuery()
        .processInstanceId(id)
        .activityId(SigningProcess.WAITING_GATEWAY)
        .singleResult()
        .getId();
  }

  Job timer() {
    return timer("intermediateEvent_checkDue");
  }

  boolean isTimerDue() {
    return management
            .createJobQuery()
            .processInstanceId(id)
            .activityId("intermediateEvent_checkDue")
            .executable()
            .count()
        == 1;
  }

  SigningCase timeIsUp() {
    management.executeJob(timer().getId());
    return this;
  }

  // ---- observations

  /** The variable of the process instance, also after its end; null if there is none. */
  @Nullable Object variable(String name) {
    HistoricVariableInstance variable =
        history
            .createHistoricVariableInstanceQuery()
            .processInstanceId(id)
            .activityInstanceIdIn(id)
            .variableName(name)
            .singleResult();
    return variable == null ? null : variable.getValue();
  }

  /** The rows of the ended instance that the history clean-up would never remove. */
  List<String> rowsThatCleanUpLeaves() throws SQLException {
    List<String> left = new ArrayList<>();
    try (Connection database = DriverManager.getConnection(PathEngine.DATABASE, "sa", "");
        ResultSet tables =
            database
                .createStatement()
                .executeQuery(
                    """
                    select TABLE_NAME from INFORMATION_SCHEMA.COLUMNS where COLUMN_NAME in ('REMOVAL_TIME_', 'ROOT_PROC_INST_ID_')
                    and TABLE_NAME <> 'ACT_GE_BYTEARRAY' group by TABLE_NAME having count(*) = 2\
                    """)) {
      while (tables.next()) {
        String table = tables.getString(1);
        try (PreparedStatement count =
            database.prepareStatement(
                "select count(*) from %s where ROOT_PROC_INST_ID_ = ? and REMOVAL_TIME_ is null"
                    .formatted(table))) {
          count.setString(1, id);
          ResultSet rows = count.executeQuery();
          rows.next();
          if (rows.getInt(1) > 0) {
            left.add(table + ": " + rows.getInt(1));
          }
        }
      }
    }
    return left;
  }

  /** How often an activity was entered. */
  long visits(String activityId) {
    return history
        .createHistoricActivityInstanceQuery()
        .processInstanceId(id)
        .activityId(activityId)
        .count();
  }

  /** The instance for assertions of camunda-bpm-assert. */
  ProcessInstanceAssert asInstance() {
    return BpmnAwareTests.assertThat(instance);
  }
}
