package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.environment.ConditionalOnEngine;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.springframework.stereotype.Component;

/** Installs the command authorization in the engine. */
@Component
@ConditionalOnEngine
class CommandAuthorizationPlugin extends AbstractProcessEnginePlugin {

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    OwnedVariables owned = new OwnedVariables();
    List<CommandInterceptor> interceptors =
        new ArrayList<>(List.of(new CommandAuthorization(owned)));
    if (configuration.getCustomPostCommandInterceptorsTxRequired() != null) {
      interceptors.addAll(configuration.getCustomPostCommandInterceptorsTxRequired());
    }
    configuration.setCustomPostCommandInterceptorsTxRequired(interceptors);
    List<BpmnParseListener> listeners = new ArrayList<>(List.of(new CalledInstances(owned)));
    if (configuration.getCustomPostBPMNParseListeners() != null) {
      listeners.addAll(configuration.getCustomPostBPMNParseListeners());
    }
    configuration.setCustomPostBPMNParseListeners(listeners);
  }
}
