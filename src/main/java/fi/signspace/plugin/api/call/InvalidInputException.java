package fi.signspace.plugin.api.call;

import fi.signspace.plugin.signing.input.FieldError;
import java.util.List;

/** The input of a caller is invalid; lists every invalid field. */
@SuppressWarnings("serial")
public final class InvalidInputException extends RuntimeException {

  private final List<FieldError> problems;

  public InvalidInputException(List<FieldError> problems) {
    super(FieldError.text(problems));
    this.problems = List.copyOf(problems);
  }

  public static void throwIfAny(List<FieldError> problems) {
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  public List<FieldError> problems() {
    return problems;
  }
}
