package fi.signspace.plugin.benchmark;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.camunda.bpm.client.ExternalTaskClient;
import org.camunda.bpm.client.interceptor.auth.BasicAuthProvider;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.task.ExternalTaskService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.builder.ServiceTaskBuilder;

/**
 * A simple implementation for comparison: one task client with default settings and long polling,
 * sequential handlers, one status call per instance and cycle, and a fixed timer per instance. No
 * error handling.
 */
final class PlainWay implements AutoCloseable {

  static final String PROCESS = "plain-signing";

  /** Ends after the creation, so that warm-up instances are not checked forever. */
  static final String WARM_UP = "plain-warm-up";

  private static final String BOUNDARY = "plain-way-boundary";

  private final PlainSignSpace signSpace;
  private final ExternalTaskClient client;

  /**
   * @param url of engine and sandbox
   * @param user with permission to deploy and to execute tasks
   */
  PlainWay(String url, String user, String password) {
    signSpace = new PlainSignSpace(url);
    deploy(url, PlainHttp.basic(user, password), WARM_UP, creation(WARM_UP).endEvent().done());
    deploy(url, PlainHttp.basic(user, password), PROCESS, model());
    PlainTasks tasks = new PlainTasks(signSpace);
    client =
        ExternalTaskClient.create()
            .baseUrl(url + "/engine-rest")
            .addInterceptor(new BasicAuthProvider(user, password))
            .asyncResponseTimeout(10_000)
            .build();
    client.subscribe("plain.upload").handler(tasks::upload).open();
    client.subscribe("plain.create").handler(tasks::create).open();
    client.subscribe("plain.check").handler(this::check).open();
  }

  private static ServiceTaskBuilder creation(String process) {
    return Bpmn.createExecutableProcess(process)
        .camundaHistoryTimeToLive(1)
        .startEvent()
        .serviceTask("upload")
        .camundaExternalTask("plain.upload")
        .serviceTask("create")
        .camundaExternalTask("plain.create");
  }

  private static BpmnModelInstance model() {
    return creation(PROCESS)
        .exclusiveGateway("wait")
        .intermediateCatchEvent()
        .timerWithDuration("PT30S")
        .serviceTask("check")
        .camundaExternalTask("plain.check")
        .exclusiveGateway()
        .condition("signed", "${status == 'complete'}")
        .endEvent()
        .moveToLastGateway()
        .connectTo("wait")
        .done();
  }

  private static void deploy(String url, String login, String name, BpmnModelInstance process) {
    String part = "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n";
    String model = Bpmn.convertToString(process);
    String body =
        part.formatted(BOUNDARY, "deployment-name", "", name)
            + part.formatted(BOUNDARY, "model", "; filename=\"%s.bpmn\"".formatted(name), model)
            + "--"
            + BOUNDARY
            + "--\r\n";
    new PlainHttp()
        .send(
            HttpRequest.newBuilder(URI.create(url + "/engine-rest/deployment/create"))
                .header("Authorization", login)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private void check(ExternalTask task, ExternalTaskService service) {
    service.complete(task, Map.of("status", signSpace.statusOf(task.getVariable("requestId"))));
  }

  @Override
  public void close() {
    client.stop();
  }
}
