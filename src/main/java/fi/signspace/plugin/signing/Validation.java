package fi.signspace.plugin.signing;

import java.util.List;

/** What came of validating the input of a process. */
public sealed interface Validation {

  /** Everything is right: this can be sent. */
  record Valid(SigningRequest request) implements Validation {}

  /** Nothing may be sent; every problem is listed, those of the documents first. */
  record Invalid(List<FieldError> problems) implements Validation {

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
