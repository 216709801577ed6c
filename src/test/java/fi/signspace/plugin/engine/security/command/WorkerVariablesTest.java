package fi.signspace.plugin.engine.security.command;

import static org.assertj.core.api.Assertions.assertThat;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import fi.signspace.plugin.process.Variable;
import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No variable is missing: each belongs either to the callers or to the workers. */
class WorkerVariablesTest {

  private final WorkerVariables owned = new WorkerVariables(Models.current());

  @Test
  void every_declared_variable_is_a_start_variable_or_owned() throws IllegalAccessException {
    Set<String> declared = new TreeSet<>();

    for (Field field : SigningVariables.class.getFields()) {
      if (field.getType() == Variable.class) {
        declared.add(((Variable<?>) field.get(null)).name());
      }
    }
    Step.ALL.forEach(step -> declared.addAll(step.variables()));

    assertThat(declared)
        .hasSizeGreaterThan(20)
        .allMatch(name -> SigningVariables.START.contains(name) != owned.contains(name));
  }

  /**
   * Parses the model in a different way than the product: all quoted texts and attribute values.
   */
  @Test
  void every_variable_that_the_model_names_is_a_start_variable_or_owned() {
    Pattern names =
        Pattern.compile(
            "Variable\\('([^']+)'|(?:input|output)Parameter name=\"([^\"]+)\""
                + "|camunda:initiator=\"([^\"]+)\"|[{( ]([a-z][A-Za-z]+) (?:==|gt) ");
    Set<String> named = new TreeSet<>();

    for (Matcher match = names.matcher(Models.current()); match.find(); ) {
      for (int group = 1; group <= match.groupCount(); group++) {
        if (match.group(group) != null) {
          named.add(match.group(group));
        }
      }
    }

    assertThat(named)
        .contains("signingOutcome", "caseName", "followedPhase", "signingPhase")
        .allMatch(name -> SigningVariables.START.contains(name) != owned.contains(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "signingState",
        "signingEvidence",
        "formerSigningRequestIds",
        "signedDocument1",
        "signedDocumentName",
        "idempotencyKey_00",
        "documents",
        "decision"
      })
  void some_variables_are_owned_in_every_version(String name) {
    assertThat(owned.contains(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invoiceNumber", "document1", "documentA", "title", "participants"})
  void some_variables_belong_to_the_callers(String name) {
    assertThat(owned.contains(name)).isFalse();
  }

  @Test
  void no_keyword_of_an_expression_is_mistaken_for_a_variable() {
    assertThat(owned.names())
        .doesNotContain("execution", "task", "not", "empty", "or", "and", "true", "name", "concat")
        .allMatch(name -> name.matches("[A-Za-z]+"));
  }
}
