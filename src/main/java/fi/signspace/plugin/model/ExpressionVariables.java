package fi.signspace.plugin.model;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the variables in the expressions of a text: plain names, and arguments of the execution's
 * methods, as in {@code execution.hasVariable('dueAt')}.
 */
final class ExpressionVariables {

  private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
  private static final Pattern GIVEN_TO_A_METHOD =
      Pattern.compile("Variable(?:Local|Typed)*\\(\\s*['\"]([^'\"]+)['\"]");
  private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"");

  /** Neither a property of another object nor a method. */
  private static final Pattern NAME = Pattern.compile("(?<![\\w.$])[A-Za-z_]\\w*+(?!\\s*\\()");

  /** The keywords of the expression language, and the engine's own objects. */
  private static final Set<String> WORDS =
      Set.of(
          "and",
          "or",
          "not",
          "empty",
          "eq",
          "ne",
          "lt",
          "gt",
          "le",
          "ge",
          "div",
          "mod",
          "true",
          "false",
          "null",
          "instanceof",
          "execution",
          "task",
          "externalTask",
          "caseExecution",
          "authenticatedUserId");

  private ExpressionVariables() {}

  static Set<String> in(String text) {
    Set<String> names = new TreeSet<>();
    for (Matcher expression = EXPRESSION.matcher(text); expression.find(); ) {
      addNames(expression.group(1), names);
    }
    return names;
  }

  private static void addNames(String expression, Set<String> names) {
    for (Matcher given = GIVEN_TO_A_METHOD.matcher(expression); given.find(); ) {
      names.add(given.group(1));
    }
    Matcher plain = NAME.matcher(QUOTED.matcher(expression).replaceAll("''"));
    while (plain.find()) {
      if (!WORDS.contains(plain.group())) {
        names.add(plain.group());
      }
    }
  }
}
