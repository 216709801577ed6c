package fi.signspace.plugin.api;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.variable.type.ValueType;

/** The documents of a process instance, written one by one. */
final class DocumentVariables {

  private final RuntimeService runtime;

  DocumentVariables(RuntimeService runtime) {
    this.runtime = runtime;
  }

  /** Each is flushed before the next is read. */
  String keep(String instance, List<NewDocument> documents) {
    for (NewDocument document : documents) {
      runtime.setVariable(instance, document.variableName(), document.load());
    }
    return instance;
  }

  /** Keeps these, and none of those that were there before. */
  String replace(String instance, List<NewDocument> documents) {
    Set<String> wanted =
        documents.stream().map(NewDocument::variableName).collect(Collectors.toSet());
    List<String> obsolete =
        runtime
            .createVariableInstanceQuery()
            .executionIdIn(instance)
            .disableBinaryFetching()
            .disableCustomObjectDeserialization()
            .list()
            .stream()
            .filter(variable -> ValueType.FILE.getName().equals(variable.getTypeName()))
            .map(VariableInstance::getName)
            .filter(name -> name.startsWith(NewDocument.PREFIX) && !wanted.contains(name))
            .toList();
    runtime.removeVariables(instance, obsolete);
    return keep(instance, documents);
  }
}
