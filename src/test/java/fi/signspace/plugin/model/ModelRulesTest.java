package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Documentation;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.EventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.IntermediateThrowEvent;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelRulesTest {

  private static final String FORM_KEY = "embedded:deployment:";
  private static final String CAMEL_CASE = "[a-z][A-Za-z]*";

  static Stream<Model> models() throws IOException {
    return Model.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_service_task_is_external_and_has_a_topic_that_a_worker_knows(Model model) {
    assertThat(model.all(ServiceTask.class))
        .allSatisfy(
            task -> {
              assertThat(task.getCamundaType()).as(task.getId()).isEqualTo("external");
              assertThat(task.getCamundaTopic()).as(task.getId()).isIn(SharedNames.TOPICS);
            });
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_process_is_named_like_its_file(Model model) {
    assertThat(model.all(Process.class)).extracting(Process::getId).containsExactly(model.name());
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_id_is_descriptive(Model model) {
    List<String> wrong =
        Stream.of(
                model.all(FlowNode.class).stream()
                    .filter(node -> !isNamed(node.getId(), prefix(node))),
                model.all(SequenceFlow.class).stream()
                    .filter(flow -> !isNamed(flow.getId(), "flow")),
                model.all(EventDefinition.class).stream()
                    .filter(event -> !isNamed(event.getId(), typeOf(event))),
                model.all(Message.class).stream()
                    .filter(message -> !isNamed(message.getId(), "Message")),
                model.all(Error.class).stream().filter(error -> !isNamed(error.getId(), "Error")))
            .flatMap(elements -> elements)
            .map(element -> element.getAttributeValue("id"))
            .toList();

    assertThat(wrong).isEmpty();
  }

  private static boolean isNamed(String id, String prefix) {
    return id.matches(prefix + "_" + CAMEL_CASE);
  }

  private static String prefix(FlowNode node) {
    if (node instanceof Gateway) {
      return "gateway";
    }
    if (node instanceof IntermediateCatchEvent || node instanceof IntermediateThrowEvent) {
      return "intermediateEvent";
    }
    return node.getElementType().getTypeName();
  }

  private static String typeOf(EventDefinition event) {
    return event.getElementType().getTypeName();
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_element_is_documented_in_one_sentence(Model model) {
    Stream<FlowElement> elements =
        model.all(FlowElement.class).stream().filter(e -> !(e instanceof SequenceFlow));

    assertThat(elements)
        .allSatisfy(
            element -> {
              assertThat(element.getDocumentations()).as(element.getId()).hasSize(1);
              assertThat(sentence(element.getDocumentations().iterator().next()))
                  .as(element.getId())
                  .matches("\\p{Lu}.*\\.")
                  .doesNotContain(". ");
            });
  }

  private static String sentence(Documentation documentation) {
    return documentation.getTextContent();
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_process_is_documented_and_has_a_time_to_live(Model model) {
    assertThat(model.all(Process.class))
        .allSatisfy(
            process -> {
              assertThat(process.getDocumentations()).hasSize(1);
              assertThat(process.getCamundaHistoryTimeToLiveString()).matches("P\\d+D");
            });
  }

  @ParameterizedTest
  @MethodSource("models")
  void every_user_task_has_an_existing_form(Model model) {
    assertThat(formKeys(model))
        .allSatisfy(
            key -> {
              assertThat(key).startsWith(FORM_KEY + "forms/");
              assertThat(Path.of(key.substring(FORM_KEY.length()))).isRegularFile();
            });
  }

  @Test
  void every_form_is_used() throws IOException {
    Set<String> used =
        Model.all()
            .flatMap(ModelRulesTest::formKeys)
            .map(key -> key.substring(FORM_KEY.length()))
            .collect(Collectors.toSet());

    try (Stream<Path> forms = Files.walk(Path.of("forms"))) {
      assertThat(forms.map(Path::toString).filter(form -> form.endsWith(".html")))
          .containsExactlyInAnyOrderElementsOf(used);
    }
  }

  private static boolean isForPeople(Process process) {
    return process.isCamundaStartableInTasklist();
  }

  @Test
  void every_form_loads_the_shared_files_in_the_same_way() throws IOException {
    try (Stream<Path> forms = Files.list(Path.of("forms"))) {
      assertThat(
              forms.filter(form -> form.toString().endsWith(".html")).map(ModelRulesTest::script))
          .containsOnly(script(Path.of("forms", "start-signing.html")));
    }
  }

  private static String script(Path form) {
    try {
      String html = Files.readString(form);
      return html.substring(html.indexOf("<script"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> formKeys(Model model) {
    return Stream.concat(
        model.all(UserTask.class).stream().map(UserTask::getCamundaFormKey),
        model.all(StartEvent.class).stream()
            .filter(start -> start.getParentElement() instanceof Process p && isForPeople(p))
            .map(StartEvent::getCamundaFormKey));
  }
}
