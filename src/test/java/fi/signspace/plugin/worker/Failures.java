package fi.signspace.plugin.worker;

import fi.signspace.plugin.signing.SignSpaceException;
import java.io.IOException;
import org.camunda.bpm.client.exception.BadRequestException;
import org.camunda.bpm.client.exception.ConnectionLostException;
import org.camunda.bpm.client.exception.EngineException;
import org.camunda.bpm.client.exception.NotFoundException;
import org.camunda.bpm.client.exception.RestException;
import org.camunda.bpm.client.exception.UnknownHttpErrorException;

/** The ways in which calls to SignSpace and to the engine fail. */
public final class Failures {

  private Failures() {}

  public static SignSpaceException rejected() {
    return SignSpaceException.rejected("SignSpace refuses it");
  }

  public static SignSpaceException notDone() {
    return SignSpaceException.notDone("SignSpace is busy", null, null);
  }

  public static SignSpaceException lostAnswer() {
    return SignSpaceException.outcomeUnknown("no whole answer came", null, null);
  }

  public static SignSpaceException cannotHeal() {
    return SignSpaceException.permanent("The scope is missing", null);
  }

  public static SignSpaceException emptyFile() {
    return SignSpaceException.unconfirmed("the file is empty");
  }

  public static SignSpaceException unreachable() {
    return SignSpaceException.unreachable("SignSpace cannot be reached", null, null);
  }

  public static BadRequestException badRequest() {
    return new BadRequestException("locked by somebody else", rest(400));
  }

  public static NotFoundException notFound() {
    return new NotFoundException("no such task", rest(404));
  }

  public static EngineException engineError() {
    return new EngineException("the engine failed", rest(500));
  }

  /** What comes after the task in its model fails, for instance the condition of a gateway. */
  public static EngineException processStuck() {
    RestException answer =
        new RestException(
            "Unknown property used in expression: ${phas}", "ProcessEngineException", 0);
    answer.setHttpStatusCode(500);
    return new EngineException("TASK/CLIENT-01009 Exception while completing", answer);
  }

  /** A client error that Camunda's client does not know. */
  public static UnknownHttpErrorException answered(int status) {
    return new UnknownHttpErrorException("HTTP " + status, rest(status));
  }

  public static ConnectionLostException connectionLost() {
    return new ConnectionLostException("the engine is gone", new IOException("reset"));
  }

  private static RestException rest(int status) {
    RestException answer = new RestException("words of the engine", "Type", 0);
    answer.setHttpStatusCode(status);
    return answer;
  }
}
