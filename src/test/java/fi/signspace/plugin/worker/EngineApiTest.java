package fi.signspace.plugin.worker;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.model.DeployedProcess;
import fi.signspace.plugin.process.SigningVariables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EngineApiTest {

  private static final String XML =
      """
      <definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:c='http://camunda.org/schema/1.0/bpmn'>
        <process id='own'>
          <serviceTask id='mapped' c:type='external' c:topic='t'><extensionElements><c:inputOutput>
            <c:outputParameter name='mine'>${fileIds}</c:outputParameter></c:inputOutput></extensionElements></serviceTask>
          <serviceTask id='plain' c:type='external' c:topic='t'/>
        </process>
      </definitions>\
      """;

  @RegisterExtension
  private static final WireMockExtension ENGINE =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private final EngineApi api =
      new EngineApi(
          ENGINE::baseUrl,
          Duration.ofSeconds(10),
          List.of(request -> request.addHeader("Authorization", "Basic x")));

  @Test
  void whether_a_step_maps_its_results_is_asked_once_for_each_version_of_a_process() {
    ENGINE.stubFor(
        get("/process-definition/own:1/xml")
            .willReturn(okJson(Json.write(Map.of("id", "own:1", "bpmn20Xml", XML)))));

    assertThat(api.mapsResults("own:1", "mapped")).isTrue();
    assertThat(api.mapsResults("own:1", "plain")).isFalse();

    ENGINE.verify(
        1, getRequestedFor(urlPathMatching("/.*")).withHeader("Authorization", equalTo("Basic x")));
  }

  @Test
  void the_versions_of_a_process_are_told_with_their_instances() {
    ENGINE.stubFor(
        get("/process-definition/statistics")
            .willReturn(
                okJson(
                    """
                    [{"id": "own:1", "instances": 3,
                      "definition": {"id": "own:1", "key": "own", "version": 1, "tenantId": null}}]\
                    """)));

    assertThat(api.processes()).containsExactly(new DeployedProcess("own:1", "own", 1, null, 3));
  }

  @Test
  void variables_of_a_step_are_sent_in_the_form_of_the_engine() {
    ENGINE.stubFor(post("/execution/e1/localVariables").willReturn(status(204)));

    api.setLocalVariables(
        "e1",
        new Outputs()
            .put(SigningVariables.PROBLEM, "p")
            .put(SigningVariables.FILE_IDS, new String[] {"f"})
            .putNull("dueAt"));

    ENGINE.verify(
        postRequestedFor(urlPathMatching("/execution/e1/localVariables"))
            .withRequestBody(
                equalToJson(
                    """
                    {"modifications": {
                      "problem": {"value": "p"},
                      "fileIds": {"value": "[\\"f\\"]", "type": "Json"},
                      "dueAt": {"value": null}}}\
                    """)));
  }

  @Test
  void variables_of_the_process_are_set_one_by_one() {
    ENGINE.stubFor(
        put(urlPathMatching("/process-instance/e1/variables/.*")).willReturn(status(204)));

    api.setVariables(
        "e1",
        new Outputs()
            .put(SigningVariables.PROBLEM, "p")
            .put(SigningVariables.FILE_IDS, new String[] {"f"}));

    ENGINE.verify(
        putRequestedFor(urlEqualTo("/process-instance/e1/variables/problem"))
            .withRequestBody(equalToJson("{\"value\": \"p\"}")));
    ENGINE.verify(
        putRequestedFor(urlEqualTo("/process-instance/e1/variables/fileIds"))
            .withRequestBody(equalToJson("{\"value\": \"[\\\"f\\\"]\", \"type\": \"Json\"}")));
  }

  @Test
  void a_refusal_is_for_an_admin_and_everything_else_may_heal() {
    ENGINE.stubFor(get("/process-definition/own:2/xml").willReturn(status(403)));
    ENGINE.stubFor(get("/process-definition/own:3/xml").willReturn(status(500)));

    assertThatThrownBy(() -> api.mapsResults("own:2", "mapped"))
        .isInstanceOf(NeedsAdminException.class);
    assertThatThrownBy(() -> api.mapsResults("own:3", "mapped"))
        .isInstanceOf(ExternalTaskClientException.class);
  }
}
