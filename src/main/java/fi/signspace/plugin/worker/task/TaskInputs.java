package fi.signspace.plugin.worker.task;

import static java.util.stream.Collectors.toUnmodifiableMap;

import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.client.task.ExternalTask;
import org.camunda.bpm.client.variable.value.DeferredFileValue;
import org.camunda.bpm.client.variable.value.JsonValue;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.ObjectValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a task as they were when it was fetched. They are read in the constructor, which
 * has to run in the thread that fetched the task: the task client reads dates with a format that
 * must not be shared between threads.
 */
final class TaskInputs {

  private final Map<String, TypedValue> values;
  private final Set<String> outdated = ConcurrentHashMap.newKeySet();

  TaskInputs(ExternalTask task) {
    values =
        task.getAllVariablesTyped(false).keySet().stream()
            .collect(toUnmodifiableMap(name -> name, name -> task.getVariableTyped(name, false)));
  }

  /**
   * @throws IncidentException if it is of the wrong type
   */
  <T> Optional<T> get(Variable<T> variable) {
    Object value = looseValue(variable.name());
    if (value == null) {
      return Optional.empty();
    }
    if (variable.isJson()) {
      return Optional.ofNullable(
          Json.read(variable.name(), textOf(variable.name()), variable.type()));
    }
    if (!variable.type().isInstance(value)) {
      throw new IncidentException(
          "The variable %s is of the wrong type; expected %s. Correct it in Cockpit, then retry."
              .formatted(variable.name(), variable.type().getSimpleName()));
    }
    return Optional.of(variable.type().cast(value));
  }

  /** A variable that is text, whatever someone else may have put there; empty without any. */
  Optional<String> text(String variable) {
    return Optional.ofNullable(looseValue(variable))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** A list of texts, whatever someone else may have put there; empty without any. */
  List<String> texts(Variable<String[]> variable) {
    return looseValue(variable.name()) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** The start variables that are there, as loosely typed as callers give them. */
  Map<String, @Nullable Object> startValues() {
    Map<String, @Nullable Object> start = new LinkedHashMap<>();
    SigningVariables.START.forEach(
        name -> start.put(name, StartVariableParser.read(name, looseValue(name))));
    return start;
  }

  /** The File variables that are there. */
  Map<String, DeferredFileValue> files() {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof DeferredFileValue)
        .collect(
            toUnmodifiableMap(Map.Entry::getKey, entry -> (DeferredFileValue) entry.getValue()));
  }

  /** These variables may have been written since. */
  void markStale(Set<String> names) {
    outdated.addAll(names);
  }

  /**
   * Whether a variable has this very value; one that may have changed, or is of a type that no
   * result has, has not. One that is not there is null, and says as much as an empty text.
   */
  boolean has(String name, Object value) {
    TypedValue held = values.getOrDefault(name, Variables.untypedNullValue());
    if (held instanceof ObjectValue
        || held instanceof DeferredFileValue
        || outdated.contains(name)) {
      return false;
    }
    TypedValue other = Variables.untypedValue(value);
    if (held.getValue() == null && "".equals(other.getValue())) {
      return true;
    }
    boolean isSameKind = held instanceof JsonValue == other instanceof JsonValue;
    return isSameKind && Objects.equals(held.getValue(), other.getValue());
  }

  private @Nullable Object looseValue(String name) {
    TypedValue value = values.get(name);
    if (value instanceof JsonValue || value instanceof ObjectValue) {
      return Json.readLoosely(textOf(name));
    }
    return value == null ? null : value.getValue();
  }

  private String textOf(String name) {
    TypedValue value = values.get(name);
    if (value instanceof ObjectValue object) {
      return object.getValueSerialized();
    }
    return value == null ? "null" : String.valueOf(value.getValue());
  }
}
