package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.engine.security.command.Operation.Allowed;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.jspecify.annotations.Nullable;

/**
 * The process that a command would change.
 *
 * @param definition null if the command names the process only by its key
 * @param writable the variables allowed for a user task or message that restricts them
 * @param isStep whether the command concerns one of our steps, in any process
 */
record Target(
    String key,
    @Nullable ProcessDefinitionEntity definition,
    @Nullable WritableVariables writable,
    boolean isStep) {

  static Target of(ProcessDefinitionEntity definition) {
    return of(definition, null);
  }

  static Target of(ProcessDefinitionEntity definition, @Nullable WritableVariables writable) {
    return new Target(definition.getKey(), definition, writable, false);
  }

  boolean isProtected() {
    return isStep || ProtectedProcesses.KEYS.contains(key);
  }

  /** In an analyst's process, workers execute our steps; everything else is up to the analyst. */
  Allowed allowed(Operation operation) {
    if (ProtectedProcesses.KEYS.contains(key)) {
      return ProtectedProcesses.allowed(operation, key);
    }
    boolean isWork = operation == Operation.EXTERNAL_TASK || operation == Operation.TRIGGER;
    return isStep && isWork ? Operation.EXTERNAL_TASK.allowed() : Allowed.EVERYONE;
  }
}
