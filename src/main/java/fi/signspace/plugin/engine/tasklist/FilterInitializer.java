package fi.signspace.plugin.engine.tasklist;

import fi.signspace.plugin.engine.demo.DemoDefaults;
import fi.signspace.plugin.engine.webapps.WebAppsProperties;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.util.Locale;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Creates Tasklist's filters while the engine is built, which only one node does at a time. The
 * filter for the examples is created only where the examples are deployed.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
@ConditionalOnEngine
class FilterInitializer extends AbstractProcessEnginePlugin {

  private final boolean hasExamples;
  private final Locale language;

  FilterInitializer(ConfigurableEnvironment environment, WebAppsProperties properties) {
    language = properties.language();
    hasExamples = environment.getPropertySources().contains(DemoDefaults.SOURCE);
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    TasklistFilters filters = new TasklistFilters(engine, language);
    filters.create();
    if (hasExamples) {
      filters.createForExamples();
    }
  }
}
