package fi.signspace.plugin.engine.security.command;

import org.camunda.bpm.engine.AuthorizationException;

/**
 * The caller is not permitted to run this command on a signing request; the message says who is.
 */
final class ForbiddenCommandException extends AuthorizationException {

  private static final long serialVersionUID = 1;

  ForbiddenCommandException(String message) {
    super(message);
  }
}
