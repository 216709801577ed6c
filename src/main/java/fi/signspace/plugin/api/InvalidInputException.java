package fi.signspace.plugin.api;

import fi.signspace.plugin.signing.FieldProblem;
import java.util.List;

/** What a caller sent is wrong; every field that is wrong is named. */
@SuppressWarnings("serial")
final class InvalidInputException extends RuntimeException {

  private final List<FieldProblem> problems;

  InvalidInputException(List<FieldProblem> problems) {
    super(FieldProblem.text(problems));
    this.problems = List.copyOf(problems);
  }

  static void throwIfAny(List<FieldProblem> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  List<FieldProblem> problems() {
    return problems;
  }
}
