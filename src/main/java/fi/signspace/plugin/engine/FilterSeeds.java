package fi.signspace.plugin.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;

/**
 * Makes Tasklist's filters while the engine is built, which one node does at a time; that of the
 * examples only where there are examples, in the try-out.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
@ConditionalOnProperty(name = "camunda.bpm.enabled", matchIfMissing = true)
class FilterSeeds extends AbstractProcessEnginePlugin {

  private final boolean isTryOut;

  FilterSeeds(ConfigurableEnvironment environment) {
    isTryOut = environment.getPropertySources().contains(TryOutDefaults.SOURCE);
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    new TasklistFilters(engine).create();
    if (isTryOut) {
      new ExampleFilter(engine).create();
    }
  }
}
