package fi.signspace.plugin.engine.rest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import fi.signspace.plugin.access.RequestBodyException;
import fi.signspace.plugin.access.UnreadableJson;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.InvalidRequestException;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;
import org.glassfish.jersey.server.ServerProperties;

/**
 * Makes the engine's REST API and the web apps' copy of it respond with a 4xx status to client
 * errors; without these mappers they respond 500 and log a stack trace each time. Their WADL
 * description is disabled. Jersey finds this class in {@code META-INF/services}, for each of its
 * applications.
 */
@ConstrainedTo(RuntimeType.SERVER)
public final class RestFailures implements ForcedAutoDiscoverable {

  private static final int FIRST = 1;

  @Override
  public void configure(FeatureContext restApi) {
    restApi.register(new UnreadBody());
    restApi.register(new Unprocessable());
    restApi.register(new Unparsable());
    restApi.register(new Unmappable());
    restApi.register(new ClosedConnection());
    restApi.register(new MissingBody());
    restApi.register(new Suspended());
    restApi.register(new SuspendedInResource());
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
      return response(400, UnreadableJson.describe(e));
    }
  }

  private static final class Unprocessable extends BadJson<JsonProcessingException> {}

  @Priority(FIRST)
  private static final class Unparsable extends BadJson<JsonParseException> {}

  @Priority(FIRST)
  private static final class Unmappable extends BadJson<JsonMappingException> {}

  /**
   * The engine's resources fail with a {@link NullPointerException} if the JSON is {@code null}.
   */
  private static final class MissingBody implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext call) throws IOException {
      Object body = call.proceed();
      if (body == null && MediaType.APPLICATION_JSON_TYPE.isCompatible(call.getMediaType())) {
        throw new InvalidRequestException(
            Response.Status.BAD_REQUEST, "The body is null; send a JSON object or array");
      }
      return body;
    }
  }

  private static final class Suspended
      implements ExceptionMapper<SuspendedEntityInteractionException> {

    @Override
    public Response toResponse(SuspendedEntityInteractionException e) {
      return response(409, String.valueOf(e.getMessage()));
    }
  }

  /** Some resources wrap exceptions of the engine. */
  @Priority(FIRST)
  private static final class SuspendedInResource implements ExceptionMapper<RestException> {

    @Override
    public Response toResponse(RestException e) {
      return e.getCause() instanceof SuspendedEntityInteractionException
          ? response(409, String.valueOf(e.getMessage()))
          : ExceptionHandlerHelper.getInstance().getResponse(e);
    }
  }

  /** The response reaches no one, but the mapper keeps the stack trace out of the log. */
  private static final class ClosedConnection implements ExceptionMapper<ClientAbortException> {

    @Override
    public Response toResponse(ClientAbortException e) {
      return response(400, "The connection was closed before the body was received");
    }
  }
}
