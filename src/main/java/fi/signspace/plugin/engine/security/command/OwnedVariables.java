package fi.signspace.plugin.engine.security.command;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;

/** The variables of the workers by version of the model, each of which is read once. */
final class OwnedVariables {

  private final Map<String, WorkerVariables> byDefinition = new ConcurrentHashMap<>();

  /** Only within a command of the engine. */
  WorkerVariables of(ProcessDefinitionEntity definition) {
    return byDefinition.computeIfAbsent(
        definition.getId(), id -> new WorkerVariables(model(definition)));
  }

  private static String model(ProcessDefinitionEntity definition) {
    byte[] bytes =
        Context.getCommandContext()
            .getResourceManager()
            .findResourceByDeploymentIdAndResourceName(
                definition.getDeploymentId(), definition.getResourceName())
            .getBytes();
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
