package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.process.SigningProcess;
import fi.signspace.plugin.process.SigningProcess.Message;
import fi.signspace.plugin.process.SigningVariables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.variable.value.SerializableValue;
import org.camunda.bpm.engine.variable.value.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a caller may set when completing a user task or sending a message, and no
 * others. A user task that is not in the table allows a decision only, a message that is not in it
 * nothing.
 *
 * @param hasDocuments whether {@code document…} may be replaced or removed
 * @param decision the only one that sends them; with another one, they would be shown beside what
 *     was sent; null if there is no such decision
 */
record WritableVariables(Set<String> names, boolean hasDocuments, @Nullable String decision) {

  static final String DOCUMENT = "document";

  private static final WritableVariables NONE = new WritableVariables(Set.of(), false, null);
  private static final WritableVariables DOCUMENTS = new WritableVariables(Set.of(), true, null);
  private static final WritableVariables DECISION_ONLY =
      new WritableVariables(Set.of(SigningProcess.DECISION), false, null);

  private static final Map<String, WritableVariables> BY_USER_TASK =
      Map.of(
          "userTask_manageSigning",
          new WritableVariables(Set.of(SigningProcess.DECISION), true, "replaceDocuments"),
          SigningProcess.DECIDE_CANCELLED,
          DECISION_ONLY,
          "userTask_resolveProblem",
          DECISION_ONLY,
          SigningProcess.CORRECTION,
          new WritableVariables(decisionAndStart(), true, "retry"));

  private static final Map<String, WritableVariables> BY_MESSAGE =
      Map.of(
          Message.CHECK_STATUS, NONE,
          Message.CANCEL_SIGNING, NONE,
          Message.REOPEN_SIGNING, NONE,
          Message.REPLACE_DOCUMENTS, DOCUMENTS);

  /** Returns the variables of a user task; only the decision if the table does not have it. */
  static WritableVariables ofUserTask(String id) {
    return BY_USER_TASK.getOrDefault(id, DECISION_ONLY);
  }

  /** Returns the variables of a message; none if the table does not have it. */
  static WritableVariables ofMessage(String name) {
    return BY_MESSAGE.getOrDefault(name, NONE);
  }

  /** Those that may be set together with a decision, if one is given. */
  WritableVariables with(@Nullable TypedValue given) {
    if (given == null
        || decision == null
        || given instanceof SerializableValue
        || !(given.getValue() instanceof String)) {
      return this;
    }
    return decision.equals(given.getValue()) ? this : DECISION_ONLY;
  }

  boolean contains(String name) {
    return names.contains(name) || (hasDocuments && name.startsWith(DOCUMENT));
  }

  @Override
  public String toString() {
    List<String> all = new ArrayList<>(names);
    if (hasDocuments) {
      all.add(DOCUMENT + "…");
    }
    return all.isEmpty() ? "no variables" : String.join(", ", all);
  }

  private static Set<String> decisionAndStart() {
    Set<String> names = new LinkedHashSet<>(List.of(SigningProcess.DECISION));
    names.addAll(SigningVariables.START);
    return names;
  }
}
