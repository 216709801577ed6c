package fi.signspace.plugin.worker.task;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
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
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import fi.signspace.plugin.model.DeployedProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.signing.Document;
import fi.signspace.plugin.signing.Files;
import fi.signspace.plugin.worker.task.EngineApi.Scope;
import fi.signspace.plugin.worker.task.EngineHistory.ActivityRun;
import fi.signspace.plugin.worker.task.EngineHistory.RecordedDecision;
import fi.signspace.plugin.worker.task.EngineHistory.RecordedInstance;
import fi.signspace.plugin.worker.task.EngineHistory.ReportedFailure;
import fi.signspace.plugin.worker.task.EngineHistory.TaskFailures;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.client.exception.ExternalTaskClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
  void the_output_mapping_is_read_once_per_version_of_a_process() {
    ENGINE.stubFor(
        get("/process-definition/own:1/xml")
            .willReturn(okJson(Json.write(Map.of("id", "own:1", "bpmn20Xml", XML)))));

    assertThat(api.step("own:1", "mapped").hasOutputMapping()).isTrue();
    assertThat(api.step("own:1", "plain").hasOutputMapping()).isFalse();

    ENGINE.verify(
        1, getRequestedFor(urlPathMatching("/.*")).withHeader("Authorization", equalTo("Basic x")));
  }

  @Test
  void the_versions_of_a_process_are_returned_with_their_instances() {
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
  void variables_of_a_step_are_sent_in_the_format_of_the_engine() {
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

  @ParameterizedTest
  @CsvSource({
    "400, '', NEEDS_ADMIN",
    "403, '', NEEDS_ADMIN",
    "404, '', NEEDS_ADMIN",
    "405, '', NEEDS_ADMIN",
    "415, '', NEEDS_ADMIN",
    "422, '', NEEDS_ADMIN",
    "301, '', NEEDS_ADMIN",
    "401, '', LATER",
    "408, '', LATER",
    "409, '', LATER",
    "425, '', LATER",
    "429, '', LATER",
    "500, '', LATER",
    "500, '<html>', LATER",
    "500, '{\"type\":\"OptimisticLockingException\",\"code\":1}', LATER",
    "500, '{\"type\":\"ProcessEngineException\",\"code\":10000}', LATER",
    "500, '{\"type\":\"IllegalArgumentException\",\"message\":\"secret\"}', DOUBTFUL",
    "500, '{\"type\":\"ProcessEngineException\",\"code\":0}', DOUBTFUL",
    "502, '', LATER",
    "503, '', LATER",
    "504, '', LATER",
  })
  void every_response_is_mapped_to_its_exception(int status, String body, Meaning meaning) {
    ENGINE.stubFor(any(anyUrl()).willReturn(status(status).withBody(body)));

    for (ThrowingCallable request : requests()) {
      assertThatThrownBy(request)
          .isExactlyInstanceOf(meaning.type)
          .hasMessageContaining("HTTP " + status)
          .hasMessageNotContaining("secret");
    }
  }

  private enum Meaning {
    NEEDS_ADMIN(IncidentException.class),
    DOUBTFUL(UnconfirmedException.class),
    LATER(ExternalTaskClientException.class);

    private final Class<? extends Exception> type;

    Meaning(Class<? extends Exception> type) {
      this.type = type;
    }
  }

  private List<ThrowingCallable> requests() {
    Document document = new Document("a.pdf", "application/pdf", Files.PDF);
    return List.of(
        () -> api.step("own:2", "mapped"),
        () -> api.openFile("e1", "document1"),
        () -> api.putFile("e1", "signedDocument1", document),
        () -> api.setVariables("e1", new Outputs().put(SigningVariables.PROBLEM, "p")),
        () -> api.setLocalVariables("e1", new Outputs().put(SigningVariables.PROBLEM, "p")),
        () -> api.sendMessage("checkStatus", "i1"),
        () -> api.query("/execution", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"MismatchingMessageCorrelationException\"}",
        "{\"type\": \"RestException\", \"message\": \"org.camunda.bpm.engine.MismatchingMessageCorrelationException: Cannot correlate message 'checkStatus'\", \"code\": 0}"
      })
  void a_message_without_a_receiver_is_no_failure(String error) {
    ENGINE.stubFor(post("/message").willReturn(status(400).withBody(error)));

    assertThat(api.sendMessage("checkStatus", "i1")).isFalse();
  }

  @Test
  void a_file_is_sent_with_a_name_and_a_media_type_that_the_engine_can_serve() {
    ENGINE.stubFor(post("/process-instance/e1/variables/signed%201/data").willReturn(status(204)));
    Document document = new Document("a\r\nb.pdf", "application/pdf; name=a b.pdf", Files.PDF);

    api.putFile("e1", "signed 1", document);

    String name = Base64.getEncoder().encodeToString("a b.pdf".getBytes(UTF_8));
    ENGINE.verify(
        postRequestedFor(urlEqualTo("/process-instance/e1/variables/signed%201/data"))
            .withHeader("Content-Type", containing("multipart/form-data"))
            .withRequestBody(containing("name=\"valueType\""))
            .withRequestBody(containing("filename=\"=?UTF-8?B?" + name + "?=\""))
            .withRequestBody(containing("Content-Type: application/pdf\r\n"))
            .withRequestBody(containing(new String(Files.PDF, UTF_8))));
  }

  @Test
  void the_history_is_read() {
    ENGINE.stubFor(
        get("/history/process-instance/i1")
            .willReturn(
                okJson(
                    """
                    {"id": "i1", "startTime": "2027-01-02T03:04:05.678+0200", "startUserId": "demo",
                     "processDefinitionKey": "signing-request", "superProcessInstanceId": null}\
                    """)));
    ENGINE.stubFor(
        get("/history/activity-instance?processInstanceId=i1&activityId=create")
            .willReturn(
                okJson(
                    """
                    [{"id": "create:1", "parentActivityInstanceId": "p1", "canceled": true,
                      "startTime": "2027-01-02T01:04:05.678+0000", "endTime": "2027-01-02T01:04:06.000+0000"},
                     {"id": "create:2", "parentActivityInstanceId": "p1", "canceled": false,
                      "startTime": "2027-01-02T01:04:05.678+0000", "endTime": null}]\
                    """)));
    ENGINE.stubFor(
        get("/history/external-task-log/count?externalTaskId=t1")
            .willReturn(okJson("{\"count\": 3}")));
    ENGINE.stubFor(
        get("/history/external-task-log?failureLog=true&sortBy=timestamp&sortOrder=desc&maxResults=1&externalTaskId=t1")
            .willReturn(okJson("[{\"timestamp\": \"2027-01-02T01:04:06.000+0000\"}]")));
    ENGINE.stubFor(
        get("/history/user-operation?entityType=Variable&maxResults=1&processInstanceId=i1&afterTimestamp=2027-01-02T01%3A04%3A05.678%2B0000")
            .willReturn(okJson("[{\"operationType\": \"SetVariable\"}]")));
    Instant start = Instant.parse("2027-01-02T01:04:05.678Z");
    ActivityRun unfinished = new ActivityRun("create:2", "p1", false, start, null);

    assertThat(api.history().recordedInstance("i1"))
        .contains(
            new RecordedInstance(
                Instant.parse("2027-01-02T01:04:05.678Z"), "demo", "signing-request", null));
    assertThat(api.history().activityRuns("i1", "create"))
        .containsExactly(
            new ActivityRun("create:1", "p1", true, start, Instant.parse("2027-01-02T01:04:06Z")),
            unfinished);
    assertThat(api.history().failures("t1"))
        .contains(new TaskFailures(2, Instant.parse("2027-01-02T01:04:06Z")));
    assertThat(api.history().hasSetVariables("i1", start)).isTrue();
  }

  /** A waiting step reports many, and the one that it waits for is the oldest. */
  @Test
  void all_failures_of_a_topic_are_returned() {
    ENGINE.stubFor(
        get("/history/external-task-log?failureLog=true&processInstanceId=i1&topicName=topic")
            .willReturn(
                okJson(
                    IntStream.range(0, 300)
                        .mapToObj(
                            i ->
                                "{\"id\": \"f%s\", \"externalTaskId\": \"t1\", \"timestamp\": \"2027-01-02T01:04:06.000+0000\", \"errorMessage\": \"slow\"}"
                                    .formatted(i))
                        .collect(Collectors.joining(",", "[", "]")))));

    assertThat(api.history().failuresOf("i1", "topic"))
        .hasSize(300)
        .contains(new ReportedFailure("f299", "t1", Instant.parse("2027-01-02T01:04:06Z"), "slow"));
  }

  @Test
  void activities_of_a_topic_are_found_by_the_names_that_a_migration_has_given_them() {
    ENGINE.stubFor(
        get("/history/external-task-log?creationLog=true&processInstanceId=i1&topicName=topic")
            .willReturn(
                okJson(
                    """
                    [{"activityId": "former", "activityInstanceId": "migrated"},
                     {"activityId": "replace", "activityInstanceId": "replace:1"},
                     {"activityId": "replace", "activityInstanceId": "replace:2"}]\
                    """)));
    ENGINE.stubFor(
        get("/history/activity-instance?processInstanceId=i1")
            .willReturn(
                okJson(
                    """
                    [{"id": "migrated", "activityId": "renamed"}, {"id": "other", "activityId": "other"},
                     {"id": "replace:1", "activityId": "replace"}, {"id": "replace:2", "activityId": "replace"}]\
                    """)));

    assertThat(api.history().activitiesWith("i1", "topic")).containsExactly("renamed", "replace");
  }

  @Test
  void a_missing_history_has_no_activities_and_no_number_of_failures() {
    ENGINE.stubFor(
        get(urlPathMatching("/history/.*"))
            .withQueryParam("processInstanceId", equalTo("i2"))
            .willReturn(okJson("[]")));
    ENGINE.stubFor(
        get("/history/external-task-log/count?externalTaskId=t2")
            .willReturn(okJson("{\"count\": 0}")));

    assertThat(api.history().activityRuns("i2", "create")).isEmpty();
    assertThat(api.history().failures("t2")).isEmpty();
    assertThat(api.history().activitiesWith("i2", "topic")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void a_response_without_a_list_does_not_stand_for_a_missing_history(int status) {
    ENGINE.stubFor(get(urlPathMatching("/history/.*")).willReturn(status(status)));
    EngineHistory history = api.history();

    assertThat(
            Stream.<ThrowingCallable>of(
                () -> history.activityRuns("i1", "create"),
                () -> history.openRuns("i1"),
                () -> history.activitiesWith("i1", "topic"),
                () -> history.hasWritten("i1", "create", "variable", "text"),
                () -> history.failures("t1"),
                () -> history.failuresOf("i1", "topic"),
                () -> history.hasSetVariables("i1", Instant.EPOCH),
                () -> history.hasSet("run", "variable", Instant.EPOCH),
                () -> history.texts("run", "variable"),
                () -> history.hasDeletedVariables("i1")))
        .allSatisfy(read -> assertThatThrownBy(read).isInstanceOf(IncidentException.class));
  }

  @Test
  void decisions_are_returned_with_the_user_as_far_as_known() {
    ENGINE.stubFor(
        get(urlPathEqualTo("/history/user-operation"))
            .willReturn(okJson("[{\"taskId\": \"t1\", \"userId\": \"mary\"}]")));
    ENGINE.stubFor(
        get(urlPathEqualTo("/history/task"))
            .willReturn(
                okJson(
                    """
                    [{"id": "t1", "taskDefinitionKey": "a", "name": "A", "assignee": "john",
                      "deleteReason": "completed", "endTime": "2027-01-02T01:04:06.000+0000"},
                     {"id": "t2", "taskDefinitionKey": "b", "name": null, "assignee": null,
                      "deleteReason": "completed", "endTime": "2027-01-02T01:04:07.000+0000"},
                     {"id": "t3", "taskDefinitionKey": "c", "name": "C", "assignee": "john",
                      "deleteReason": "deleted", "endTime": "2027-01-02T01:04:08.000+0000"}]\
                    """)));

    assertThat(api.history().decisions("i1"))
        .containsExactly(
            new RecordedDecision("a", "A", "mary", Instant.parse("2027-01-02T01:04:06Z")),
            new RecordedDecision("b", null, null, Instant.parse("2027-01-02T01:04:07Z")));
  }

  @Test
  void unreadable_decisions_are_empty() {
    ENGINE.stubFor(get(urlPathMatching("/history/.*")).willReturn(status(403)));

    assertThat(api.history().decisions("i1")).isEmpty();
  }

  @Test
  void the_scope_around_a_step_is_found_at_any_depth() {
    ENGINE.stubFor(
        get("/process-instance/i1/activity-instances")
            .willReturn(
                okJson(
                    """
                    {"id": "i1", "executionIds": ["e1"], "childActivityInstances": [
                      {"id": "sub", "executionIds": ["e1"], "childActivityInstances": [
                        {"id": "body", "executionIds": ["e2"], "childActivityInstances": [{"id": "step"}],
                         "childTransitionInstances": [{"id": "waiting"}]}]}]}\
                    """)));

    assertThat(api.scopeAround("i1", "step")).contains(new Scope("body", "e2"));
    assertThat(api.scopeAround("i1", "waiting")).contains(new Scope("body", "e2"));
    assertThat(api.scopeAround("i1", "sub")).contains(new Scope("i1", "e1"));
    assertThat(api.scopeAround("i1", "gone")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"step, e2", "sub, e1", "gone, i1"})
  void a_variable_around_a_step_is_that_of_its_scope(String step, String execution) {
    ENGINE.stubFor(
        get("/process-instance/i1/activity-instances")
            .willReturn(
                okJson(
                    """
                    {"id": "i1", "executionIds": ["e1"], "childActivityInstances": [
                      {"id": "sub", "executionIds": ["e2"], "childActivityInstances": [
                        {"id": "step", "executionIds": ["e3"]}]}]}\
                    """)));
    ENGINE.stubFor(
        get("/process-instance/%s/variables/state?deserializeValue=false".formatted(execution))
            .willReturn(okJson("{\"type\": \"String\", \"value\": \"sealed\"}")));

    assertThat(api.textAround("i1", step, "state")).contains("sealed");
  }

  @Test
  void the_scope_in_a_multi_instance_sub_process_is_the_item_at_any_depth() {
    ENGINE.stubFor(
        get("/process-instance/i1/activity-instances")
            .willReturn(
                okJson(
                    """
                    {"id": "i1", "executionIds": ["e1"], "childActivityInstances": [
                      {"id": "body", "executionIds": ["e2"], "activityType": "multiInstanceBody", "childActivityInstances": [
                        {"id": "item", "executionIds": ["e3"], "childActivityInstances": [
                          {"id": "direct"},
                          {"id": "inner", "executionIds": ["e4"], "childActivityInstances": [
                            {"id": "nested"},
                            {"id": "tasks", "executionIds": ["e5"], "activityType": "multiInstanceBody",
                             "childActivityInstances": [{"id": "task"}]}]}]}]}]}\
                    """)));

    assertThat(api.scopeAround("i1", "direct")).contains(new Scope("item", "e3"));
    assertThat(api.scopeAround("i1", "nested")).contains(new Scope("item", "e3"));
    assertThat(api.scopeAround("i1", "task")).contains(new Scope("tasks", "e5"));
    assertThat(api.scopeAround("i1", "item")).contains(new Scope("body", "e2"));
  }
}
