package fi.signspace.plugin.engine.security.command;

import static fi.signspace.plugin.engine.security.command.GuardedEngine.ADMIN;
import static fi.signspace.plugin.engine.security.command.GuardedEngine.OTHER;
import static fi.signspace.plugin.engine.security.command.GuardedEngine.SIGNING_ADMIN;
import static fi.signspace.plugin.engine.security.command.GuardedEngine.WORKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import fi.signspace.plugin.engine.security.command.WaysToWrite.Way;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every variable of the workers and of the model, combined with every way to write it. */
class CommandAuthorizationTest {

  private static final GuardedEngine GUARDED = GuardedEngine.get();
  private static final ProcessEngine ENGINE = GUARDED.engine();
  private static final RuntimeService RUNTIME = ENGINE.getRuntimeService();
  private static final TaskService TASKS = ENGINE.getTaskService();
  private static final TypedValue TEXT = Variables.stringValue("x");

  /**
   * Operations that are forbidden whatever the variables, and that workers do not perform either.
   */
  private static final Set<String> OF_ADMINS =
      Set.of(
          "start instruction",
          "start with instruction",
          "variables in a batch",
          "variables in a batch by query",
          "message to all",
          "messages in a batch",
          "trigger",
          "error of a task",
          "escalation of a task",
          "modification",
          "modification in a batch",
          "restart",
          "restart in a batch",
          "migration",
          "resolution");

  private static Stream<String> ownedNames() {
    Set<String> names = new TreeSet<>(new WorkerVariables(Models.current()).names());
    names.addAll(
        List.of(
            "signedDocument1",
            "signedDocument7",
            "signedDocumentEvidence",
            "signedDocument",
            "idempotencyKey_0123"));
    return names.stream();
  }

  private static Stream<String> ways() {
    return WaysToWrite.all().keySet().stream();
  }

  @Test
  void only_workers_and_admins_can_write_owned_variables_in_any_way() {
    Map<String, Way> ways = WaysToWrite.all();
    List<String> written = new ArrayList<>();

    ownedNames()
        .filter(name -> !name.equals(SigningProcess.DECISION))
        .forEach(
            name ->
                ways.forEach(
                    (words, way) -> {
                      if (!isRefused(OTHER, way, name, TEXT)) {
                        written.add(words + ": " + name);
                      }
                    }));

    assertThat(written).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void admins_may_do_everything(String way) {
    for (String admin : List.of(ADMIN, SIGNING_ADMIN)) {
      boolean isRefused = isRefused(admin, WaysToWrite.all().get(way), "signingOutcome", TEXT);

      assertThat(isRefused).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void workers_may_only_write_variables_and_execute_their_steps(String way) {
    boolean isRefused = isRefused(WORKER, WaysToWrite.all().get(way), "signingOutcome", TEXT);

    assertThat(isRefused).isEqualTo(OF_ADMINS.contains(way));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_custom_variable_may_be_set_at_a_start_but_not_with_a_task(String way) {
    boolean isRefused = isRefused(OTHER, WaysToWrite.all().get(way), "invoiceNumber", TEXT);

    boolean isOpen =
        Set.of("start by key", "start by id", "start form").contains(way)
            || way.equals("local variable")
            || way.equals("variable of the instance")
            || way.equals("variables")
            || way.equals("removal")
            || way.equals("local removal");
    assertThat(isRefused).isEqualTo(!isOpen);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void the_engine_itself_is_not_checked(String way) {
    boolean isRefused = isRefused(WaysToWrite.all().get(way), "signingOutcome", TEXT);

    assertThat(isRefused).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"document1", "documentA", "document"})
  void a_document_is_a_file(String name) {
    Map<String, Way> ways = WaysToWrite.all();
    TypedValue file = GuardedEngine.file();
    TypedValue nothing = Variables.untypedNullValue();

    for (String way : List.of("start by key", "start form", "variable of the instance", "form")) {
      assertThat(isRefused(OTHER, ways.get(way), name, TEXT)).as(way).isTrue();
      assertThat(isRefused(OTHER, ways.get(way), name, Variables.byteArrayValue(new byte[1])))
          .as(way)
          .isTrue();
    }
    assertThat(isRefused(OTHER, ways.get("start by key"), name, nothing)).isTrue();
    assertThat(isRefused(OTHER, ways.get("start by key"), name, file)).isFalse();
    assertThat(isRefused(OTHER, ways.get("variable of the instance"), name, nothing)).isFalse();
    assertThat(isRefused(OTHER, ways.get("message with variables of its scope"), name, file))
        .isFalse();
    assertThat(isRefused(OTHER, WaysToWrite.all().get("completion"), name, nothing)).isFalse();
    assertThat(isRefused(OTHER, WaysToWrite.all().get("form"), name, file)).isFalse();
  }

  @Test
  void each_task_accepts_its_decision_and_correct_request_also_the_start_variables() {
    for (String task :
        List.of(
            "userTask_manageSigning",
            "userTask_decideCancelled",
            "userTask_resolveProblem",
            "userTask_correctRequest")) {
      String id = GUARDED.taskOf(GUARDED.instanceAt(task));
      boolean isCorrection = task.equals("userTask_correctRequest");

      assertThat(isRefused(OTHER, (n, v) -> TASKS.setVariable(id, n, v), "decision", TEXT))
          .isFalse();
      for (String name : SigningVariables.START) {
        assertThat(isRefused(OTHER, (n, v) -> TASKS.setVariable(id, n, v), name, TEXT))
            .as("%s with %s", name, task)
            .isEqualTo(!isCorrection);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "userTask_correctRequest, retry,            title,     false",
    "userTask_correctRequest, keepWaiting,      title,     true",
    "userTask_correctRequest, abandon,          document1, true",
    "userTask_manageSigning,  replaceDocuments, document1, false",
    "userTask_manageSigning,  checkStatus,      document1, true"
  })
  void what_a_decision_does_not_send_is_not_changed(
      String task, String decision, String name, boolean isRefused) {
    String id = GUARDED.taskOf(GUARDED.instanceAt(task));
    TypedValue value =
        name.equals("title")
            ? TEXT
            : Variables.fileValue("lease.pdf").file(new byte[] {1}).create();
    Way completion =
        (n, v) -> TASKS.complete(id, Variables.putValue("decision", decision).putValueTyped(n, v));

    assertThat(isRefused(OTHER, completion, name, value)).isEqualTo(isRefused);
  }

  @Test
  void every_start_variable_can_be_set_at_the_start() {
    for (String name : SigningVariables.START) {
      Way start = WaysToWrite.all().get("start by key");

      assertThat(isRefused(OTHER, start, name, TEXT)).as(name).isFalse();
    }
  }

  @Test
  void only_admins_may_start_a_former_version() {
    String former = GUARDED.formerDefinition().getId();

    assertThatThrownBy(() -> GUARDED.as(OTHER, () -> RUNTIME.startProcessInstanceById(former)))
        .isInstanceOf(ForbiddenCommandException.class)
        .hasMessageContaining("former version")
        .hasMessageContaining("signing-admins");
    assertThat(GUARDED.as(SIGNING_ADMIN, () -> RUNTIME.startProcessInstanceById(former)).getId())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"signspace.uploadDocument", "signspace.checkStatus"})
  void only_workers_and_admins_may_fetch_from_the_topics(String topic) {
    assertThatThrownBy(() -> GUARDED.as(OTHER, () -> fetch(topic, "signing-request")))
        .isInstanceOf(ForbiddenCommandException.class)
        .hasMessageContaining("signing-workers");
    GUARDED.as(WORKER, () -> fetch(topic, "signing-request"));
    GUARDED.as(SIGNING_ADMIN, () -> fetch(topic, "signing-request"));
    assertThatThrownBy(() -> GUARDED.as(OTHER, () -> fetch(topic, "ordinary")))
        .isInstanceOf(ForbiddenCommandException.class);
    GUARDED.as(OTHER, () -> fetch("invoice.book", "signing-request"));
  }

  private static void fetch(String topic, String process) {
    ENGINE
        .getExternalTaskService()
        .fetchAndLock(1, "w")
        .topic(topic, 1)
        .processDefinitionKey(process)
        .execute();
  }

  @Test
  void topics_served_by_the_engine_are_for_admins_only() {
    String topic = SigningProcess.TELL_WEBHOOK_TOPIC;
    ENGINE
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("webhook/signing-webhook.bpmn")
        .enableDuplicateFiltering(true)
        .deploy();

    for (String user : List.of(OTHER, WORKER)) {
      assertThatThrownBy(() -> GUARDED.as(user, () -> fetch(topic, SigningProcess.WEBHOOK_KEY)))
          .isInstanceOf(ForbiddenCommandException.class)
          .hasMessageContaining("signing-admins")
          .hasMessageNotContaining("signing-workers");
      assertThatThrownBy(
              () ->
                  GUARDED.as(
                      user, () -> RUNTIME.startProcessInstanceByKey(SigningProcess.WEBHOOK_KEY)))
          .isInstanceOf(ForbiddenCommandException.class)
          .hasMessageContaining("signing-admins");
    }
    String id =
        GUARDED.as(
            SIGNING_ADMIN,
            () -> RUNTIME.startProcessInstanceByKey(SigningProcess.WEBHOOK_KEY).getId());
    for (String user : List.of(OTHER, WORKER)) {
      assertThatThrownBy(() -> GUARDED.as(user, () -> RUNTIME.setVariable(id, "endedRequest", "x")))
          .isInstanceOf(ForbiddenCommandException.class);
    }
    GUARDED.as(SIGNING_ADMIN, () -> fetch(topic, SigningProcess.WEBHOOK_KEY));
  }

  static Stream<TypedValue> notText() {
    return Stream.of(
        Variables.integerValue(5),
        Variables.booleanValue(true),
        Variables.untypedNullValue(),
        Variables.stringValue(null),
        Variables.objectValue(new ArrayList<>(List.of("cancelSigning")))
            .serializationDataFormat(Variables.SerializationDataFormats.JAVA)
            .create(),
        GuardedEngine.file());
  }

  @ParameterizedTest
  @MethodSource("notText")
  void a_decision_must_be_text_for_every_caller(TypedValue value) {
    Map<String, Way> ways = WaysToWrite.all();

    for (String user : List.of(OTHER, WORKER, SIGNING_ADMIN, ADMIN)) {
      for (String way : List.of("completion", "form", "task variable")) {
        Throwable refusal =
            GUARDED.as(user, () -> catchThrowable(() -> ways.get(way).write("decision", value)));

        assertThat(refusal)
            .as("%s by %s", way, user)
            .isInstanceOf(RestException.class)
            .hasMessageContaining("decision")
            .extracting(e -> ((RestException) e).getStatus().getStatusCode())
            .isEqualTo(400);
      }
    }
  }

  @Test
  void only_workers_and_admins_may_work_on_steps() {
    String instance = GUARDED.instanceAt("serviceTask_uploadDocuments");
    String step = GUARDED.externalTaskOf(instance);
    var external = ENGINE.getExternalTaskService();
    List<Runnable> touches =
        List.of(
            () -> external.lock(step, "w", 60_000),
            () -> external.extendLock(step, "w", 60_000),
            () -> external.unlock(step),
            () -> external.setPriority(step, 1),
            () -> external.setRetries(step, 1),
            () -> external.updateRetries().externalTaskIds(step).set(1),
            () -> external.updateRetries().processInstanceIds(instance).set(1),
            () ->
                external
                    .updateRetries()
                    .externalTaskQuery(external.createExternalTaskQuery().externalTaskId(step))
                    .set(1),
            () -> external.updateRetries().processInstanceIds(instance).setAsync(1));

    for (Runnable touch : touches) {
      assertThatThrownBy(() -> GUARDED.as(OTHER, touch))
          .isInstanceOf(ForbiddenCommandException.class);
      GUARDED.as(SIGNING_ADMIN, () -> assertThat(catchThrowable(touch::run)).isNull());
    }
  }

  /** Without its timers, a request is neither checked nor does it give notices. */
  @Test
  void only_admins_change_the_timers_of_requests() {
    ManagementService management = ENGINE.getManagementService();
    String instance = GUARDED.instanceAt("gateway_wait");
    Job timer = management.createJobQuery().processInstanceId(instance).listPage(0, 1).get(0);
    String job = timer.getId();
    String ofAll = timer.getJobDefinitionId();
    List<Runnable> touches =
        List.of(
            () -> management.suspendJobById(job),
            () -> management.suspendJobByJobDefinitionId(ofAll),
            () -> management.suspendJobByProcessInstanceId(instance),
            () -> management.suspendJobByProcessDefinitionId(timer.getProcessDefinitionId()),
            () -> management.suspendJobByProcessDefinitionKey(SigningProcess.KEY),
            () -> management.activateJobById(job),
            () -> management.activateJobByJobDefinitionId(ofAll),
            () -> management.activateJobByProcessInstanceId(instance),
            () -> management.activateJobByProcessDefinitionId(timer.getProcessDefinitionId()),
            () -> management.activateJobByProcessDefinitionKey(SigningProcess.KEY),
            () -> management.setJobDuedate(job, timer.getDuedate()),
            () -> management.recalculateJobDuedate(job, false),
            () -> management.setJobPriority(job, 1),
            () -> management.setJobRetries(job, 1),
            () -> management.setJobRetries(List.of(job), 1),
            () -> management.setJobRetriesByJobDefinitionId(ofAll, 1));

    for (Runnable touch : touches) {
      for (String user : List.of(OTHER, WORKER)) {
        Throwable refusal = GUARDED.as(user, () -> catchThrowable(touch::run));

        assertThat(refusal)
            .as("%s by %s", touches.indexOf(touch), user)
            .isInstanceOf(ForbiddenCommandException.class);
      }
      GUARDED.as(SIGNING_ADMIN, () -> assertThat(catchThrowable(touch::run)).isNull());
    }
  }

  @Test
  void in_the_process_of_an_analyst_others_retry_a_step_and_do_not_work_on_it() {
    String instance = ENGINE.getRuntimeService().startProcessInstanceByKey("lease").getId();
    String step = GUARDED.externalTaskOf(instance);
    var external = ENGINE.getExternalTaskService();
    List<Runnable> work =
        List.of(
            () -> external.lock(step, "w", 60_000),
            () -> external.extendLock(step, "w", 60_000),
            () -> external.unlock(step),
            () -> external.handleFailure(step, "w", "failed", 0, 0),
            () -> external.handleBpmnError(step, "w", "code"),
            () -> external.complete(step, "w", Map.of("signingRequestId", "foreign")),
            () -> ENGINE.getRuntimeService().signal(executionOf(step)));

    for (Runnable one : work) {
      assertThatThrownBy(() -> GUARDED.as(OTHER, one))
          .isInstanceOf(ForbiddenCommandException.class)
          .hasMessageContaining("lease: only members of")
          .hasMessageContaining("signing-workers");
    }
    GUARDED.as(OTHER, () -> external.setRetries(step, 1));
    GUARDED.as(WORKER, () -> external.lock(step, "w", 60_000));
  }

  private static String executionOf(String step) {
    return ENGINE
        .getExternalTaskService()
        .createExternalTaskQuery()
        .externalTaskId(step)
        .singleResult()
        .getExecutionId();
  }

  @Test
  void processes_of_analysts_are_not_restricted() {
    var variables = Map.<String, Object>of("signingOutcome", "x", "document1", 7);

    GUARDED.as(
        OTHER,
        () -> {
          String id =
              RUNTIME
                  .createProcessInstanceByKey("ordinary")
                  .startBeforeActivity("userTask_manageSigning")
                  .setVariables(variables)
                  .execute()
                  .getId();
          RUNTIME.setVariable(id, "signedDocument1", "x");
          TASKS.complete(GUARDED.taskOf(id), variables);
          RUNTIME
              .createMessageCorrelation("checkStatus")
              .setVariables(variables)
              .processInstanceId(id)
              .correlate();
          RUNTIME.createProcessInstanceModification(id).startBeforeActivity("service").execute();
        });
  }

  @Test
  void a_task_can_be_claimed_for_others_only_with_the_permission_to_assign_it() {
    String task = GUARDED.taskOf(GUARDED.instanceAt("userTask_manageSigning"));
    ENGINE.getIdentityService().setAuthentication("nora", List.of());
    try {
      assertThatThrownBy(() -> TASKS.claim(task, "stranger"))
          .isInstanceOf(org.camunda.bpm.engine.AuthorizationException.class);
    } finally {
      ENGINE.getIdentityService().clearAuthentication();
    }
    GUARDED.as(OTHER, () -> TASKS.claim(task, "stranger"));
    GUARDED.as(OTHER, () -> TASKS.setAssignee(task, null));
    GUARDED.as(OTHER, () -> TASKS.claim(task, OTHER));

    assertThat(TASKS.createTaskQuery().taskId(task).taskAssignee(OTHER).count()).isEqualTo(1);
  }

  private static boolean isRefused(String user, Way way, String name, TypedValue value) {
    return GUARDED.as(user, () -> isRefused(way, name, value));
  }

  /** Whether the check rejects it; other errors of the engine do not matter here. */
  private static boolean isRefused(Way way, String name, TypedValue value) {
    return catchThrowable(() -> way.write(name, value)) instanceof ForbiddenCommandException;
  }
}
