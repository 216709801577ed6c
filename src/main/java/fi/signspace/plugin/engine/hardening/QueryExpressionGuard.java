package fi.signspace.plugin.engine.hardening;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Applies the engine's own rule, no expression in a query that somebody asks at once, to the {@code
 * or} parts of the query as well, where the engine forgets it. And tells a refused expression from
 * a failure: the caller is to see status 400.
 */
final class QueryExpressionGuard extends CommandInterceptor {

  @Override
  public <T> T execute(Command<T> command) {
    if (command instanceof TaskQueryImpl query) {
      requireNoExpressions(query.getQueries());
    }
    try {
      return next.execute(command);
    } catch (ProcessEngineException e) {
      throw e.getCause() instanceof RefusedExpressionException refused ? refused : e;
    }
  }

  private static void requireNoExpressions(List<TaskQueryImpl> parts) {
    // the first is the query itself, which the engine looks at
    if (parts.stream().skip(1).anyMatch(part -> !part.getExpressions().isEmpty())) {
      throw new RefusedExpressionException("Expressions are forbidden in adhoc queries");
    }
  }
}
