package fi.signspace.plugin.engine.nin;

import org.camunda.bpm.engine.BadUserRequestException;

/**
 * A value is rejected and not stored. The message says which one and why, without quoting the
 * value.
 */
class RefusedValueException extends BadUserRequestException {

  private static final long serialVersionUID = 1L;

  RefusedValueException(String message) {
    super(message + " Nothing was stored.");
  }
}
