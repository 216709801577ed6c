package fi.signspace.plugin.path;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;

/**
 * An in-memory engine with the models only, without workers and without a job executor. It is not
 * called "default", so that no application in the same JVM finds it.
 */
final class PathEngine {

  static final String DATABASE = "jdbc:h2:mem:paths;DB_CLOSE_DELAY=-1";

  private static final ProcessEngine ENGINE = start();

  static ProcessEngine get() {
    return ENGINE;
  }

  private static ProcessEngine start() {
    StandaloneInMemProcessEngineConfiguration configuration =
        new StandaloneInMemProcessEngineConfiguration();
    configuration
        .setProcessEngineName("paths")
        .setJdbcUrl(DATABASE)
        .setJobExecutorActivate(false)
        .setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
    // some tests expect rejected messages, which need not be logged
    configuration.setEnableCmdExceptionLogging(false);
    ProcessEngine engine = configuration.buildProcessEngine();
    engine
        .getRepositoryService()
        .createDeployment()
        .addClasspathResource("processes/signing-request.bpmn")
        .addClasspathResource("processes/examples/employment-contract.bpmn")
        .addClasspathResource("processes/examples/non-disclosure-agreement.bpmn")
        .deploy();
    BpmnAwareTests.init(engine);
    return engine;
  }

  private PathEngine() {}
}
