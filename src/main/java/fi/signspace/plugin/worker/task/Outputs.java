package fi.signspace.plugin.worker.task;

import fi.signspace.plugin.process.Variable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.client.variable.ClientValues;
import org.camunda.bpm.client.variable.value.JsonValue;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Process variables to write, in the format of the task client. */
public final class Outputs {

  /** The engine stores longer text as Json only. */
  private static final int MAX_STRING_LENGTH = 4000;

  private final Map<String, Object> values = new LinkedHashMap<>();

  /** Sets a variable; null makes it a variable of type Null. */
  public <T> Outputs put(Variable<T> variable, @Nullable T value) {
    if (value == null) {
      values.put(variable.name(), Variables.untypedNullValue());
    } else if (variable.isJson() || value.toString().length() > MAX_STRING_LENGTH) {
      values.put(variable.name(), ClientValues.jsonValue(Json.write(value)));
    } else {
      values.put(variable.name(), value);
    }
    return this;
  }

  Outputs putNull(String name) {
    values.put(name, Variables.untypedNullValue());
    return this;
  }

  /** Sets a variable unless the value is null. */
  public <T> Outputs putIfKnown(Variable<T> variable, @Nullable T value) {
    return value == null ? this : put(variable, value);
  }

  /** Whether a variable is set. */
  boolean has(Variable<?> variable) {
    return values.containsKey(variable.name());
  }

  /** The value of a text variable; empty if it is not set. */
  Optional<String> text(Variable<String> variable) {
    return Optional.ofNullable(values.get(variable.name()))
        .map(value -> value instanceof TypedValue typed ? typed.getValue() : value)
        .map(String::valueOf);
  }

  /** A copy with one variable, if it is set. */
  Outputs only(Variable<?> variable) {
    Outputs one = new Outputs();
    if (has(variable)) {
      one.values.put(variable.name(), values.get(variable.name()));
    }
    return one;
  }

  /** A copy without one variable. */
  public Outputs without(Variable<?> variable) {
    Outputs others = new Outputs();
    others.values.putAll(values);
    others.values.remove(variable.name());
    return others;
  }

  /** A copy with others, which take precedence. */
  Outputs and(Outputs others) {
    Outputs all = new Outputs();
    all.values.putAll(values);
    all.values.putAll(others.values);
    return all;
  }

  /** A copy without the variables that already have the same value. */
  Outputs withoutUnchanged(TaskInputs inputs) {
    Outputs changed = new Outputs();
    values.forEach(
        (name, value) -> {
          if (!inputs.has(name, value)) {
            changed.values.put(name, value);
          }
        });
    return changed;
  }

  /** In the format of the engine's REST API. */
  Map<String, Object> toRest() {
    Map<String, Object> all = new LinkedHashMap<>();
    values.forEach((name, value) -> all.put(name, toRestValue(value)));
    return all;
  }

  private static Map<String, @Nullable Object> toRestValue(Object value) {
    TypedValue typed = value instanceof TypedValue given ? given : Variables.untypedValue(value);
    Map<String, @Nullable Object> field = new LinkedHashMap<>();
    field.put("value", typed.getValue());
    if (value instanceof JsonValue) {
      field.put("type", "Json");
    }
    return field;
  }

  public Map<String, Object> toMap() {
    return Collections.unmodifiableMap(values);
  }
}
