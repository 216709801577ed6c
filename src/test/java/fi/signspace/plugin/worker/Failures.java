package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.SignSpaceException;
import java.io.IOException;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.ConnectionLostException;
import org.camunda.bpm.client.exception.EngineException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.RestException;
import org.camunda.bpm.client.exception.UnknownHttpErrorException;

/** Failures of calls to SignSpace and to the engine. */
public final class Failures {

  private Failures() {}

  public static SignSpaceException rejected() {
    return SignSpaceException.rejected("SignSpace refuses it");
  }

  public static SignSpaceException notDone() {
    return SignSpaceException.notDone("SignSpace is busy", null, null);
  }

  public static SignSpaceException lostResponse() {
    return SignSpaceException.outcomeUnknown("no complete response", null, null);
  }

  public static SignSpaceException permanent() {
    return SignSpaceException.permanent("The scope is missing", null);
  }

  public static SignSpaceException emptyFile() {
    return SignSpaceException.unconfirmed("the file is empty");
  }

  public static SignSpaceException unreachable() {
    return SignSpaceException.unreachable("SignSpace cannot be reached", null, null);
  }

  public static BadRequestException badRequest() {
    return new BadRequestException("locked by another worker", rest(400));
  }

  public static NotFoundException notFound() {
    return new NotFoundException("no such task", rest(404));
  }

  public static EngineException engineError() {
    return new EngineException("the engine failed", rest(500));
  }

  /** The model fails after the task, for instance at the condition of a gateway. */
  public static EngineException processFailure() {
    RestException response =
        new RestException(
            "Unknown property used in expression: ${phas}", "ProcessEngineException", 0);
    response.setHttpStatusCode(500);
    return new EngineException("TASK/CLIENT-01009 Exception while completing", response);
  }

  /** A client error without an exception of its own in Camunda's client. */
  public static UnknownHttpErrorException httpError(int status) {
    return new UnknownHttpErrorException("HTTP " + status, rest(status));
  }

  public static ConnectionLostException connectionLost() {
    return new ConnectionLostException("the engine is gone", new IOException("reset"));
  }

  private static RestException rest(int status) {
    RestException response = new RestException("message of the engine", "Type", 0);
    response.setHttpStatusCode(status);
    return response;
  }
}
