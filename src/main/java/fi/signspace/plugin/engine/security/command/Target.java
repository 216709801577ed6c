package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.engine.security.command.Operation.Allowed;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.jspecify.annotations.Nullable;

/**
 * The process that a command would change.
 *
 * @param definition null where a command names the process by its key alone
 * @param writable the closed list of variables, for a user task or a message that has one
 * @param isStep whether the command works on a step of ours, in whatever process
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

  /** In the process of an analyst, workers do our steps, and everything else is the analyst's. */
  Allowed allowed(Operation operation) {
    if (ProtectedProcesses.KEYS.contains(key)) {
      return ProtectedProcesses.allowed(operation, key);
    }
    return operation == Operation.EXTERNAL_TASK ? operation.allowed() : Allowed.EVERYBODY;
  }
}
