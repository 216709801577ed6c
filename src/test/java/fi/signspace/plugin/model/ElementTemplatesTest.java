package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The element templates match the workers. {@code npm run lint} in processes/.tools validates them
 * for Camunda Modeler.
 */
class ElementTemplatesTest {

  private static final Path FOLDER = Path.of(".camunda", "element-templates");
  private static final String INPUT = "camunda:inputParameter";
  private static final String OUTPUT = "camunda:outputParameter";
  private static final String ERROR = "camunda:errorEventDefinition";

  static List<JsonNode> templates() throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(file -> read(json, file)).toList();
    }
  }

  private static JsonNode read(ObjectMapper json, Path file) {
    try {
      return json.readTree(file.toFile());
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  @Test
  void every_topic_has_one_template() throws IOException {
    assertThat(templates().stream().map(ElementTemplatesTest::topicOf))
        .containsExactlyInAnyOrderElementsOf(
            // a sweep is not a step of analysts' models
            Step.ALL.stream()
                .filter(step -> !step.equals(Step.SWEEP_STATUSES))
                .map(Step::topic)
                .toList());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void a_template_explains_itself(JsonNode template) {
    assertThat(template.path("id").asText()).isEqualTo("fi." + topicOf(template));
    assertThat(template.path("version").asInt()).isPositive();
    assertThat(template.path("description").asText()).endsWith(".");
    assertThat(template.path("icon").path("contents").asText()).startsWith("data:image/svg+xml,");
    assertThat(shown(template))
        .allSatisfy(
            property -> {
              assertThat(property.path("label").asText()).isNotEmpty();
              assertThat(groups(template).contains(property.path("group").asText()))
                  .isEqualTo(property.has("type"));
            });
  }

  /**
   * Modeler would write a result without a name into the model, which the engine rejects. An output
   * without type becomes an optional switch in Modeler's outputs group.
   */
  @ParameterizedTest
  @MethodSource("templates")
  void a_result_has_a_name_or_a_switch(JsonNode template) {
    assertThat(bound(template, OUTPUT))
        .allSatisfy(
            output ->
                assertThat(output.path("constraints").path("notEmpty").asBoolean())
                    .isEqualTo(output.has("type")));
  }

  /** A missing input would be taken from a process variable of the same name. */
  @ParameterizedTest
  @MethodSource("templates")
  void a_template_sets_every_input_of_its_step(JsonNode template) {
    Set<String> inputs = names(template, INPUT, "name");

    assertThat(inputs).isEqualTo(stepOf(template).inputs());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void a_template_requires_the_mandatory_inputs_of_its_step(JsonNode template) {
    Set<String> insisted =
        bound(template, INPUT)
            .filter(input -> input.path("constraints").path("notEmpty").asBoolean())
            .map(input -> input.path("binding").path("name").asText())
            .collect(Collectors.toSet());

    assertThat(insisted).isEqualTo(Set.copyOf(stepOf(template).needed()));
  }

  /** Without an output mapping, results would become process variables. */
  @ParameterizedTest
  @MethodSource("templates")
  void a_template_maps_at_least_one_result_of_its_step(JsonNode template) {
    Set<String> sources = names(template, OUTPUT, "source");

    assertThat(stepOf(template).results().stream().map("${execution.getVariable('%s')}"::formatted))
        .containsAll(sources);
    assertThat(bound(template, OUTPUT))
        .anyMatch(output -> output.path("constraints").path("notEmpty").asBoolean());
  }

  @ParameterizedTest
  @MethodSource("templates")
  void a_template_declares_the_error_of_its_step(JsonNode template) {
    String scopes = template.path("scopes").toString();

    assertThat(bound(template, ERROR)).hasSize(stepOf(template).isCorrectable() ? 1 : 0);
    assertThat(scopes.contains(SigningProcess.REQUEST_REJECTED))
        .isEqualTo(stepOf(template).isCorrectable());
  }

  @Test
  void the_examples_use_the_current_templates() throws IOException {
    List<ExternalStep> steps =
        Model.examples().flatMap(model -> ModelReader.externalSteps(model.xml()).stream()).toList();

    assertThat(steps)
        .hasSizeGreaterThan(4)
        .allSatisfy(
            step -> {
              assertThat(step.isFromTemplate()).isTrue();
              assertThat(step.hasOutputMapping()).isTrue();
              assertThat(new TreeSet<>(step.inputs().keySet()))
                  .isEqualTo(Step.of(step.topic()).inputs());
            });
    assertThat(Model.examples().flatMap(model -> model.all(ServiceTask.class).stream()))
        .extracting(
            task ->
                camunda(task, "modelerTemplate") + " " + camunda(task, "modelerTemplateVersion"))
        .isSubsetOf(
            templates().stream()
                .map(template -> template.get("id").asText() + " " + template.get("version"))
                .toList());
  }

  private static String camunda(ServiceTask task, String attribute) {
    return task.getAttributeValueNs("http://camunda.org/schema/1.0/bpmn", attribute);
  }

  private static String topicOf(JsonNode template) {
    return bound(template, "property")
        .filter(property -> property.path("binding").path("name").asText().equals("camunda:topic"))
        .map(property -> property.path("value").asText())
        .findFirst()
        .orElseThrow();
  }

  private static Step stepOf(JsonNode template) {
    return Step.of(topicOf(template));
  }

  private static Set<String> names(JsonNode template, String binding, String attribute) {
    return bound(template, binding)
        .map(property -> property.path("binding").path(attribute).asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JsonNode> bound(JsonNode template, String binding) {
    return properties(template)
        .filter(property -> property.path("binding").path("type").asText().equals(binding));
  }

  private static Stream<JsonNode> shown(JsonNode template) {
    return properties(template)
        .filter(property -> !property.path("type").asText().equals("Hidden"));
  }

  private static Stream<JsonNode> properties(JsonNode template) {
    return StreamSupport.stream(template.path("properties").spliterator(), false);
  }

  private static List<String> groups(JsonNode template) {
    return template.path("groups").findValuesAsText("id");
  }
}
