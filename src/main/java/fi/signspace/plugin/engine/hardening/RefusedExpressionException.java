package fi.signspace.plugin.engine.hardening;

import org.camunda.bpm.engine.BadUserRequestException;

/** A query has an expression that it must not have. */
final class RefusedExpressionException extends BadUserRequestException {

  private static final long serialVersionUID = 1;

  RefusedExpressionException(String message) {
    super(message);
  }
}
