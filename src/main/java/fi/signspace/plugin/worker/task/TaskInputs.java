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
 * The variables of a task at the time it was fetched. They are read in the constructor, which has
 * to run in the thread that fetched the task: the task client's date format is not thread-safe.
 */
final class TaskInputs {

  private final Map<String, TypedValue> values;
  private final Set<String> stale = ConcurrentHashMap.newKeySet();

  TaskInputs(ExternalTask task) {
    values =
        task.getAllVariablesTyped(false).keySet().stream()
            .collect(toUnmodifiableMap(name -> name, name -> task.getVariableTyped(name, false)));
  }

  /**
   * @throws IncidentException if it has the wrong type
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
          "The variable %s has the wrong type; expected %s. Correct it in Cockpit, then retry."
              .formatted(variable.name(), variable.type().getSimpleName()));
    }
    return Optional.of(variable.type().cast(value));
  }

  /** A text variable; empty if it is missing, blank or of another type. */
  Optional<String> text(String variable) {
    return Optional.ofNullable(looseValue(variable))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** The texts of a list variable; empty if it is missing or of another type. */
  List<String> texts(Variable<String[]> variable) {
    return looseValue(variable.name()) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /** The start variables, loosely typed. */
  Map<String, @Nullable Object> startValues() {
    Map<String, @Nullable Object> start = new LinkedHashMap<>();
    SigningVariables.START.forEach(
        name -> start.put(name, StartVariableParser.read(name, looseValue(name))));
    return start;
  }

  /** The fetched File variables. */
  Map<String, DeferredFileValue> files() {
    return values.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof DeferredFileValue)
        .collect(
            toUnmodifiableMap(Map.Entry::getKey, entry -> (DeferredFileValue) entry.getValue()));
  }

  /** Marks variables that may have changed since the fetch. */
  void markStale(Set<String> names) {
    stale.addAll(names);
  }

  /**
   * Whether a variable has this value; false if it may have changed or has a type that no result
   * has. A missing variable equals null and an empty text.
   */
  boolean has(String name, Object value) {
    TypedValue held = values.getOrDefault(name, Variables.untypedNullValue());
    if (held instanceof ObjectValue || held instanceof DeferredFileValue || stale.contains(name)) {
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
