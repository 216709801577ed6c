package fi.signspace.plugin.engine.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import fi.signspace.plugin.access.RequestBodyException;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import org.apache.catalina.connector.ClientAbortException;
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

  @Override
  public void configure(FeatureContext restApi) {
    restApi.register(new UnreadBody());
    restApi.register(new UnreadableJson());
    restApi.register(new ClosedConnection());
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

  /** Does not use Jackson's message, which may quote the input. */
  private static final class UnreadableJson implements ExceptionMapper<JsonProcessingException> {

    @Override
    public Response toResponse(JsonProcessingException e) {
      return response(
          400,
          e instanceof StreamConstraintsException
              ? "The JSON is nested too deeply, or a name, a number or a text in it is too long"
              : "The JSON cannot be read");
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
