package fi.signspace.plugin.engine.tasklist;

import fi.signspace.plugin.engine.security.permission.Grants;
import fi.signspace.plugin.engine.security.permission.SigningGroups;
import fi.signspace.plugin.environment.Texts;
import fi.signspace.plugin.process.SigningProcess;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;

/**
 * Creates the filters of Tasklist, which shows no tasks without one. Each is created once per
 * installation: an admin may change, rename or delete it. Clerks can read all of them.
 */
final class TasklistFilters {

  /**
   * The prefix of the properties in the table ACT_GE_PROPERTY that name the created filters, in
   * English.
   */
  private static final String CREATED = "signspace.filter.";

  private static final String TEXTS = "tasklist";
  private static final Texts ENGLISH = new Texts(TEXTS, Locale.ENGLISH);

  private static final String PROCESS = "signing-request";
  private static final String FILTER = "filter.";
  private static final String EXAMPLES = "Examples";
  private static final String[] EXAMPLE_PROCESSES = {
    "employment-contract", "non-disclosure-agreement"
  };

  private final ManagementService management;
  private final FilterService filters;
  private final TaskService tasks;
  private final Grants grants;
  private final Texts texts;

  /**
   * @param language the language of the names of filters that do not exist yet
   */
  TasklistFilters(ProcessEngine engine, Locale language) {
    this.texts = new Texts(TEXTS, language);
    this.management = engine.getManagementService();
    this.filters = engine.getFilterService();
    this.tasks = engine.getTaskService();
    this.grants = new Grants(engine.getAuthorizationService());
  }

  void create() {
    TaskQuery manage = tasksOf("userTask_manageSigning");
    TaskQuery decide = tasksOf(SigningProcess.DECIDE_CANCELLED, "userTask_resolveProblem");
    TaskQuery correct = tasksOf(SigningProcess.CORRECTION);
    TaskQuery overdue =
        tasksOf("userTask_manageSigning", "userTask_resolveProblem")
            .processVariableValueEquals("signingStatus", "overdue");
    TaskQuery dueThisWeek =
        tasks
            .createTaskQuery()
            .dueAfterExpression("${now()}")
            .dueBeforeExpression("${dateTime().plusWeeks(1)}");
    // claimed, or offered by name: to a deputy, or by an escalation
    TaskQuery mine = tasks.createTaskQuery().taskInvolvedUserExpression("${currentUser()}");
    // offered to the user's groups, and not claimed
    TaskQuery ofGroup = tasks.createTaskQuery().taskCandidateUserExpression("${currentUser()}");
    create("waiting", 10, manage, "signaturesCompleted");
    create("decision", 20, decide, "problem");
    create("reminders", 25, tasksOf("userTask_remindSigners"), "signaturesCompleted");
    create("correction", 30, correct, "problem");
    create("overdue", 40, overdue, "signaturesCompleted");
    create("dueThisWeek", 50, dueThisWeek, "signaturesCompleted");
    create("mine", 60, mine);
    create("group", 70, ofGroup);
    // includes tasks of processes without a filter of their own
    create("all", 100, tasks.createTaskQuery());
  }

  void createForExamples() {
    if (filters.createTaskFilterQuery().filterName(EXAMPLES).count() == 0) {
      filters.saveFilter(
          filters
              .newTaskFilter(EXAMPLES)
              .setQuery(tasks.createTaskQuery().processDefinitionKeyIn(EXAMPLE_PROCESSES))
              .setProperties(Map.of("priority", 90, "refresh", true)));
    }
  }

  private TaskQuery tasksOf(String... taskKeys) {
    return tasks.createTaskQuery().processDefinitionKey(PROCESS).taskDefinitionKeyIn(taskKeys);
  }

  /**
   * @param key of the filter's name
   * @param shown variables that the list shows
   */
  private void create(String key, int priority, TaskQuery query, String... shown) {
    String english = ENGLISH.of(FILTER + key);
    if (management.getProperties().containsKey(CREATED + english)) {
      return;
    }
    // former versions did not record what they had created
    Filter known =
        filters.createTaskFilterQuery().filterName(english).list().stream()
            .findFirst()
            .orElse(null);
    Filter filter = known == null ? save(texts.of(FILTER + key), priority, query, shown) : known;
    grants.grant(SigningGroups.CLERKS, Resources.FILTER, filter.getId(), Permissions.READ);
    management.setProperty(CREATED + english, filter.getId());
  }

  private Filter save(String name, int priority, TaskQuery query, String... shown) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("priority", priority);
    properties.put("refresh", true);
    properties.put("showUndefinedVariable", false);
    properties.put(
        "variables",
        Stream.of(shown)
            .map(variable -> Map.of("name", variable, "label", texts.of("variable." + variable)))
            .toList());
    return filters.saveFilter(
        filters.newTaskFilter(name).setQuery(query).setProperties(properties));
  }
}
