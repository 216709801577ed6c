package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionVariablesTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "${a}, a",
        "#{a == 'b'}, a",
        "text ${a} and ${b} text, a b",
        "${execution.setVariable('a'.concat('x'); b)}, a b",
        "${execution.hasVariable(\"a\") ? b : null}, a b",
        "${not execution.hasVariable('a') or empty b ? task.name : task.setName(c)}, a b c",
        "${''.concat(a).length() gt 100}, a",
        "${a.b.c}, a",
        "${a[b].c(d)}, a b d",
        "${execution.setVariableLocal('a'; 1)}, a",
        "a == b, ",
        "${now()}, ",
        "${execution.processBusinessKey}, "
      })
  void only_variable_names_are_found(String text, String names) {
    assertThat(ExpressionVariables.in(text.replace(';', ',')))
        .containsExactlyElementsOf(names == null ? List.of() : List.of(names.split(" ")));
  }
}
