package fi.signspace.plugin.signing;

import java.util.List;

public sealed interface Validation {
  record Valid(SigningRequest request) implements Validation {}

  record Invalid(List<FieldProblem> problems) implements Validation {}
}
