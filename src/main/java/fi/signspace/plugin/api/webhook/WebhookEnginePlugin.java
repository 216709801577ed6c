package fi.signspace.plugin.api.webhook;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Makes this engine send a webhook message when a request ends. The model does not know about the
 * webhook, so it runs unchanged on engines without one.
 */
final class WebhookEnginePlugin extends AbstractProcessEnginePlugin {

  private static final String MODEL = "webhook/signing-webhook.bpmn";

  private final String observed;
  private final Clock clock;

  /**
   * @param observed the key of the process whose ends are reported
   */
  WebhookEnginePlugin(String observed, Clock clock) {
    this.observed = observed;
    this.clock = clock;
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    List<BpmnParseListener> listeners =
        new ArrayList<>(
            Objects.requireNonNullElse(configuration.getCustomPostBPMNParseListeners(), List.of()));
    listeners.add(new Listening());
    configuration.setCustomPostBPMNParseListeners(listeners);
  }

  @Override
  public void postProcessEngineBuild(ProcessEngine engine) {
    engine
        .getRepositoryService()
        .createDeployment()
        .name(WebhookMessage.PROCESS)
        .addClasspathResource(MODEL)
        .enableDuplicateFiltering(true)
        .deploy();
  }

  private final class Listening extends AbstractBpmnParseListener {

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity definition) {
      if (definition.getKey().equals(observed)) {
        definition.addBuiltInListener(ExecutionListener.EVENTNAME_END, new EndListener(clock));
      }
    }
  }
}
