package fi.signspace.plugin.engine.tasklist;

import fi.signspace.plugin.engine.security.Grants;
import fi.signspace.plugin.engine.security.SigningGroups;
import fi.signspace.plugin.process.SigningProcess;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** The prefix of the properties in the table ACT_GE_PROPERTY that name the created filters. */
  private static final String CREATED = "signspace.filter.";

  private static final String PROCESS = "signing-request";
  private static final String EXAMPLES = "Examples";
  private static final String[] EXAMPLE_PROCESSES = {
    "employment-contract", "non-disclosure-agreement"
  };

  private final ManagementService management;
  private final FilterService filters;
  private final TaskService tasks;
  private final Grants grants;

  TasklistFilters(ProcessEngine engine) {
    this.management = engine.getManagementService();
    this.filters = engine.getFilterService();
    this.tasks = engine.getTaskService();
    this.grants = new Grants(engine.getAuthorizationService());
  }

  void create() {
    TaskQuery manage = tasksOf("userTask_manageSigning");
    TaskQuery decide = tasksOf(SigningProcess.DECIDE_CANCELLED, "userTask_resolveProblem");
    TaskQuery correct = tasksOf("userTask_correctRequest");
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
    create("Waiting for signatures", 10, manage, Map.of("signaturesCompleted", "Signed"));
    create("Needs a decision", 20, decide, Map.of("problem", "What is wrong"));
    create(
        "Reminders",
        25,
        tasksOf("userTask_remindSigners"),
        Map.of("signaturesCompleted", "Signed"));
    create("Needs correction", 30, correct, Map.of("problem", "What is wrong"));
    create("Overdue", 40, overdue, Map.of("signaturesCompleted", "Signed"));
    create("Due this week", 50, dueThisWeek, Map.of("signaturesCompleted", "Signed"));
    create("My tasks", 60, mine, Map.of());
    create("My group", 70, ofGroup, Map.of());
    // includes tasks of processes without a filter of their own
    create("All tasks", 100, tasks.createTaskQuery(), Map.of());
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
   * @param shown variables that the list shows, with their labels
   */
  private void create(String name, int priority, TaskQuery query, Map<String, String> shown) {
    if (management.getProperties().containsKey(CREATED + name)) {
      return;
    }
    // former versions did not record what they had created
    Filter known =
        filters.createTaskFilterQuery().filterName(name).list().stream().findFirst().orElse(null);
    Filter filter = known == null ? save(name, priority, query, shown) : known;
    grants.grant(SigningGroups.CLERKS, Resources.FILTER, filter.getId(), Permissions.READ);
    management.setProperty(CREATED + name, filter.getId());
  }

  private Filter save(String name, int priority, TaskQuery query, Map<String, String> shown) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("priority", priority);
    properties.put("refresh", true);
    properties.put("showUndefinedVariable", false);
    properties.put(
        "variables",
        shown.entrySet().stream()
            .map(variable -> Map.of("name", variable.getKey(), "label", variable.getValue()))
            .toList());
    return filters.saveFilter(
        filters.newTaskFilter(name).setQuery(query).setProperties(properties));
  }
}
