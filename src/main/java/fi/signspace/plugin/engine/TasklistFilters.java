package fi.signspace.plugin.engine;

import fi.signspace.plugin.engine.security.Grants;
import fi.signspace.plugin.engine.security.SigningGroups;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives Tasklist its filters on the first start: without one it shows no task at all. Those that
 * are there are left alone. The clerks see them all.
 */
@Component
@ConditionalOnProperty(name = "camunda.bpm.enabled", matchIfMissing = true)
class TasklistFilters {

  private static final String PROCESS = "signing-request";

  private final FilterService filters;
  private final TaskService tasks;
  private final Grants grants;

  TasklistFilters(FilterService filters, TaskService tasks, AuthorizationService authorizations) {
    this.filters = filters;
    this.tasks = tasks;
    this.grants = new Grants(authorizations);
  }

  @EventListener(ApplicationStartedEvent.class)
  void create() {
    TaskQuery manage = tasksOf("userTask_manageSigning");
    TaskQuery decide = tasksOf("userTask_decideCancelled", "userTask_resolveProblem");
    TaskQuery correct = tasksOf("userTask_correctRequest");
    // by what the checks have found, not by a clock: an engine may refuse expressions in filters
    TaskQuery overdue =
        tasksOf("userTask_manageSigning", "userTask_resolveProblem")
            .processVariableValueEquals("signingStatus", "overdue");
    create("Waiting for signatures", 10, manage, Map.of("signaturesCompleted", "Signed"));
    create("Needs a decision", 20, decide, Map.of("problem", "What is wrong"));
    create("Needs correction", 30, correct, Map.of("problem", "What is wrong"));
    create("Overdue", 40, overdue, Map.of("signaturesCompleted", "Signed"));
  }

  private TaskQuery tasksOf(String... taskKeys) {
    return tasks.createTaskQuery().processDefinitionKey(PROCESS).taskDefinitionKeyIn(taskKeys);
  }

  /**
   * @param shown variables that the list shows, with their labels
   */
  private void create(String name, int priority, TaskQuery query, Map<String, String> shown) {
    Filter known = filters.createTaskFilterQuery().filterName(name).singleResult();
    Filter filter = known == null ? save(name, priority, query, shown) : known;
    grants.give(SigningGroups.CLERKS, Resources.FILTER, filter.getId(), Permissions.READ);
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
