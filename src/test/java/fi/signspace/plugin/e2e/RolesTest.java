package fi.signspace.plugin.e2e;

import static fi.signspace.plugin.e2e.EngineRest.putFile;
import static fi.signspace.plugin.e2e.EngineRest.putJson;
import static fi.signspace.plugin.e2e.EngineRest.putString;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fi.signspace.plugin.e2e.ApiClient.Form;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningProcess;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.BatchPermissions;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.persistence.entity.AuthorizationEntity;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The permissions of each group. */
@EndToEnd
class RolesTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static @Nullable String sentList;

  private static final String MODEL =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="test">
        <process id="smuggled" isExecutable="true"><startEvent id="start"/></process>
      </definitions>\
      """;

  @LocalServerPort private int port;
  @Autowired private ProcessEngine processEngine;
  @Autowired private IdentityService identities;
  @Autowired private AuthorizationService authorizations;
  @Autowired private RepositoryService repository;

  @Autowired
  @Qualifier("engineHardeningPlugin")
  private ProcessEnginePlugin engineHardeningPlugin;

  private Web web;
  private String key;

  @BeforeEach
  void start() {
    web = new Web(port);
    key = "role-" + System.nanoTime();
    new SandboxControl(port).reset();
  }

  @Test
  void a_clerk_starts_a_request_does_its_tasks_and_reads_what_requests_did_but_nothing_else()
      throws IOException {
    EngineRest clerk = new EngineRest(port, Login.CLERK);
    SandboxControl sandbox = new SandboxControl(port);

    String instance = clerk.start(key, request());
    await().atMost(PATIENCE).until(() -> !clerk.userTasks(instance).isEmpty());
    assertThat(clerk.get("/filter?resourceType=Task")).hasSizeGreaterThanOrEqualTo(3);
    new EngineRest(port).start("signing-status-sweep", "not-for-clerks", EngineRest.variables());
    assertThat(clerk.get("/process-instance"))
        .isNotEmpty()
        .allMatch(one -> one.get("definitionId").asText().startsWith("signing-request:"));
    assertThat(listedIn(clerk, "Waiting for signatures")).contains("\"signaturesCompleted\"");
    assertThat(clerk.get("/history/process-instance"))
        .isNotEmpty()
        .allMatch(past -> past.get("processDefinitionKey").asText().equals("signing-request"));
    assertThat(clerk.get("/history/variable-instance?deserializeValues=false"))
        .isNotEmpty()
        .allMatch(past -> past.get("processDefinitionKey").asText().equals("signing-request"));
    assertThat(clerk.get("/incident"))
        .allMatch(one -> one.get("processDefinitionId").asText().startsWith("signing-request:"));
    assertThat(clerk.get("/external-task"))
        .allMatch(one -> one.get("processDefinitionKey").asText().equals("signing-request"));
    assertThat(clerk.get("/user")).hasSize(1);
    assertThat(
            web.status(
                Login.CLERK.applyTo(web.to("/engine-rest/process-instance/" + instance).DELETE())))
        .isEqualTo(403);
    clerk.decide(instance, "userTask_manageSigning", "cancelSigning");

    await()
        .atMost(PATIENCE)
        .until(() -> clerk.userTasks(instance).contains("userTask_decideCancelled"));
    clerk.decide(instance, "userTask_decideCancelled", "close");
    EngineRest operator = new EngineRest(port, Login.OPERATOR);
    await().atMost(PATIENCE).until(() -> operator.endOf(instance).isPresent());
    assertThat(sandbox.requests(key)).hasSize(1);
  }

  /** The tasks as listed by Tasklist, with the variables in its columns. */
  private String listedIn(EngineRest clerk, String filter) throws IOException {
    String id = clerk.get("/filter?name=" + filter.replace(" ", "%20")).get(0).get("id").asText();
    return web.send(
            Login.CLERK.applyTo(
                web.to("/engine-rest/filter/" + id + "/list")
                    .header("Accept", "application/hal+json")))
        .body();
  }

  @Test
  void an_operator_sees_and_repairs_everything() throws IOException {
    EngineRest operator = new EngineRest(port, Login.OPERATOR);
    String instance = new EngineRest(port, Login.CLERK).start(key, request());

    await().atMost(PATIENCE).until(() -> !operator.userTasks(instance).isEmpty());
    assertThat(operator.get("/process-instance?businessKey=" + key)).hasSize(1);
    assertThat(operator.variablesOf(instance)).containsEntry("title", key);
    assertThat(
            web.status(
                Login.OPERATOR.applyTo(
                    web.to("/engine-rest/process-instance/" + instance).DELETE())))
        .isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "clara, of-the-clerk, 403",
    "otto, of-the-operator, 403",
    "signing-worker, of-the-workers, 403",
    "demo, demo, 200"
  })
  void only_administrators_deploy(String user, String password, int status) throws IOException {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"data\"; filename=\"smuggled.bpmn\"\r\n\r\n"
            + MODEL.replace(
                "<process",
                "<process camunda:historyTimeToLive=\"P1D\" xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\"")
            + "\r\n--x--\r\n";

    HttpResponse<String> response =
        web.send(
            new Login(user, password)
                .applyTo(web.to("/engine-rest/deployment/create"))
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(BodyPublishers.ofString(form)));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    repository
        .createDeploymentQuery()
        .list()
        .forEach(
            deployment -> {
              if (repository
                  .getDeploymentResourceNames(deployment.getId())
                  .contains("smuggled.bpmn")) {
                repository.deleteDeployment(deployment.getId(), true);
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "clara, of-the-clerk, tasklist, 200",
    "clara, of-the-clerk, cockpit, 403",
    "clara, of-the-clerk, admin, 403",
    "otto, of-the-operator, tasklist, 200",
    "otto, of-the-operator, cockpit, 200",
    "otto, of-the-operator, admin, 403",
    "demo, demo, admin, 200",
    "signing-worker, of-the-workers, tasklist, 401"
  })
  void each_group_has_its_web_apps(String user, String password, String app, int status)
      throws IOException {
    assertThat(web.logIn(app, new Login(user, password))).isEqualTo(status);
  }

  /** 409: the caller may, but the list has been sent. */
  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          call,                  clerk, operator, integrator, reader, outsider
          POST,                  202,   202,      202,        403,    403
          GET,                   200,   200,      200,        200,    403
          GET /{id},             200,   200,      200,        200,    403
          POST /{id}/pause,      409,   409,      409,        403,    403
          POST /{id}/resume,     409,   409,      409,        403,    403
          POST /{id}/cancel,     409,   409,      409,        403,    403
          POST /{id}/cancel-requests, 202, 202,   202,        403,    403
          POST /{id}/retry,      202,   202,      202,        403,    403
          GET /{id}/result,      200,   200,      200,        200,    403
          GET /{id}/documents,   200,   200,      200,        200,    403
          """)
  void each_group_may_do_with_lists_what_it_may_do_with_requests(
      String call, int clerk, int operator, int integrator, int reader, int outsider) {
    String path = "/api/bulk" + call.replaceFirst("[A-Z]+ ?", "").replace("{id}", sentList());
    Function<Login, Integer> status =
        login -> {
          ApiClient api = new ApiClient(port, login);
          if (call.equals("POST")) {
            return api.startList(list()).status();
          }
          return (call.startsWith("GET") ? api.getPath(path) : api.post(path)).status();
        };

    assertThat(
            Stream.of(Login.CLERK, Login.OPERATOR, Login.INTEGRATOR, Login.READER, Login.OUTSIDER)
                .map(status))
        .containsExactly(clerk, operator, integrator, reader, outsider);
  }

  @Test
  void someone_who_may_not_send_a_list_learns_nothing_about_the_keys_of_others() {
    String key = "role-" + System.nanoTime();
    String row = "businessKey;title;signer1\n" + key + ";Lease;anna@example.com";
    new ApiClient(port, Login.DEMO).startList(list(row));

    ApiClient.Response response =
        new ApiClient(port, Login.OUTSIDER).startList(list(row + "\n;Lease;not an address"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(response.json().toString()).doesNotContain(key, "not an address");
  }

  private String sentList() {
    String id = sentList;
    if (id == null) {
      ApiClient demo = new ApiClient(port, Login.DEMO);
      id = demo.startList(list()).json().get("id").asText();
      String path = "/api/bulk/" + id;
      await().atMost(PATIENCE).until(() -> demo.getPath(path).json().get("sent").asInt() == 1);
      sentList = id;
    }
    return id;
  }

  private static Form list() {
    return list(
        "businessKey;title;signer1\nrole-%s;Lease;anna@example.com".formatted(System.nanoTime()));
  }

  private static Form list(String csv) {
    return new Form()
        .list("list.csv", csv.getBytes(UTF_8))
        .document("lease.pdf", Pdfs.withText("Lease"));
  }

  @Test
  void a_worker_sees_only_the_tasks_of_its_topics() throws IOException {
    deploy("topic-of-ours", SigningProcess.Topic.DOWNLOAD_DOCUMENT);
    deploy("topic-of-lists", BulkProcess.SEND_ROWS_TOPIC);
    deploy("topic-of-others", "invoice.book");
    EngineRest demo = new EngineRest(port);
    demo.post("/process-definition/key/topic-of-others/start", EngineRest.variables());
    demo.start(key, request());
    EngineRest worker = new EngineRest(port, Login.WORKER);

    JsonNode tasks =
        worker.post("/external-task/fetchAndLock", fetch("signspace.somethingNew", "invoice.book"));

    assertThat(tasks).isEmpty();
    assertThat(worker.get("/process-definition?key=topic-of-ours")).hasSize(1);
    assertThat(worker.get("/process-definition?key=topic-of-lists")).isEmpty();
    assertThat(worker.get("/task")).isEmpty();
    assertThat(worker.get("/user")).isEmpty();
    assertThat(worker.get("/history/process-instance"))
        .isNotEmpty()
        .noneMatch(one -> one.get("processDefinitionKey").asText().equals("topic-of-others"));
    assertThat(worker.get("/process-definition?key=topic-of-others")).isEmpty();
    assertThat(
            web.status(
                Login.WORKER.applyTo(
                    web.post("/engine-rest/process-definition/key/topic-of-ours/start", "{}"))))
        .isEqualTo(403);
    assertThat(
            web.status(
                Login.WORKER.applyTo(
                    web.post("/engine-rest/user/create", "{\"profile\": {\"id\": \"eve\"}}"))))
        .isEqualTo(403);
    for (String name : List.of("topic-of-ours", "topic-of-lists", "topic-of-others")) {
      repository
          .createDeploymentQuery()
          .deploymentName(name)
          .list()
          .forEach(deployment -> repository.deleteDeployment(deployment.getId(), true));
    }
  }

  @Test
  void a_restart_changes_nothing() {
    Set<String> grants = grants();
    long members = identities.createUserQuery().memberOfGroup("signing-clerks").count();

    engineHardeningPlugin.postProcessEngineBuild(processEngine);

    // requests of other tests may get tasks meanwhile
    assertThat(grants()).containsAll(grants);
    assertThat(grants()).filteredOn(grant -> !grants.contains(grant)).allMatch(this::isOfTask);
    assertThat(identities.createUserQuery().memberOfGroup("signing-clerks").count())
        .isEqualTo(members)
        .isEqualTo(2);
  }

  private Set<String> grants() {
    return authorizations.createAuthorizationQuery().list().stream()
        .map(
            one ->
                "%s %s %s %s %s"
                    .formatted(
                        one.getResourceType(),
                        one.getResourceId(),
                        one.getUserId(),
                        one.getGroupId(),
                        ((AuthorizationEntity) one).getPermissions()))
        .collect(toSet());
  }

  private boolean isOfTask(String grant) {
    return grant.startsWith(Resources.TASK.resourceType() + " ");
  }

  @Test
  void permissions_of_an_existing_installation_are_corrected_at_the_start() {
    String instance = new EngineRest(port, Login.CLERK).start(key, request());
    await().atMost(PATIENCE).until(() -> !new EngineRest(port).userTasks(instance).isEmpty());
    String task =
        new EngineRest(port).get("/task?processInstanceId=" + instance).get(0).get("id").asText();
    asFormerly("signing-admins", Resources.PROCESS_DEFINITION, "*", Permissions.ALL);
    asFormerly("signing-admins", Resources.BATCH, "*", Permissions.ALL);
    asFormerly("signing-clerks", Resources.TASK, task, Permissions.READ, Permissions.UPDATE);
    assertThat(may("signing-clerks", Permissions.UPDATE, Resources.TASK, task)).isTrue();

    engineHardeningPlugin.postProcessEngineBuild(processEngine);

    assertThat(may("signing-clerks", Permissions.UPDATE, Resources.TASK, task)).isFalse();
    assertThat(may("signing-clerks", Permissions.TASK_WORK, Resources.TASK, task)).isTrue();
    assertThat(may("signing-clerks", Permissions.READ, Resources.TASK, task)).isFalse();
    assertThat(
            may(
                "signing-clerks",
                ProcessDefinitionPermissions.READ_TASK,
                Resources.PROCESS_DEFINITION,
                "signing-request"))
        .isTrue();
    for (Permission withdrawn :
        List.of(
            ProcessDefinitionPermissions.DELETE,
            ProcessDefinitionPermissions.UPDATE,
            ProcessDefinitionPermissions.DELETE_HISTORY,
            ProcessDefinitionPermissions.UPDATE_HISTORY)) {
      assertThat(may("signing-admins", withdrawn, Resources.PROCESS_DEFINITION, "signing-request"))
          .as(withdrawn.getName())
          .isFalse();
    }
    assertThat(
            may(
                "signing-admins",
                ProcessDefinitionPermissions.MIGRATE_INSTANCE,
                Resources.PROCESS_DEFINITION,
                "signing-request"))
        .isTrue();
    assertThat(
            may(
                "signing-admins",
                BatchPermissions.CREATE_BATCH_SET_REMOVAL_TIME,
                Resources.BATCH,
                "*"))
        .isFalse();
  }

  private void asFormerly(String group, Resource resource, String id, Permission... permissions) {
    Authorization grant =
        authorizations
            .createAuthorizationQuery()
            .groupIdIn(group)
            .resourceType(resource)
            .resourceId(id)
            .singleResult();
    grant.setPermissions(permissions);
    authorizations.saveAuthorization(grant);
  }

  private boolean may(String group, Permission permission, Resource resource, String id) {
    return authorizations.isUserAuthorized("nobody", List.of(group), permission, resource, id);
  }

  private void deploy(String process, String topic) {
    repository
        .createDeployment()
        .name(process)
        .addModelInstance(
            process + ".bpmn",
            Bpmn.createExecutableProcess(process)
                .camundaHistoryTimeToLive(1)
                .startEvent()
                .serviceTask()
                .camundaExternalTask(topic)
                .endEvent()
                .done())
        .deploy();
  }

  private static ObjectNode fetch(String... topics) {
    ObjectNode body = EngineRest.variables().put("workerId", "w").put("maxTasks", 10);
    var list = body.putArray("topics");
    for (String topic : topics) {
      list.addObject().put("topicName", topic).put("lockDuration", 10_000);
    }
    return body;
  }

  private ObjectNode request() {
    ObjectNode variables = EngineRest.variables();
    putString(variables, "title", key);
    putFile(variables, "document1", "lease.pdf", Pdfs.withText("Lease"));
    putJson(
        variables, "participants", "[{\"handle\": \"anna@example.com\", \"role\": \"signer\"}]");
    return variables;
  }
}
