package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.process.SigningProcess;
import jakarta.ws.rs.core.Response.Status;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.variable.VariableMap;
import org.camunda.bpm.engine.variable.value.FileValue;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/** Checks which variables a caller who is neither admin nor worker may set on a signing request. */
final class VariableCheck {

  private final OwnedVariables owned;

  VariableCheck(OwnedVariables owned) {
    this.owned = owned;
  }

  /**
   * @throws ForbiddenCommandException if a variable is not allowed; names the first one
   */
  void check(VariableMap supplied, Operation operation, Target target) {
    WritableVariables writable =
        target.writable() == null
            ? null
            : target.writable().with(supplied.getValueTyped(SigningProcess.DECISION));
    for (String name : supplied.keySet()) {
      boolean isListed = writable != null && writable.names().contains(name);
      if (!isListed) {
        requireNotOwned(name, target);
        requireNoOther(name, target, writable);
      }
      if (name.startsWith(WritableVariables.DOCUMENT)) {
        requireDocument(name, supplied.getValueTyped(name), operation, target);
      }
    }
  }

  /**
   * Checks the type early, since an expression of the model would fail otherwise.
   *
   * @throws RestException if the variable is given and is not text; names it
   */
  static void requireText(VariableMap supplied, String name, Target target) {
    TypedValue value = supplied.getValueTyped(name);
    boolean isText =
        !(value instanceof SerializableValue)
            && value != null
            && value.getValue() instanceof String;
    if (supplied.containsKey(name) && !isText) {
      // on completion of a task, the engine's REST API passes on only its own exceptions
      throw new RestException(
          Status.BAD_REQUEST,
          "%s: the variable %s must be text (type String).".formatted(target.key(), name));
    }
  }

  private void requireNotOwned(String name, Target target) {
    if (target.definition() == null || owned.of(target.definition()).contains(name)) {
      throw new ForbiddenCommandException(
          "%s: the variable %s is owned by the workers; only members of %s may write it."
              .formatted(target.key(), name, Operation.WHO_WORKERS));
    }
  }

  private static void requireNoOther(
      String name, Target target, @Nullable WritableVariables writable) {
    if (writable != null && !writable.contains(name)) {
      throw new ForbiddenCommandException(
          "%s: the variable %s may not be given here; allowed: %s. Only members of %s may write others."
              .formatted(target.key(), name, writable, Operation.WHO_WORKERS));
    }
  }

  private static void requireDocument(
      String name, TypedValue value, Operation operation, Target target) {
    boolean isRemoval = operation != Operation.START && value.getValue() == null;
    if (!isRemoval && !(value instanceof FileValue)) {
      throw new ForbiddenCommandException(
          "%s: the variable %s must be a File, as every variable whose name begins with %s."
              .formatted(target.key(), name, WritableVariables.DOCUMENT));
    }
  }
}
