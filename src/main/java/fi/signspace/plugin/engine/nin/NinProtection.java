package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.rest.exception.RestException;
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

  /**
   * Turns a rejected value into HTTP 400 for every endpoint. The engine's REST API responds 500 to
   * most exceptions of the engine and passes on only its own.
   */
  private static final class RefusalInterceptor extends CommandInterceptor {

    @Override
    public <T> T execute(Command<T> command) {
      try {
        return next.execute(command);
      } catch (RefusedValueException e) {
        throw new RestException(Status.BAD_REQUEST, e, e.getMessage());
      }
    }
  }
}
