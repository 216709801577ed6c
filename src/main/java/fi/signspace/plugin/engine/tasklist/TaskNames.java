package fi.signspace.plugin.engine.tasklist;

import fi.signspace.plugin.engine.webapps.WebAppsProperties;
import fi.signspace.plugin.environment.ConditionalOnEngine;
import fi.signspace.plugin.environment.Texts;
import fi.signspace.plugin.process.SigningProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.camunda.bpm.engine.impl.bpmn.behavior.UserTaskActivityBehavior;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.el.FixedValue;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.springframework.stereotype.Component;

/**
 * Names the user tasks of signing requests in the language of the installation. In English, the
 * names are those of the model, which an analyst may have changed.
 */
@Component
@ConditionalOnEngine
class TaskNames extends AbstractProcessEnginePlugin {

  private final Locale language;

  TaskNames(WebAppsProperties properties) {
    language = properties.language();
  }

  @Override
  public void preInit(ProcessEngineConfigurationImpl configuration) {
    if (language.equals(Locale.ENGLISH)) {
      return;
    }
    List<BpmnParseListener> listeners =
        new ArrayList<>(
            Objects.requireNonNullElse(configuration.getCustomPostBPMNParseListeners(), List.of()));
    listeners.add(new Naming(new Texts("tasklist", language)));
    configuration.setCustomPostBPMNParseListeners(listeners);
  }

  private static final class Naming extends AbstractBpmnParseListener {

    private final Texts texts;

    Naming(Texts texts) {
      this.texts = texts;
    }

    @Override
    public void parseUserTask(Element element, ScopeImpl scope, ActivityImpl activity) {
      String key = "task." + activity.getId();
      if (scope.getProcessDefinition() instanceof ProcessDefinitionEntity definition
          && definition.getKey().equals(SigningProcess.KEY)
          && activity.getActivityBehavior() instanceof UserTaskActivityBehavior behavior
          && texts.has(key)) {
        behavior.getTaskDefinition().setNameExpression(new FixedValue(texts.of(key)));
      }
    }
  }
}
