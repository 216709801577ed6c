package fi.signspace.plugin.api.webhook;

import fi.signspace.plugin.api.event.EventType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Makes this engine send a webhook message when something happens to a request. The model does not
 * know about the webhook, so it runs unchanged on engines without one.
 */
final class WebhookEnginePlugin extends AbstractProcessEnginePlugin {

  private static final String MODEL = "webhook/signing-webhook.bpmn";

  private final String observed;
  private final Set<EventType> events;
  private final Clock clock;

  /**
   * @param observed the key of the process whose events are reported
   */
  WebhookEnginePlugin(String observed, Set<EventType> events, Clock clock) {
    this.observed = observed;
    this.events = events;
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
      if (!definition.getKey().equals(observed)) {
        return;
      }
      if (events.contains(EventType.ENDED)) {
        definition.addBuiltInListener(ExecutionListener.EVENTNAME_END, new EndListener(clock));
      }
      if (!EnumSet.of(EventType.ENDED).containsAll(events)) {
        listen(definition, new EventListener(events, clock));
      }
    }

    private void listen(ScopeImpl scope, EventListener listener) {
      for (ActivityImpl activity : scope.getActivities()) {
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_START, listener);
        activity.addBuiltInListener(ExecutionListener.EVENTNAME_END, listener);
        listen(activity, listener);
      }
    }
  }
}
