package fi.signspace.plugin.testkit;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Topic;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;

/**
 * An instance of the deployed {@code signing-request} whose workers and people are played by a
 * test.
 */
public final class DrivenRequest {

  public static final String NEXT_YEAR = "2099-01-01T00:00:00Z";

  private static final String WORKER = "driven";

  private final ProcessEngine engine;
  private final String id;

  /** Starts an engine in memory with the model that the product deploys. */
  public static ProcessEngine engine(String name, ProcessEnginePlugin... plugins) {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName(name)
        .setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1")
        .setJobExecutorActivate(false)
        .setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setProcessEnginePlugins(List.of(plugins));
    ProcessEngine engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("processes/signing-request.bpmn")
        .deploy();
    return engine;
  }

  public DrivenRequest(ProcessEngine engine) {
    this.engine = engine;
    id =
        engine
            .getRuntimeService()
            .startProcessInstanceByKey(
                SigningProcess.KEY, "case-1", Map.of("title", (Object) "Lease"))
            .getId();
  }

  public String id() {
    return id;
  }

  public DrivenRequest sent() {
    return work(Topic.UPLOAD_DOCUMENT, Map.of())
        .work(
            Topic.CREATE_SIGNING_REQUEST,
            Map.of(
                "signingRequestId",
                "request-1",
                "signingPhase",
                "awaiting",
                "nextCheckAt",
                NEXT_YEAR));
  }

  /** A status check finds the request in this phase. */
  public DrivenRequest found(String phase, int signatures) {
    return work(
        Topic.CHECK_STATUS,
        Map.of("signingPhase", phase, "signaturesCompleted", signatures, "nextCheckAt", NEXT_YEAR));
  }

  public DrivenRequest send(String message) {
    engine.getRuntimeService().createMessageCorrelation(message).processInstanceId(id).correlate();
    return this;
  }

  public DrivenRequest decide(String decision) {
    String task =
        engine.getTaskService().createTaskQuery().processInstanceId(id).singleResult().getId();
    engine.getTaskService().complete(task, Map.of("decision", decision));
    return this;
  }

  public DrivenRequest work(String topic, Map<String, Object> outputs) {
    externalTasks().complete(locked(topic), WORKER, outputs);
    return this;
  }

  /** A worker refuses the input. */
  public DrivenRequest refuse(String topic) {
    externalTasks()
        .handleBpmnError(locked(topic), WORKER, SigningProcess.REQUEST_REJECTED, "wrong");
    return this;
  }

  private String locked(String topic) {
    String task =
        externalTasks()
            .createExternalTaskQuery()
            .processInstanceId(id)
            .topicName(topic)
            .singleResult()
            .getId();
    externalTasks().lock(task, WORKER, 60_000);
    return task;
  }

  private ExternalTaskService externalTasks() {
    return engine.getExternalTaskService();
  }
}
