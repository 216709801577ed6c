package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about the models explains every term that analysts use. */
class AnalystsPageTest {

  private final String page;

  AnalystsPageTest() throws IOException {
    page = Files.readString(Model.FOLDER.resolve("README.md"));
  }

  static Stream<Model> models() throws IOException {
    return Model.all();
  }

  @Test
  void every_variable_is_explained() {
    assertThat(unexplained(SharedNames.VARIABLES.stream())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_message_is_explained(Model model) {
    assertThat(unexplained(model.all(Message.class).stream().map(Message::getName))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_variable_of_an_example_is_explained(Model model) {
    assertThat(unexplained(model.ownVariables().stream())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_model_is_shown(Model model) {
    assertThat(page)
        .contains("**" + model.name() + "**")
        .contains("](" + Model.FOLDER.relativize(model.picture()) + ")");
  }

  private List<String> unexplained(Stream<String> words) {
    return words.filter(word -> !page.contains("`" + word + "`")).toList();
  }
}
