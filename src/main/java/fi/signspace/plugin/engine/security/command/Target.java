package fi.signspace.plugin.engine.security.command;

import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.jspecify.annotations.Nullable;

/**
 * The process that a command would change.
 *
 * @param definition null where a command names the process by its key alone
 * @param writable the closed list of variables, for a user task or a message that has one
 */
record Target(
    String key,
    @Nullable ProcessDefinitionEntity definition,
    @Nullable WritableVariables writable) {

  static Target of(ProcessDefinitionEntity definition) {
    return new Target(definition.getKey(), definition, null);
  }

  static Target of(ProcessDefinitionEntity definition, @Nullable WritableVariables writable) {
    return new Target(definition.getKey(), definition, writable);
  }

  boolean isProtected() {
    return ProtectedProcesses.KEYS.contains(key);
  }
}
