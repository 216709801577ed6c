package fi.signspace.plugin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelCheckTest {

  private static final String MODEL =
      """
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="test">
        <bpmn:process id="own" isExecutable="true">
          <bpmn:serviceTask id="task" name="My
            step" camunda:type="external" camunda:topic="%s" %s>
            <bpmn:extensionElements>
              <camunda:inputOutput>%s</camunda:inputOutput>
            </bpmn:extensionElements>
          </bpmn:serviceTask>
        </bpmn:process>
      </bpmn:definitions>
      """;

  private static final String FROM_TEMPLATE = "camunda:modelerTemplate=\"t\"";

  private final ModelCheck check = new ModelCheck(new ModelProperties(List.of("hr.archive")));

  static Stream<Model> models() throws IOException {
    return Model.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void the_models_of_the_product_have_no_problems(Model model) {
    assertThat(check.findings(model.xml())).isEmpty();
  }

  @Test
  void a_topic_without_worker_is_reported_unless_served_elsewhere() {
    assertThat(check.findings(MODEL.formatted("signspace.uplod", "", "")))
        .singleElement()
        .asString()
        .contains("“My step”", "signspace.uplod");
    assertThat(check.findings(MODEL.formatted("hr.archive", "", ""))).isEmpty();
  }

  @Test
  void a_step_from_a_template_needs_every_mandatory_input() {
    String inputs =
        """
        <camunda:inputParameter name="title">Lease</camunda:inputParameter>
        <camunda:inputParameter name="signingState"> </camunda:inputParameter>
        """;

    assertThat(
            check.findings(
                MODEL.formatted("signspace.createSigningRequest", FROM_TEMPLATE, inputs)))
        .hasSize(2)
        .anySatisfy(finding -> assertThat(finding).contains("participants"))
        .anySatisfy(finding -> assertThat(finding).contains("signingState"));
  }

  @Test
  void
      a_step_without_a_template_may_find_its_inputs_in_the_process_unless_its_mapping_empties_them() {
    String empty = "<camunda:inputParameter name=\"signingState\"/>";

    assertThat(check.findings(MODEL.formatted("signspace.checkStatus", "", ""))).isEmpty();
    assertThat(check.findings(MODEL.formatted("signspace.checkStatus", "", empty))).hasSize(1);
  }

  @Test
  void a_list_counts_as_a_value() {
    String list =
        """
        <camunda:inputParameter name="signingState"><camunda:list><camunda:value>a</camunda:value>\
        </camunda:list></camunda:inputParameter>
        """;

    assertThat(check.findings(MODEL.formatted("signspace.checkStatus", FROM_TEMPLATE, list)))
        .isEmpty();
  }

  @Test
  void only_the_latest_version_and_those_with_instances_matter() {
    DeployedProcess first = version(1, 0);
    DeployedProcess second = version(2, 3);
    DeployedProcess third = version(3, 0);

    assertThat(DeployedProcess.inUse(List.of(third, first, second))).containsExactly(second, third);
    assertThat(second).hasToString("own, version 2 (3 running)");
  }

  private static DeployedProcess version(int version, int running) {
    return new DeployedProcess("id" + version, "own", version, null, running);
  }
}
