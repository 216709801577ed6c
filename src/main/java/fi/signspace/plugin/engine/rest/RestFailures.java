package fi.signspace.plugin.engine.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import fi.signspace.plugin.access.RequestBodyException;
import fi.signspace.plugin.signing.PersonalIdentityCode;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;
import org.glassfish.jersey.server.ServerProperties;
import org.springframework.util.StringUtils;

/**
 * Makes the engine's REST API and the web apps' copy of it respond with a 4xx status to client
 * errors; without these mappers they respond 500 and log a stack trace each time. Their WADL
 * description is disabled. Jersey finds this class in {@code META-INF/services}, for each of its
 * applications.
 */
@ConstrainedTo(RuntimeType.SERVER)
public final class RestFailures implements ForcedAutoDiscoverable {

  private static final int FIRST = 1;
  private static final int MAX_SHOWN = 80;

  @Override
  public void configure(FeatureContext restApi) {
    restApi.register(new UnreadBody());
    restApi.register(new Unprocessable());
    restApi.register(new Unparsable());
    restApi.register(new Unmappable());
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

  /**
   * Does not use Jackson's message, which may quote the input; Camunda's own mappers, which these
   * replace, leave it empty.
   */
  private abstract static class UnreadableJson<E extends JsonProcessingException>
      implements ExceptionMapper<E> {

    @Override
    public Response toResponse(E e) {
      return response(
          400,
          e instanceof StreamConstraintsException
              ? "The JSON is nested too deeply, or a name, a number or a text in it is too long"
              : "The JSON cannot be read" + place(e));
    }

    private static String place(JsonProcessingException e) {
      String field =
          e instanceof JsonMappingException mapping
              ? mapping.getPath().stream()
                  .map(Reference::getFieldName)
                  .filter(Objects::nonNull)
                  .map(name -> StringUtils.truncate(name, MAX_SHOWN))
                  .collect(Collectors.joining("."))
              : "";
      JsonLocation at = e.getLocation();
      String what = e instanceof MismatchedInputException ? ": %s has another type" : " in %s";
      return (field.isEmpty() ? "" : what.formatted(field))
          + (at == null ? "" : ", line %s, column %s".formatted(at.getLineNr(), at.getColumnNr()));
    }
  }

  private static final class Unprocessable extends UnreadableJson<JsonProcessingException> {}

  @Priority(FIRST)
  private static final class Unparsable extends UnreadableJson<JsonParseException> {}

  @Priority(FIRST)
  private static final class Unmappable extends UnreadableJson<JsonMappingException> {}

  /** The response reaches no one, but the mapper keeps the stack trace out of the log. */
  private static final class ClosedConnection implements ExceptionMapper<ClientAbortException> {

    @Override
    public Response toResponse(ClientAbortException e) {
      return response(400, "The connection was closed before the body was received");
    }
  }
}
