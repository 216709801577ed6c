package fi.signspace.plugin.engine.nin;

import fi.signspace.plugin.signing.text.PersonalIdentityCode;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.FeatureContext;
import org.camunda.bpm.engine.rest.dto.ExceptionDto;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;

/**
 * Masks identity codes in the error responses of the engine's REST API and of the web apps' copy of
 * it, which quote values that cannot be converted. Jersey finds this class in {@code
 * META-INF/services}, for each of its applications.
 */
@ConstrainedTo(RuntimeType.SERVER)
public final class RedactedErrors implements ForcedAutoDiscoverable {

  @Override
  public void configure(FeatureContext restApi) {
    restApi.register(new Filter());
  }

  /** Checks each response before it is written. */
  static final class Filter implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      if (response.getEntity() instanceof ExceptionDto error && error.getMessage() != null) {
        error.setMessage(PersonalIdentityCode.masked(error.getMessage()));
      }
    }
  }
}
