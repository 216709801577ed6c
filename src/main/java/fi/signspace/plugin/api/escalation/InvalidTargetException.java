package fi.signspace.plugin.api.escalation;

import fi.signspace.plugin.signing.input.FieldError;
import fi.signspace.plugin.signing.input.StartOption;
import jakarta.ws.rs.core.Response.Status;
import org.camunda.bpm.engine.rest.exception.RestException;

/** A request cannot be escalated to the given group or user; nothing has been changed. */
public final class InvalidTargetException extends RestException {

  private static final long serialVersionUID = 1L;

  private static final String FIELD = StartOption.ESCALATE_TO.variable();

  private final String detail;

  InvalidTargetException(String detail) {
    super(Status.BAD_REQUEST, FIELD + ": " + detail);
    this.detail = detail;
  }

  public FieldError error() {
    return new FieldError(FIELD, detail);
  }
}
