package fi.signspace.plugin.engine.hardening;

import java.util.List;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Applies the engine's own rule, no expressions in ad-hoc queries, to the {@code or} parts of a
 * query as well, where the engine omits it. A rejected expression is reported as status 400 rather
 * than as a failure of the engine.
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
      throw e.getCause() instanceof QueryExpressionManager.RefusedExpressionException refused
          ? refused
          : e;
    }
  }

  private static void requireNoExpressions(List<TaskQueryImpl> parts) {
    // the first part is the query itself, which the engine checks
    if (parts.stream().skip(1).anyMatch(part -> !part.getExpressions().isEmpty())) {
      throw new QueryExpressionManager.RefusedExpressionException(
          "Expressions are forbidden in adhoc queries");
    }
  }
}
