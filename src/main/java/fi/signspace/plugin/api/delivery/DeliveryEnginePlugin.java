package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.api.event.EventType;
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
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;

/**
 * Makes this engine store a message when something happens to a request. The model does not know
 * about channels, so it runs unchanged on engines without one.
 */
public final class DeliveryEnginePlugin extends AbstractProcessEnginePlugin {

  private final String observed;
  private final Channels channels;
  private final Clock clock;

  /**
   * @param observed the key of the process whose events are reported
   */
  public DeliveryEnginePlugin(String observed, List<Channel> channels, Clock clock) {
    this.observed = observed;
    this.channels = new Channels(List.copyOf(channels));
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
    for (Channel channel : channels.channels()) {
      String file = channel.model();
      engine
          .getRepositoryService()
          .createDeployment()
          .name(file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.')))
          .addClasspathResource(file)
          .enableDuplicateFiltering(true)
          .deploy();
    }
  }

  private final class Listening extends AbstractBpmnParseListener {

    @Override
    public void parseProcess(Element element, ProcessDefinitionEntity definition) {
      if (!definition.getKey().equals(observed)) {
        return;
      }
      if (channels.want(EventType.ENDED)) {
        definition.addBuiltInListener(
            ExecutionListener.EVENTNAME_END, new EndListener(channels, clock));
      }
      if (channels.wantMoreThan(EventType.ENDED)) {
        listen(definition, new EventListener(channels, clock));
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
