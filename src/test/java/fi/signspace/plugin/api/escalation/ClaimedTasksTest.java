package fi.signspace.plugin.api.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.api.escalation.DeputyProperties.Absence;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.testkit.CleanUp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.ProcessDefinitionPermissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clara, Dora and Dave are case workers, Dave and Nora are members of the group heads, and Nora has
 * no permission.
 */
class ClaimedTasksTest {

  private static final String CLERKS = "signing-clerks";
  private static final ZoneId HELSINKI = ZoneId.of("Europe/Helsinki");
  private static final Instant NOON = Instant.parse("2026-03-02T10:00:00Z");

  private static ProcessEngine engine;

  private final TaskService tasks = engine.getTaskService();
  private final List<String> notified = new ArrayList<>();

  @AfterEach
  void deleteInstances() {
    CleanUp.delete(
        engine.getRuntimeService(), engine.getRuntimeService().createProcessInstanceQuery());
  }

  @BeforeAll
  static void start() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("claimed")
        .setJdbcUrl("jdbc:h2:mem:claimed")
        .setAuthorizationEnabled(true)
        .setJobExecutorActivate(false);
    configuration.setGeneralResourceWhitelistPattern("[a-z-]+");
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("processes/signing-request.bpmn")
        .deploy();
    IdentityService identities = engine.getIdentityService();
    List.of(CLERKS, "heads").forEach(id -> identities.saveGroup(identities.newGroup(id)));
    List.of("clara", "dora", "dave", "nora")
        .forEach(id -> identities.saveUser(identities.newUser(id)));
    User dora = identities.createUserQuery().userId("dora").singleResult();
    dora.setEmail("dora@example.com");
    identities.saveUser(dora);
    List.of("clara", "dora", "dave").forEach(id -> identities.createMembership(id, CLERKS));
    List.of("dave", "nora").forEach(id -> identities.createMembership(id, "heads"));
    grant(Resources.APPLICATION, "tasklist", Permissions.ACCESS);
    grant(
        Resources.PROCESS_DEFINITION,
        SigningProcess.KEY,
        ProcessDefinitionPermissions.READ_INSTANCE);
  }

  private static void grant(Resource resource, String id, Permission permission) {
    Authorization grant =
        engine.getAuthorizationService().createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    grant.setGroupId(CLERKS);
    grant.setResource(resource);
    grant.setResourceId(id);
    grant.addPermission(permission);
    engine.getAuthorizationService().saveAuthorization(grant);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  static Stream<Arguments> absences() {
    return Stream.of(
        arguments("a deputy", Map.of("clara", by("dora")), Set.of("dora")),
        arguments("another colleague is away", Map.of("dave", by("dora")), Set.of()),
        arguments("a deputy without permission", Map.of("clara", by("nora")), Set.of()),
        arguments("a deputy who does not exist", Map.of("clara", by("nobody")), Set.of()),
        arguments(
            "the deputy is away too",
            Map.of("clara", by("dora"), "dora", by("dave")),
            Set.of("dave")),
        arguments(
            "all deputies are away",
            Map.of("clara", by("dora"), "dora", by("dave"), "dave", by("clara")),
            Set.of()),
        arguments("members of a group who may act", Map.of("clara", by("heads")), Set.of("dave")),
        arguments("her own group", Map.of("clara", by(CLERKS)), Set.of("dora", "dave")),
        arguments(
            "her own group, of which another is away",
            Map.of("clara", by(CLERKS), "dora", by("nora")),
            Set.of("dave")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("absences")
  void a_task_of_someone_who_is_away_is_offered_to_the_deputies_who_can_do_it(
      String what, Map<String, Absence> absences, Set<String> deputies) {
    String task = taskClaimedBy("clara");

    lookAfterAll(absences, NOON);

    assertThat(candidates(task)).as(what).containsExactlyInAnyOrderElementsOf(deputies);
    assertThat(assignee(task)).isEqualTo("clara");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T21:59:59Z, 2026-03-02, 2026-03-03, false",
    "2026-03-01T22:00:00Z, 2026-03-02, 2026-03-03, true",
    "2026-03-03T21:59:59Z, 2026-03-02, 2026-03-03, true",
    "2026-03-03T22:00:00Z, 2026-03-02, 2026-03-03, false",
    "2026-03-29T20:59:59Z, 2026-03-30, , false",
    "2026-03-29T21:00:00Z, 2026-03-30, , true",
    "2026-03-29T20:59:59Z, , 2026-03-29, true",
    "2026-03-29T21:00:00Z, , 2026-03-29, false"
  })
  void an_absence_has_whole_days_of_the_installation(
      Instant now, @Nullable LocalDate from, @Nullable LocalDate until, boolean isAway) {
    String task = taskClaimedBy("clara");

    lookAfterAll(Map.of("clara", new Absence("dora", from, until)), now);

    assertThat(candidates(task)).isEqualTo(isAway ? List.of("dora") : List.of());
  }

  @Test
  void a_task_is_offered_once_and_stays_offered_when_the_absence_has_ended() {
    String task = taskClaimedBy("clara");
    Map<String, Absence> absences = Map.of("clara", by("dora"));

    lookAfterAll(absences, NOON);
    lookAfterAll(absences, NOON);
    lookAfterAll(Map.of(), NOON);

    assertThat(candidates(task)).containsExactly("dora");
  }

  @ParameterizedTest
  @CsvSource({"nora", "someone-who-left"})
  void a_task_of_someone_who_may_no_longer_act_is_offered_to_its_candidates_again(String user) {
    String task = taskClaimedBy(user);

    lookAfterAll(Map.of(), NOON);

    assertThat(assignee(task)).isNull();
    assertThat(
            tasks
                .createTaskQuery()
                .taskId(task)
                .taskCandidateGroup(CLERKS)
                .taskUnassigned()
                .count())
        .isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "userTask_resolveProblem, dora, dora@example.com",
    "userTask_decideCancelled, dora, dora@example.com",
    "userTask_correctRequest, dora, dora@example.com",
    "userTask_resolveProblem, dave, ",
    "userTask_manageSigning, dora, "
  })
  void a_deputy_is_notified_once_of_a_task_that_needs_a_decision(
      String task, String deputy, @Nullable String address) {
    taskClaimedBy("clara", task);
    Map<String, Absence> absences = Map.of("clara", by(deputy));

    lookAfterAll(absences, NOON);
    lookAfterAll(absences, NOON);

    assertThat(notified).isEqualTo(address == null ? List.of() : List.of(address));
  }

  private void lookAfterAll(Map<String, Absence> absences, Instant now) {
    CaseWorkers caseWorkers = new CaseWorkers(engine);
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    new ClaimedTasks(
            engine,
            new Deputies(absences, clock, HELSINKI, caseWorkers),
            caseWorkers,
            (request, addresses) -> notified.addAll(addresses))
        .lookAfterAll();
  }

  private static Absence by(String deputy) {
    return new Absence(deputy, null, null);
  }

  private String taskClaimedBy(String user) {
    return taskClaimedBy(user, "userTask_manageSigning");
  }

  private String taskClaimedBy(String user, String key) {
    String instance =
        engine
            .getRuntimeService()
            .createProcessInstanceByKey(SigningProcess.KEY)
            .startBeforeActivity(key)
            .execute()
            .getId();
    Task task = tasks.createTaskQuery().processInstanceId(instance).singleResult();
    tasks.claim(task.getId(), user);
    return task.getId();
  }

  private @Nullable String assignee(String task) {
    return tasks.createTaskQuery().taskId(task).singleResult().getAssignee();
  }

  /** The users to whom a task is offered. */
  private List<String> candidates(String task) {
    return tasks.getIdentityLinksForTask(task).stream()
        .filter(link -> link.getType().equals("candidate"))
        .map(IdentityLink::getUserId)
        .filter(Objects::nonNull)
        .toList();
  }
}
