package fi.signspace.plugin.api.bulk;

import fi.signspace.plugin.bulk.ListError;
import java.util.List;

/** The list of a caller is invalid; contains all errors. */
@SuppressWarnings("serial")
final class InvalidListException extends RuntimeException {

  private final List<ListError> errors;

  InvalidListException(List<ListError> errors) {
    super(errors.size() + " errors in the list");
    this.errors = List.copyOf(errors);
  }

  List<ListError> errors() {
    return errors;
  }
}
