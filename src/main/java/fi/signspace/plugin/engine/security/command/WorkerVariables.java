package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.model.ModelReader;
import fi.signspace.plugin.process.BulkProcess;
import fi.signspace.plugin.process.SigningVariables;
import fi.signspace.plugin.process.Step;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables of a signing request that belong to the workers and the model: everything that they
 * read or write except start variables. The list is derived from the declarations of the workers
 * and the deployed model, so a new variable is included automatically.
 */
final class WorkerVariables {

  /** Owned in every version of the model, whether it declares them or not. */
  private static final Set<String> ALWAYS =
      Set.of(
          SigningVariables.SIGNING_STATE.name(),
          SigningVariables.SIGNING_EVIDENCE,
          SigningVariables.CREATION_RECORDED_AT.name(),
          SigningVariables.FORMER_SIGNING_REQUEST_IDS.name(),
          SigningVariables.WEBHOOK_SEQUENCE.name(),
          SigningVariables.WEBHOOK_SIGNATURES.name(),
          BulkProcess.LIST);

  /** Signed documents, and the markers of idempotency keys and of lists. */
  private static final List<String> PREFIXES =
      List.of(SigningVariables.SIGNED_DOCUMENT, "idempotencyKey_", BulkProcess.ROW);

  private final Set<String> names;

  /**
   * @param model the BPMN of the deployed process
   */
  WorkerVariables(String model) {
    names = new TreeSet<>(ALWAYS);
    Step.ALL.forEach(step -> names.addAll(step.variables()));
    names.addAll(ModelReader.variables(model));
    SigningVariables.START.forEach(names::remove);
  }

  boolean contains(String name) {
    return names.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
  }

  Set<String> names() {
    return Set.copyOf(names);
  }
}
