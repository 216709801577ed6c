package fi.signspace.plugin.api.start;

import fi.signspace.plugin.signing.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.runtime.VariableInstanceQuery;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.camunda.bpm.engine.variable.value.FileValue;

/** Writes and reads the documents of a process instance one by one. */
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
    runtime.removeVariables(
        instance, names(instance).stream().filter(name -> !wanted.contains(name)).toList());
    return save(instance, documents);
  }

  /** The names of the documents that an instance has. */
  public List<String> names(String instance) {
    return files(instance).disableBinaryFetching().list().stream()
        .filter(DocumentVariables::isFile)
        .map(VariableInstance::getName)
        .filter(name -> name.startsWith(NewDocument.PREFIX))
        .toList();
  }

  /** The SHA-256 of a document, in hex; empty if there is no such document. */
  public Optional<String> sha256(String instance, String name) {
    return files(instance).variableName(name).list().stream()
        .filter(DocumentVariables::isFile)
        .map(file -> digest((FileValue) file.getTypedValue()))
        .findFirst();
  }

  private VariableInstanceQuery files(String instance) {
    return runtime
        .createVariableInstanceQuery()
        .executionIdIn(instance)
        .disableCustomObjectDeserialization();
  }

  private static boolean isFile(VariableInstance variable) {
    return ValueType.FILE.getName().equals(variable.getTypeName());
  }

  private static String digest(FileValue file) {
    try (InputStream content = file.getValue()) {
      return Sha256.of(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
