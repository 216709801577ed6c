package fi.signspace.plugin.engine.rest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import fi.signspace.plugin.access.body.RequestBodyException;
import fi.signspace.plugin.http.JsonErrors;
import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.connector.ClientAbortException;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.TaskAlreadyClaimedException;
import org.camunda.bpm.engine.exception.NotValidException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.impl.errorcode.BuiltinExceptionCode;
import org.camunda.bpm.engine.impl.util.EnsureUtil;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.camunda.bpm.engine.rest.dto.SignalDto;
import org.camunda.bpm.engine.rest.dto.message.CorrelationMessageDto;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine's REST API and the web apps' copy of it respond with a 4xx status to client
 * errors; without these mappers they respond 500 and log a stack trace each time. Their WADL
 * description is disabled. Jersey finds this class in {@code META-INF/services}, for each of its
 * applications.
 */
@ConstrainedTo(RuntimeType.SERVER)
public final class RestFailures implements ForcedAutoDiscoverable {

  private static final int FIRST = 1;

  /** The length of the engine's columns for names and business keys. */
  private static final int MAX_NAME = 255;

  @Override
  public void configure(FeatureContext restApi) {
    restApi.register(new UnreadBody());
    restApi.register(new Unprocessable());
    restApi.register(new Unparsable());
    restApi.register(new Unmappable());
    restApi.register(new ClosedConnection());
    restApi.register(new UnfitBody());
    restApi.register(new BoundedJson());
    restApi.register(new EngineFailure());
    restApi.register(new ResourceFailure());
    restApi.register(new NullInBody());
    restApi.property(ServerProperties.WADL_FEATURE_DISABLE, true);
  }

  private static Response response(int status, String message) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(Map.of("message", PersonalIdentityCode.masked(message)))
        .build();
  }

  private static final class UnreadBody implements ExceptionMapper<RequestBodyException> {

    @Override
    public Response toResponse(RequestBodyException e) {
      return response(e.status().value(), String.valueOf(e.getMessage()));
    }
  }

  /** Camunda's own mappers, which these replace, leave the message empty. */
  private abstract static class BadJson<E extends JsonProcessingException>
      implements ExceptionMapper<E> {

    @Override
    public Response toResponse(E e) {
      return response(400, JsonErrors.describe(e));
    }
  }

  private static final class Unprocessable extends BadJson<JsonProcessingException> {}

  @Priority(FIRST)
  private static final class Unparsable extends BadJson<JsonParseException> {}

  @Priority(FIRST)
  private static final class Unmappable extends BadJson<JsonMappingException> {}

  /**
   * The engine's resources fail with a {@link NullPointerException} if the JSON is {@code null},
   * and repeat a name of any length in their errors.
   */
  private static final class UnfitBody implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext call) throws IOException {
      Object body = call.proceed();
      if (body == null && MediaType.APPLICATION_JSON_TYPE.isCompatible(call.getMediaType())) {
        throw new InvalidRequestException(
            Status.BAD_REQUEST, "The body is null; send a JSON object or array");
      }
      if (body instanceof CorrelationMessageDto message) {
        requireName("messageName", message.getMessageName());
        requireName("businessKey", message.getBusinessKey());
      }
      if (body instanceof SignalDto signal) {
        requireName("name", signal.getName());
      }
      return body;
    }

    private static void requireName(String field, @Nullable String name) {
      if (name != null && name.length() > MAX_NAME) {
        throw new InvalidRequestException(
            Status.BAD_REQUEST,
            "%s has %s characters; shorten it to %s at most"
                .formatted(field, name.length(), MAX_NAME));
      }
    }
  }

  @Priority(FIRST)
  private static final class EngineFailure implements ExceptionMapper<ProcessEngineException> {

    @Override
    public Response toResponse(ProcessEngineException e) {
      return responseTo(e, e);
    }
  }

  /** Some resources wrap exceptions of the engine. */
  @Priority(FIRST)
  private static final class ResourceFailure implements ExceptionMapper<RestException> {

    @Override
    public Response toResponse(RestException e) {
      return responseTo(e, e.getCause());
    }
  }

  private static Response responseTo(RuntimeException thrown, @Nullable Throwable cause) {
    ExceptionHandlerHelper camunda = ExceptionHandlerHelper.getInstance();
    if (cause instanceof SuspendedEntityInteractionException
        || cause instanceof TaskAlreadyClaimedException) {
      return response(409, String.valueOf(thrown.getMessage()));
    }
    if (cause instanceof MismatchingMessageCorrelationException) {
      ExceptionDto described = camunda.fromException(thrown);
      described.setMessage(
          described.getMessage() + "; a suspended process instance receives no messages");
      return Response.fromResponse(camunda.getResponse(thrown)).entity(described).build();
    }
    if (camunda.getStatus(thrown) == Status.INTERNAL_SERVER_ERROR
        && cause instanceof ProcessEngineException failure) {
      int status = camunda.getStatus(failure).getStatusCode();
      status = status == 500 ? statusOf(failure) : status;
      if (status != 500) {
        return response(status, String.valueOf(thrown.getMessage()));
      }
    }
    return camunda.getResponse(thrown);
  }

  /** The engine's REST API responds 500 to all of these. */
  private static int statusOf(ProcessEngineException failure) {
    if (failure instanceof NullValueException || failure instanceof NotValidException) {
      return String.valueOf(failure.getMessage()).contains(" exist") ? 404 : 400;
    }
    boolean isTooLong = failure.getCode() == BuiltinExceptionCode.COLUMN_SIZE_TOO_SMALL.getCode();
    return isTooLong || isThrownBy(failure, "org.camunda.bpm.engine.impl.", "Query") ? 400 : 500;
  }

  /** The engine's resources do not expect null in a list or an object. */
  private static final class NullInBody implements ExceptionMapper<NullPointerException> {

    @Override
    public Response toResponse(NullPointerException e) {
      return isThrownBy(e, "org.camunda.bpm.engine.rest.", "")
          ? response(400, "A value in the body is missing, or null where it may not be")
          : ExceptionHandlerHelper.getInstance().getResponse(e);
    }
  }

  /** Whether the failed check is in such a class, apart from utilities for checks. */
  private static boolean isThrownBy(Throwable failure, String packages, String classes) {
    return Stream.of(failure.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk."))
        .filter(name -> !name.equals(EnsureUtil.class.getName()))
        .findFirst()
        .filter(name -> name.startsWith(packages) && name.contains(classes))
        .isPresent();
  }

  /** The response reaches no one, but the mapper keeps the stack trace out of the log. */
  private static final class ClosedConnection implements ExceptionMapper<ClientAbortException> {

    @Override
    public Response toResponse(ClientAbortException e) {
      return response(400, "The connection was closed before the body was received");
    }
  }
}
