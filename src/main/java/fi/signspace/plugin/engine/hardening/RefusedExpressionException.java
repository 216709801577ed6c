package fi.signspace.plugin.engine.hardening;

import org.camunda.bpm.engine.BadUserRequestException;

/** A query contains an expression that is not allowed there. */
final class RefusedExpressionException extends BadUserRequestException {

  private static final long serialVersionUID = 1;

  RefusedExpressionException(String message) {
    super(message);
  }
}
