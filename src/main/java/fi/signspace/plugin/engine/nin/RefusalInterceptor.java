package fi.signspace.plugin.engine.nin;

import jakarta.ws.rs.core.Response.Status;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.camunda.bpm.engine.rest.exception.RestException;

/**
 * Turns a rejected value into HTTP 400 for every endpoint. The engine's REST API responds 500 to
 * most exceptions of the engine and passes on only its own.
 */
final class RefusalInterceptor extends CommandInterceptor {

  @Override
  public <T> T execute(Command<T> command) {
    try {
      return next.execute(command);
    } catch (RefusedValueException e) {
      throw new RestException(Status.BAD_REQUEST, e, e.getMessage());
    }
  }
}
