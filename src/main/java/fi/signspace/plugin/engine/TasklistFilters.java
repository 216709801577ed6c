package fi.signspace.plugin.engine;

import fi.signspace.plugin.engine.security.Grants;
import fi.signspace.plugin.engine.security.SigningGroups;
import java.util.LinkedHashMap;
import java.util.List;
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
    create("Waiting for signatures", 10, "userTask_manageSigning");
    create("Needs a decision", 20, "userTask_decideCancelled", "userTask_resolveProblem");
    create("Needs correction", 30, "userTask_correctRequest");
  }

  private void create(String name, int priority, String... taskKeys) {
    Filter known = filters.createTaskFilterQuery().filterName(name).singleResult();
    Filter filter = known == null ? save(name, priority, taskKeys) : known;
    grants.give(SigningGroups.CLERKS, Resources.FILTER, filter.getId(), Permissions.READ);
  }

  private Filter save(String name, int priority, String... taskKeys) {
    TaskQuery query =
        tasks.createTaskQuery().processDefinitionKey(PROCESS).taskDefinitionKeyIn(taskKeys);
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("priority", priority);
    properties.put("refresh", true);
    properties.put("showUndefinedVariable", false);
    properties.put("variables", List.of(Map.of("name", "title", "label", "Title")));
    return filters.saveFilter(
        filters.newTaskFilter(name).setQuery(query).setProperties(properties));
  }
}
