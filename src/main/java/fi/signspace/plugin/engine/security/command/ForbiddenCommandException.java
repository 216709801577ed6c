package fi.signspace.plugin.engine.security.command;

import org.camunda.bpm.engine.AuthorizationException;

/** The caller may not run this command on a signing request; the message says who may. */
final class ForbiddenCommandException extends AuthorizationException {

  private static final long serialVersionUID = 1;

  ForbiddenCommandException(String message) {
    super(message);
  }
}
