package fi.signspace.plugin.engine.tasklist;

import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;

/** Creates the Tasklist filter for the tasks of the examples. */
final class ExampleFilter {

  private static final String NAME = "Examples";
  private static final String[] PROCESSES = {"employment-contract", "non-disclosure-agreement"};

  private final FilterService filters;
  private final TaskService tasks;

  ExampleFilter(ProcessEngine engine) {
    this.filters = engine.getFilterService();
    this.tasks = engine.getTaskService();
  }

  void create() {
    if (filters.createTaskFilterQuery().filterName(NAME).count() == 0) {
      filters.saveFilter(
          filters
              .newTaskFilter(NAME)
              .setQuery(tasks.createTaskQuery().processDefinitionKeyIn(PROCESSES))
              .setProperties(Map.of("priority", 90, "refresh", true)));
    }
  }
}
