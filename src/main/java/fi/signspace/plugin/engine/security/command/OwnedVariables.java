package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.model.ModelReader;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables of a signing request that belong to the workers and the model: everything that they
 * read or write and that is no start variable. They are read from the declarations of the workers
 * and from the deployed model, so that a new variable belongs to them as well.
 */
final class OwnedVariables {

  /** Of every version, whichever declares them. */
  private static final Set<String> ALWAYS =
      Set.of("signingState", "signingEvidence", "formerSigningRequestIds");

  /** Signed documents, and the marks of the REST API's idempotency keys. */
  private static final List<String> BEGINNINGS =
      List.of(SigningVariables.SIGNED_DOCUMENT, "idempotencyKey_");

  private final Set<String> names;

  /**
   * @param model the BPMN of the deployed process
   */
  OwnedVariables(String model) {
    names = new TreeSet<>(ALWAYS);
    Step.ALL.forEach(step -> names.addAll(step.variables()));
    names.addAll(ModelReader.variables(model));
    SigningVariables.START.forEach(names::remove);
  }

  boolean contains(String name) {
    return names.contains(name) || BEGINNINGS.stream().anyMatch(name::startsWith);
  }

  Set<String> names() {
    return Set.copyOf(names);
  }
}
