package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.stereotype.Component;

/** Checks all values that enter this engine, whichever way they come: REST, a form or a message. */
@Component
@ConditionalOnEngine
class NinProtection extends AbstractProcessEnginePlugin {

  @Override
  public void preInit(ProcessEngineConfigurationImpl engine) {
    List<CommandInterceptor> outermost = new ArrayList<>(List.of(new RefusalInterceptor()));
    if (engine.getCustomPreCommandInterceptorsTxRequired() != null) {
      outermost.addAll(engine.getCustomPreCommandInterceptorsTxRequired());
    }
    engine.setCustomPreCommandInterceptorsTxRequired(outermost);
    List<HistoryEventHandler> handlers =
        new ArrayList<>(List.of(new TextGuard(), new NinFreeHistory()));
    handlers.addAll(engine.getCustomHistoryEventHandlers());
    engine.setCustomHistoryEventHandlers(handlers);
  }

  @Override
  public void postInit(ProcessEngineConfigurationImpl engine) {
    engine.setVariableTypes(new GuardedSerializers(engine.getVariableSerializers()));
    engine.getValueTypeResolver().addType(new StrictFileType());
  }
}
