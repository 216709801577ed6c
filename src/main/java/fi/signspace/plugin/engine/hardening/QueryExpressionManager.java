package fi.signspace.plugin.engine.hardening;

import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions of models as usual, but without access to Spring beans, which no model
 * uses. Expressions in queries are evaluated only if they have one of a few harmless forms: the
 * current user, the user's groups, and points in time.
 *
 * <p>A query, wherever it comes from and however deep it is nested, is the only place where the
 * engine evaluates an expression without a scope of variables.
 */
final class QueryExpressionManager extends JuelExpressionManager {

  private static final Pattern HARMLESS =
      Pattern.compile(
          "[$#]\\{\\s*(?:currentUser\\(\\)|currentUserGroups\\(\\)|now\\(\\)"
              + "|dateTime\\(\\)(?:\\.(?:plus|minus|with)[A-Z][A-Za-z]{1,30}\\(\\d{0,9}\\)){0,9})\\s*}");

  QueryExpressionManager() {
    super(Map.of());
  }

  @Override
  public Expression createExpression(String text) {
    return new JuelExpression(createValueExpression(text), this, text) {
      @Override
      public Object getValue(
          @Nullable VariableScope scope, @Nullable BaseDelegateExecution execution) {
        if (scope == null && !isHarmless(text)) {
          throw new RefusedExpressionException(
              "This expression is not allowed in a query; allowed are ${currentUser()},"
                  + " ${currentUserGroups()}, ${now()} and forms like ${dateTime().plusDays(1)}");
        }
        return super.getValue(scope, execution);
      }
    };
  }

  static boolean isHarmless(String expression) {
    return HARMLESS.matcher(expression).matches();
  }

  /** A query contains an expression that is not allowed there. */
  static final class RefusedExpressionException extends BadUserRequestException {

    private static final long serialVersionUID = 1;

    RefusedExpressionException(String message) {
      super(message);
    }
  }
}
