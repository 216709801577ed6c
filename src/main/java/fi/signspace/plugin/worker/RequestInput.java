package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.DocumentFacts;
import fi.signspace.plugin.signing.FieldProblem;
import fi.signspace.plugin.signing.RequestValidator;
import fi.signspace.plugin.signing.SigningRequest;
import fi.signspace.plugin.signing.Validation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads the signing request out of a task's variables; anything wrong is for a case worker to
 * correct.
 */
final class RequestInput {

  private final RequestValidator validator;

  RequestInput(RequestValidator validator) {
    this.validator = validator;
  }

  /** Checks the whole request with its documents. */
  void check(SigningTask task, List<DocumentFacts> documents) {
    valid(validator.validate(task.startValues(), documents));
  }

  /** Reads the request without its documents. */
  SigningRequest read(SigningTask task) {
    return valid(validator.validate(task.startValues()));
  }

  /** The moment after which the request is overdue. */
  Optional<Instant> dueDate(SigningTask task) {
    return validator.dueDate(task.startValues());
  }

  private static SigningRequest valid(Validation validation) {
    if (validation instanceof Validation.Invalid invalid) {
      throw new InputRejectedException(FieldProblem.text(invalid.problems()));
    }
    return ((Validation.Valid) validation).request();
  }

  /** Checks the documents alone. */
  void checkDocuments(List<DocumentFacts> documents) {
    List<FieldProblem> problems = validator.validateDocuments(documents);
    if (!problems.isEmpty()) {
      throw new InputRejectedException(FieldProblem.text(problems));
    }
  }
}
