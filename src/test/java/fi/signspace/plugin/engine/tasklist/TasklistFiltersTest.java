package fi.signspace.plugin.engine.tasklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import fi.signspace.plugin.process.SigningProcess;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TasklistFiltersTest {

  private static final String ME = "me";
  private static final String OTHER = "other";
  private static final String MANAGE = "userTask_manageSigning";
  private static final String RESOLVE = "userTask_resolveProblem";

  private static ProcessEngine engine;

  private final TaskService tasks = engine.getTaskService();
  private final FilterService filters = engine.getFilterService();

  @BeforeAll
  static void start() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("filters")
        .setJdbcUrl("jdbc:h2:mem:filters")
        .setJobExecutorActivate(false);
    configuration.setGeneralResourceWhitelistPattern("[a-z-]+");
    engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("processes/signing-request.bpmn")
        .deploy();
    engine.getIdentityService().saveUser(engine.getIdentityService().newUser(ME));
    engine.getIdentityService().saveGroup(engine.getIdentityService().newGroup("signing-clerks"));
    engine.getIdentityService().createMembership(ME, "signing-clerks");
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @BeforeEach
  void create() {
    filters.createTaskFilterQuery().list().forEach(list -> filters.deleteFilter(list.getId()));
    forgetWhatWasCreated();
    new TasklistFilters(engine, Locale.ENGLISH).create();
  }

  private static void forgetWhatWasCreated() {
    engine.getManagementService().getProperties().keySet().stream()
        .filter(name -> name.startsWith("signspace.filter."))
        .forEach(engine.getManagementService()::deleteProperty);
  }

  static Stream<Arguments> tasks() {
    return Stream.of(
        arguments(MANAGE, "open", "P30D", Set.of("Waiting for signatures", "My group")),
        arguments(
            MANAGE,
            "in_progress",
            "P6D",
            Set.of("Waiting for signatures", "Due this week", "My group")),
        arguments(
            MANAGE, "overdue", "-P1D", Set.of("Waiting for signatures", "Overdue", "My group")),
        arguments(RESOLVE, "overdue", "-P1D", Set.of("Needs a decision", "Overdue", "My group")),
        arguments(
            RESOLVE, "on_hold", "P1D", Set.of("Needs a decision", "Due this week", "My group")),
        arguments(
            "userTask_decideCancelled", "cancelled", "P1D", Set.of("Needs a decision", "My group")),
        arguments("userTask_correctRequest", "", "P1D", Set.of("Needs correction", "My group")),
        arguments("userTask_remindSigners", "open", "P1D", Set.of("Reminders", "My group")));
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void each_task_is_in_the_lists_that_it_belongs_to(
      String key, String status, Duration due, Set<String> lists) {
    Task task = task(key, status, due);

    assertThat(listsWith(task)).containsExactlyInAnyOrderElementsOf(with("All tasks", lists));
  }

  @Test
  void a_task_that_i_have_claimed_is_among_mine() {
    Task task = task(MANAGE, "open", Duration.ofDays(30));

    tasks.claim(task.getId(), ME);

    assertThat(listsWith(task))
        .containsExactlyInAnyOrder("Waiting for signatures", "My tasks", "All tasks");
  }

  @Test
  void a_task_of_a_colleague_that_is_offered_to_me_by_name_is_among_mine() {
    Task task = task(MANAGE, "open", Duration.ofDays(30));

    tasks.claim(task.getId(), OTHER);
    assertThat(listsWith(task)).doesNotContain("My tasks", "My group");
    tasks.addCandidateUser(task.getId(), ME);

    assertThat(listsWith(task))
        .containsExactlyInAnyOrder("Waiting for signatures", "My tasks", "All tasks");
  }

  @Test
  void a_filter_that_an_admin_has_changed_renamed_or_deleted_stays_so() {
    Filter changed = filter("Overdue");
    filters.saveFilter(changed.setProperties(Map.of("color", "#ff0000")));
    filters.saveFilter(filter("Reminders").setName("Mahnungen"));
    filters.deleteFilter(filter("My group").getId());
    List<String> before = names();

    new TasklistFilters(engine, Locale.ENGLISH).create();

    assertThat(names()).containsExactlyElementsOf(before);
    assertThat(filter("Overdue").getProperties()).isEqualTo(Map.of("color", "#ff0000"));
  }

  @Test
  void an_installation_of_a_former_version_gets_the_filters_that_it_lacks() {
    List<String> all = names();
    forgetWhatWasCreated();
    filters.deleteFilter(filter("Due this week").getId());
    Filter changed = filter("Overdue");
    filters.saveFilter(changed.setProperties(Map.of("color", "#ff0000")));

    new TasklistFilters(engine, Locale.ENGLISH).create();

    assertThat(names()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(filter("Overdue").getProperties()).isEqualTo(Map.of("color", "#ff0000"));
  }

  @Test
  void new_filters_are_named_in_the_language_of_the_installation() {
    List<String> english = names();
    filters.deleteFilter(filter("Overdue").getId());
    engine.getManagementService().deleteProperty("signspace.filter.Overdue");

    new TasklistFilters(engine, Locale.forLanguageTag("fi")).create();
    new TasklistFilters(engine, Locale.forLanguageTag("sv")).create();

    assertThat(names()).hasSameSizeAs(english).contains("Myöhässä", "Needs a decision");
    assertThat(filter("Myöhässä").getProperties().get("variables").toString())
        .contains("Allekirjoitettu");
  }

  private Task task(String key, String status, Duration due) {
    String instance =
        engine
            .getRuntimeService()
            .createProcessInstanceByKey(SigningProcess.KEY)
            .startBeforeActivity(key)
            .setVariables(
                Map.of(
                    "signingStatus",
                    status,
                    "dueAt",
                    Date.from(Clock.systemUTC().instant().plus(due))))
            .execute()
            .getId();
    return tasks.createTaskQuery().processInstanceId(instance).singleResult();
  }

  private static Set<String> with(String name, Set<String> others) {
    return Stream.concat(Stream.of(name), others.stream()).collect(Collectors.toSet());
  }

  /** The lists in which I see a task. */
  private Set<String> listsWith(Task task) {
    engine.getIdentityService().setAuthenticatedUserId(ME);
    try {
      return filters.createTaskFilterQuery().list().stream()
          .filter(
              list ->
                  filters.<Task>list(list.getId()).stream()
                      .anyMatch(listed -> listed.getId().equals(task.getId())))
          .map(Filter::getName)
          .collect(Collectors.toSet());
    } finally {
      engine.getIdentityService().clearAuthentication();
    }
  }

  private Filter filter(String name) {
    return filters.createTaskFilterQuery().filterName(name).singleResult();
  }

  private List<String> names() {
    return filters.createTaskFilterQuery().orderByFilterName().asc().list().stream()
        .map(Filter::getName)
        .toList();
  }
}
