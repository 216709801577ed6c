package fi.signspace.plugin.worker;

import fi.signspace.plugin.process.Variable;
import fi.signspace.plugin.signing.Document;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.client.variable.ClientValues;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/** Process variables to be written, in the form that the task client sends. */
final class Outputs {

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Sets a variable; null makes it a variable of type Null. */
  <T> Outputs put(Variable<T> variable, @Nullable T value) {
    if (value == null) {
      values.put(variable.name(), Variables.untypedNullValue());
    } else if (variable.isJson()) {
      values.put(variable.name(), ClientValues.jsonValue(Json.write(value)));
    } else {
      values.put(variable.name(), value);
    }
    return this;
  }

  /** Sets a variable unless there is nothing to say. */
  <T> Outputs putIfKnown(Variable<T> variable, @Nullable T value) {
    return value == null ? this : put(variable, value);
  }

  Outputs putFile(String name, Document document) {
    values.put(
        name,
        Variables.fileValue(document.name())
            .mimeType(document.mimeType())
            .file(document.content())
            .create());
    return this;
  }

  Map<String, Object> toMap() {
    return Collections.unmodifiableMap(values);
  }
}
