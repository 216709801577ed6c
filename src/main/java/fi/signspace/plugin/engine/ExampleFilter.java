package fi.signspace.plugin.engine;

import java.util.Map;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.TaskService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/** Shows the tasks of the examples in Tasklist, where there are examples: in the try-out. */
@Component
@ConditionalOnProperty(name = "camunda.bpm.enabled", matchIfMissing = true)
class ExampleFilter {

  private static final String NAME = "Examples";
  private static final String[] PROCESSES = {"employment-contract", "non-disclosure-agreement"};

  private final FilterService filters;
  private final TaskService tasks;
  private final boolean isTryOut;

  ExampleFilter(FilterService filters, TaskService tasks, ConfigurableEnvironment environment) {
    this.filters = filters;
    this.tasks = tasks;
    this.isTryOut = environment.getPropertySources().contains(TryOutDefaults.SOURCE);
  }

  @EventListener(ApplicationStartedEvent.class)
  void create() {
    if (!isTryOut || filters.createTaskFilterQuery().filterName(NAME).count() > 0) {
      return;
    }
    filters.saveFilter(
        filters
            .newTaskFilter(NAME)
            .setQuery(tasks.createTaskQuery().processDefinitionKeyIn(PROCESSES))
            .setProperties(Map.of("priority", 90, "refresh", true)));
  }
}
