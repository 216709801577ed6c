package fi.signspace.plugin.api.start;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.variable.type.ValueType;

/** Writes the documents of a process instance one by one. */
public final class DocumentVariables {

  private final RuntimeService runtime;

  public DocumentVariables(RuntimeService runtime) {
    this.runtime = runtime;
  }

  /** Saves documents. Each one is flushed before the next is read. */
  public String save(String instance, List<NewDocument> documents) {
    for (NewDocument document : documents) {
      runtime.setVariable(instance, document.variableName(), document.load());
    }
    return instance;
  }

  /** Saves these documents and removes all former ones. */
  public String replace(String instance, List<NewDocument> documents) {
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
    return save(instance, documents);
  }
}
