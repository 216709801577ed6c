package fi.signspace.plugin.signing.input;

import fi.signspace.plugin.signing.SigningRequest;
import java.util.List;

/** The result of validating the input of a process. */
public sealed interface Validation {

  /** The input is valid and can be sent. */
  record Valid(SigningRequest request) implements Validation {}

  /** The input is invalid; lists all problems, those of the documents first. */
  record Invalid(List<FieldError> problems) implements Validation {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
