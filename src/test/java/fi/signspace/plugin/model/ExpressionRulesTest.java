package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A model runs unchanged on any Camunda 7 compatible engine: it uses only variables and the {@code
 * execution}, no script, Java class or bean.
 */
class ExpressionRulesTest {

  /** Variables used only by models and forms. */
  private static final Set<String> MODEL_VARIABLES =
      Set.of("caseName", "decision", "followedPhase", "reminderIsOpen", "signingOutcome");

  private static final Set<String> LANGUAGE =
      Set.of("and", "or", "not", "empty", "gt", "true", "false", "null", "execution", "task");

  /** Other objects allowed in expressions. */
  private static final Set<String> HARMLESS_CALLS =
      Set.of(
          "concat",
          "length",
          "matches",
          "substring",
          "replaceAll",
          "setName",
          "addCandidateGroup",
          "addCandidateUser");

  private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
  private static final Pattern LITERAL = Pattern.compile("'[^']*'");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w*");
  private static final Pattern CALL = Pattern.compile("\\.(\\w+)\\(('(\\w+)')?");
  private static final Pattern MAPPED =
      Pattern.compile("<camunda:(?:inputParameter|outputParameter) name=\"([^\"]*)\"");

  static Stream<Model> models() throws IOException {
    return Model.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_model_contains_no_script_no_class_and_no_bean(Model model) {
    assertThat(model.xml())
        .doesNotContainPattern("(?i)<[a-z0-9]+:script")
        .doesNotContainPattern("camunda:(class|delegateExpression|expression|resource)=")
        .doesNotContainPattern("<camunda:[a-zA-Z]*Listener[^>]* (class|delegateExpression)=")
        .doesNotContainPattern("<bpmn:conditionExpression[^>]* language=");
  }

  @ParameterizedTest
  @MethodSource("models")
  void an_expression_names_only_variables_that_exist(Model model) {
    List<String> names =
        expressions(model)
            .map(expression -> LITERAL.matcher(expression).replaceAll(""))
            .flatMap(expression -> NAME.matcher(expression).results())
            .map(MatchResult::group)
            .filter(name -> !LANGUAGE.contains(name))
            .toList();

    assertThat(names).allMatch(known(model)::contains);
  }

  @ParameterizedTest
  @MethodSource("models")
  void the_execution_is_used_only_for_variables(Model model) {
    List<MatchResult> calls =
        expressions(model)
            .flatMap(expression -> CALL.matcher(expression).results())
            .filter(call -> !HARMLESS_CALLS.contains(call.group(1)))
            .toList();

    assertThat(calls)
        .allSatisfy(
            call -> {
              assertThat(call.group(1)).isIn("hasVariable", "getVariable", "setVariable");
              assertThat(call.group(3)).isIn(known(model));
            });
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_mapping_names_only_variables_that_exist(Model model) {
    assertThat(MAPPED.matcher(model.xml()).results().map(result -> result.group(1)))
        .allMatch(known(model)::contains);
  }

  private static Stream<String> expressions(Model model) {
    return EXPRESSION.matcher(model.xml()).results().map(result -> result.group(1));
  }

  private static Set<String> known(Model model) {
    Set<String> known = new HashSet<>(SharedNames.VARIABLES);
    known.addAll(MODEL_VARIABLES);
    known.addAll(model.ownVariables());
    return known;
  }
}
